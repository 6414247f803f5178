import type { FaultDescription } from './fault.js';
import { requestNames } from '../http/request-faults.js';
import { choice, flag, number } from './parameters.js';

const request = choice('request', 'Which request', requestNames, 'any');

/** What goes wrong with `POST /token` and the conversation requests. */
export const httpFaults = [
  {
    id: 'token-fails',
    title: 'POST /token answers with an error',
    group: 'token',
    kind: 'fault',
    parameters: [number('status', 'Status', 500, [400, 401, 403, 429, 500, 503])],
  },
  { id: 'token-hangs', title: 'POST /token never answers', group: 'token', kind: 'fault', parameters: [] },
  {
    id: 'token-slow',
    title: 'POST /token is slow',
    group: 'token',
    kind: 'fault',
    parameters: [number('ms', 'Milliseconds', 3_000)],
  },
  {
    id: 'token-junk',
    title: 'POST /token answers with something else',
    group: 'token',
    kind: 'fault',
    parameters: [
      choice(
        'shape',
        'Answer',
        ['html', 'not-json', 'array', 'no-token', 'empty-token', 'number', 'illegal-characters'],
        'html',
      ),
    ],
  },
  {
    id: 'token-stale',
    title: 'POST /token hands out a token that has expired',
    group: 'token',
    kind: 'fault',
    parameters: [],
  },
  {
    id: 'request-fails',
    title: 'A request of an HTTP surface fails',
    group: 'requests',
    kind: 'fault',
    parameters: [
      request,
      number('status', 'Status', 503, [400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504]),
      number('retry_after', 'Retry-After (seconds)'),
      choice('work', 'Its work is', ['undone', 'done'], 'undone'),
      choice('body', 'Body', ['text', 'object', 'list', 'rich'], 'text'),
    ],
  },
  {
    id: 'request-slow',
    title: 'A request of an HTTP surface is slow',
    group: 'requests',
    kind: 'fault',
    parameters: [request, number('ms', 'Milliseconds', 3_000)],
  },
  {
    id: 'request-hangs',
    title: 'A request of an HTTP surface is never answered',
    group: 'requests',
    kind: 'fault',
    parameters: [request],
  },
  {
    id: 'cut-stream',
    title: 'A streamed answer is cut after some bytes',
    group: 'requests',
    kind: 'fault',
    parameters: [number('bytes', 'Bytes', 200), choice('how', 'How', ['end', 'fin', 'rst'], 'fin')],
  },
  {
    id: 'background-work',
    title: 'The reply is an acknowledgement; the rest is collected by polling',
    group: 'requests',
    kind: 'fault',
    parameters: [
      number('polls', 'Polls until it is there', 2),
      flag('empty', 'The last poll is empty; the history has it'),
      flag('provisional', 'Polls before that say something'),
    ],
  },
  {
    id: 'history-fails',
    title: 'Reading the history fails',
    group: 'history',
    kind: 'fault',
    parameters: [
      number('status', 'Status', 500, [401, 403, 404, 409, 422, 429, 500, 503]),
      number('retry_after', 'Retry-After (seconds)'),
    ],
  },
  {
    id: 'history-stale',
    title: 'The history shows the conversation as it was when this was switched on',
    group: 'history',
    kind: 'fault',
    parameters: [],
  },
  {
    id: 'history-slow',
    title: 'Reading the history is slow',
    group: 'history',
    kind: 'fault',
    parameters: [number('ms', 'Milliseconds', 3_000)],
  },
  {
    id: 'history-hangs',
    title: 'Reading the history never ends',
    group: 'history',
    kind: 'fault',
    parameters: [],
  },
  {
    id: 'history-junk',
    title: 'The history is not what it should be',
    group: 'history',
    kind: 'fault',
    parameters: [choice('shape', 'Answer', ['html', 'array', 'no-turns', 'wrong-types'], 'html')],
  },
  {
    id: 'delete-fails',
    title: 'Ending the conversation fails',
    group: 'history',
    kind: 'fault',
    parameters: [number('status', 'Status', 503, [401, 403, 404, 409, 429, 500, 503])],
  },
] as const satisfies readonly FaultDescription[];
