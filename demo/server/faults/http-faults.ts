import type { FaultDescription } from './fault.js';
import { choice, number } from './parameters.js';

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
