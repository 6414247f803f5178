import type { FaultDescription } from './fault.js';
import { choice, flag, number, text } from './parameters.js';

/** What the sources disagree about (protocol §g) or leave open: each stays as set until it is removed. */
export const settings = [
  {
    id: 'wire',
    title: 'C1: shape of the frames',
    group: 'contradictions',
    kind: 'setting',
    parameters: [choice('style', 'Shape', ['enveloped', 'unwrapped', 'flat', 'flat-names'], 'enveloped')],
  },
  {
    id: 'opening',
    title: 'C2: the frame that opens a session',
    group: 'contradictions',
    kind: 'setting',
    parameters: [
      choice('frame', 'Frame', ['session.created', 'session_started', 'both', 'neither'], 'session.created'),
    ],
  },
  {
    id: 'tool-events',
    title: 'C3: tool frames when the client does not say',
    group: 'contradictions',
    kind: 'setting',
    parameters: [
      choice('absent', 'When tool_events is absent', ['false', 'true'], 'false'),
      flag('unasked', 'Send them even when the client said false'),
      choice('pairing', 'Frames of one call', ['live', 'post-hoc', 'orphan-start', 'orphan-end'], 'live'),
    ],
  },
  {
    id: 'conversation-id',
    title: 'C4: a conversation_id in the address',
    group: 'contradictions',
    kind: 'setting',
    parameters: [
      choice('is', 'Is', ['honoured', 'ignored', 'refused'], 'honoured'),
      number('code', 'Refused with', 4004, [4000, 4004, 4400, 4404]),
    ],
  },
  {
    id: 'client-frames',
    title: 'C10: frames of the client that text-stream understands',
    group: 'text-stream',
    kind: 'setting',
    parameters: [choice('understood', 'Understood', ['any', 'bare', 'typed'], 'any')],
  },
  {
    id: 'turn-end',
    title: 'C11: whether text-stream ends a turn with response_complete',
    group: 'text-stream',
    kind: 'setting',
    parameters: [choice('is', 'Ended by', ['response_complete', 'nothing'], 'response_complete')],
  },
  {
    id: 'sse-event',
    title: 'C26: where a streamed turn names its events',
    group: 'requests',
    kind: 'setting',
    parameters: [choice('in', 'In', ['both', 'line', 'body'], 'both')],
  },
  {
    id: 'sse-framing',
    title: 'How a streamed turn is cut up',
    group: 'requests',
    kind: 'setting',
    parameters: [
      choice('line_end', 'Line ends', ['lf', 'crlf'], 'lf'),
      flag('comments', 'Comments between the events'),
      number('chunk', 'Bytes a chunk; 0: whole events', 0, [0, 1, 7]),
    ],
  },
  {
    id: 'tool-input',
    title: "C27: shape of a tool's input",
    group: 'requests',
    kind: 'setting',
    parameters: [
      choice('shape', 'Shape', ['documented', 'string', 'object', 'null', 'bad-json'], 'documented'),
    ],
  },
  {
    id: 'conversation-status',
    title: 'C28: words for the status of a conversation',
    group: 'requests',
    kind: 'setting',
    parameters: [choice('words', 'Words', ['documented', 'old'], 'documented')],
  },
  {
    id: 'delivery-protocol',
    title: 'C29: how background work is handed over',
    group: 'requests',
    kind: 'setting',
    parameters: [choice('version', 'Version', ['1', '2', 'downgrade'], '1')],
  },
  {
    id: 'scopes',
    title: 'C33: name of the scope that allows turns',
    group: 'requests',
    kind: 'setting',
    parameters: [
      choice('turns', 'Name', ['conversations:turn', 'conversations:turns:create'], 'conversations:turn'),
    ],
  },
  {
    id: 'error-style',
    title: 'C5, C30: what an error frame carries',
    group: 'contradictions',
    kind: 'setting',
    parameters: [choice('fields', 'Fields', ['full', 'no-retryable', 'message-only'], 'full')],
  },
  {
    id: 'greeting',
    title: 'C6: when the agent greets',
    group: 'contradictions',
    kind: 'setting',
    parameters: [choice('on', 'On', ['new', 'always', 'never'], 'new')],
  },
  {
    id: 'refusals',
    title: 'C7: where a connection is refused',
    group: 'contradictions',
    kind: 'setting',
    parameters: [
      choice('where', 'Where', ['after-accept', 'at-upgrade'], 'after-accept'),
      number('credentials_code', 'Code for bad credentials', 4001, [4001, 4100, 4403]),
    ],
  },
  {
    id: 'second-connection',
    title: 'A second connection to the same conversation',
    group: 'contradictions',
    kind: 'setting',
    parameters: [choice('policy', 'The new one', ['takes-over', 'is-refused', 'shares'], 'takes-over')],
  },
  {
    id: 'running-turn',
    title: 'A turn still running when its patient comes back',
    group: 'contradictions',
    kind: 'setting',
    parameters: [choice('is', 'Is', ['unseen', 'joined'], 'unseen')],
  },
  {
    id: 'api-key',
    title: 'C35: an API key as credential',
    group: 'contradictions',
    kind: 'setting',
    parameters: [choice('is', 'Is', ['accepted', 'refused'], 'accepted')],
  },
  {
    id: 'idle-timeout',
    title: 'Close after silence from the patient',
    group: 'closing',
    kind: 'setting',
    parameters: [
      number('ms', 'Milliseconds', 900_000),
      number('code', 'Close code', 1000, [1000, 1001, 4001]),
    ],
  },
  {
    id: 'pace',
    title: 'Speed of the agent',
    group: 'pace',
    kind: 'setting',
    parameters: [
      number('speed', 'Times as fast as natural; 0 does not wait', 1),
      number('first_token_ms', 'Wait before the first frame', 0),
    ],
  },
  {
    id: 'pings',
    title: 'Send pings',
    group: 'network',
    kind: 'setting',
    parameters: [number('every_ms', 'Every (milliseconds)', 5_000)],
  },
  {
    id: 'token-ttl',
    title: 'Lifetime of new tokens',
    group: 'token',
    kind: 'setting',
    parameters: [number('seconds', 'Seconds', 900), flag('hide', 'Leave out expires_at')],
  },
  {
    id: 'token-subject',
    title: 'Name the person in the token answer',
    group: 'token',
    kind: 'setting',
    parameters: [text('subject', 'Subject', 'demo-patient')],
  },
] as const satisfies readonly FaultDescription[];
