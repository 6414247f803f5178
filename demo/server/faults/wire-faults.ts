import type { FaultDescription } from './fault.js';
import { choice, flag, number, serverTurn, staged, text } from './parameters.js';

/** Every close code of the table in protocol §a; 1005 sends none, 1006 destroys the connection. */
export const closeCodes = [
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 3003, 4000, 4001, 4003, 4004, 4029,
  4100, 4200, 4400, 4403, 4404, 4409, 4503,
] as const;

/** Every error code of protocol §a, and one from the future. */
export const errorCodes = [
  'client_error',
  'upstream_error',
  'stream_interrupted',
  'turn_timeout',
  'idle_timeout',
  'unknown',
  'code_from_the_future',
] as const;

/** What goes wrong on an open WebSocket, and in its handshake. */
export const wireFaults = [
  {
    id: 'close',
    title: 'The server closes the connection with a code',
    group: 'closing',
    kind: 'fault',
    parameters: [
      number('code', 'Close code', 4503, closeCodes),
      text('reason', 'Reason', 'switched on by the control panel'),
      serverTurn,
      ...staged('mid-reply'),
    ],
  },
  {
    id: 'idle',
    title: 'idle_timeout, then the connection closes',
    group: 'closing',
    kind: 'fault',
    parameters: [number('code', 'Close code', 1000, [1000, 1001, 1005, 4001]), ...staged('now')],
  },
  {
    id: 'error',
    title: 'The turn fails with an error frame',
    group: 'errors',
    kind: 'fault',
    parameters: [
      choice('code', 'Code', errorCodes, 'upstream_error'),
      choice('retryable', 'Retryable', ['by-code', 'true', 'false', 'absent'], 'by-code'),
      number('status_code', 'Status of the upstream answer'),
      text('message', 'Message', 'The engine could not finish this turn (development server).'),
      choice('fields', 'Fields', ['all', 'message-only'], 'all'),
      choice(
        'at',
        'When',
        ['created', 'received', 'processed', 'mid-reply', 'before-done', 'now'],
        'mid-reply',
      ),
      number('after', 'Mid-reply: after this many tokens', 3),
      choice('reply', 'The reply in the history', ['lost', 'kept'], 'lost'),
      choice('then', 'Then', ['go-on', 'close'], 'go-on'),
      number('close_code', 'Close code', 1011, closeCodes),
    ],
  },
  {
    id: 'drop',
    title: 'The TCP connection is gone',
    group: 'network',
    kind: 'fault',
    parameters: [flag('reset', 'By RST instead of FIN'), serverTurn, ...staged('mid-reply')],
  },
  {
    id: 'stall',
    title: 'Silence: frames are read, none are sent',
    group: 'network',
    kind: 'fault',
    parameters: [
      number('ms', 'Held frames go out after (milliseconds); unset: never'),
      ...staged('mid-reply'),
    ],
  },
  {
    id: 'half-open',
    title: 'Half open: nothing is read or sent, the connection stays',
    group: 'network',
    kind: 'fault',
    parameters: [number('ms', 'Comes back after (milliseconds); unset: never'), ...staged('created')],
  },
  {
    id: 'bad-frame',
    title: 'One frame that makes no sense',
    group: 'frames',
    kind: 'fault',
    parameters: [
      choice(
        'shape',
        'Frame',
        [
          'malformed',
          'truncated',
          'empty',
          'binary',
          'array',
          'number',
          'null',
          'string',
          'no-name',
          'prototype-keys',
        ],
        'malformed',
      ),
      number('count', 'How many in a row', 1, [1, 9, 10, 11]),
      ...staged('processed'),
    ],
  },
  {
    id: 'huge-frame',
    title: 'One very large frame',
    group: 'frames',
    kind: 'fault',
    parameters: [
      number('bytes', 'Bytes', 10_000_000),
      choice('inside', 'As', ['unknown', 'token', 'message', 'tool'], 'unknown'),
      ...staged('processed'),
    ],
  },
  {
    id: 'deep-frame',
    title: 'One very deeply nested frame',
    group: 'frames',
    kind: 'fault',
    parameters: [number('depth', 'Levels', 100_000), ...staged('processed')],
  },
  {
    id: 'flood',
    title: 'A flood of tokens',
    group: 'frames',
    kind: 'fault',
    parameters: [
      number('per_second', 'Frames a second', 5_000),
      number('seconds', 'Seconds', 10),
      ...staged('mid-reply'),
    ],
  },
  {
    id: 'endless',
    title: 'A reply that never ends',
    group: 'frames',
    kind: 'fault',
    parameters: [
      number('per_second', 'Tokens a second; 0: as fast as the loop turns', 50),
      number('bytes_per_token', 'Bytes a token', 6),
    ],
  },
  {
    id: 'session-ended',
    title: 'text-stream: the session ends with a reason',
    group: 'text-stream',
    kind: 'fault',
    parameters: [
      choice(
        'reason',
        'Reason',
        ['completed', 'escalated', 'stopped', 'disconnected', 'other', 'reason_from_the_future'],
        'completed',
      ),
      ...staged('after-done'),
    ],
  },
  {
    id: 'suppressed-repeat',
    title: 'text-stream: a message is taken for a repeat and not answered',
    group: 'text-stream',
    kind: 'fault',
    parameters: [],
  },
  {
    id: 'no-done',
    title: 'The reply is sent and `done` never is',
    group: 'frames',
    kind: 'fault',
    parameters: [],
  },
  {
    id: 'duplicate-frames',
    title: 'Every frame of the turn twice',
    group: 'frames',
    kind: 'fault',
    parameters: [choice('which', 'Which', ['all', 'lifecycle', 'tokens'], 'all')],
  },
  {
    id: 'out-of-order',
    title: 'Frames in the wrong order, or of another turn',
    group: 'frames',
    kind: 'fault',
    parameters: [
      choice(
        'how',
        'How',
        ['delta-after-done', 'done-before-start', 'message-after-done', 'foreign-turn', 'swapped-tokens'],
        'delta-after-done',
      ),
    ],
  },
  {
    id: 'unknown-event',
    title: 'An event no version knows, and unknown fields',
    group: 'frames',
    kind: 'fault',
    parameters: [number('count', 'How many in a row', 1), ...staged('processed')],
  },
  {
    id: 'wrong-types',
    title: 'Known events with null, numbers, arrays and lone surrogates as fields',
    group: 'frames',
    kind: 'fault',
    parameters: [...staged('processed')],
  },
  {
    id: 'raw-frame',
    title: 'Any text as a frame',
    group: 'frames',
    kind: 'fault',
    parameters: [text('frame', 'Frame', '{"event":"token","data":{"text":"…"}}'), ...staged('processed')],
  },
  {
    id: 'http-status',
    title: 'The handshake is refused with an HTTP status',
    group: 'handshake',
    kind: 'fault',
    parameters: [number('status', 'Status', 503, [400, 401, 403, 404, 429, 500, 502, 503])],
  },
  {
    id: 'slow-handshake',
    title: 'The handshake is slow',
    group: 'handshake',
    kind: 'fault',
    parameters: [number('ms', 'Milliseconds', 3_000)],
  },
  {
    id: 'hung-handshake',
    title: 'The handshake is never answered',
    group: 'handshake',
    kind: 'fault',
    parameters: [],
  },
  {
    id: 'slow-session',
    title: 'The socket opens, the session comes late',
    group: 'handshake',
    kind: 'fault',
    parameters: [number('ms', 'Milliseconds', 3_000)],
  },
  {
    id: 'subprotocol',
    title: 'The wrong subprotocol is selected',
    group: 'handshake',
    kind: 'fault',
    parameters: [choice('select', 'Selected', ['none', 'token', 'other'], 'none')],
  },
  {
    id: 'refuse-token',
    title: 'The token is refused, though it is valid',
    group: 'token',
    kind: 'fault',
    parameters: [number('code', 'Close code', 4001, [4001, 4003, 4100, 4403])],
  },
] as const satisfies readonly FaultDescription[];
