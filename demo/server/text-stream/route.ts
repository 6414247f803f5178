import type { SocketRoute } from '../sockets/route.js';
import { textStreamDialect } from './dialect.js';

/** S1 names no path; these are the SDK's, the second one of an untagged revision (protocol §b). */
const PATH = /^(?:\/voice-agent)?\/agent\/text-stream$/;

/** text-stream (protocol §b): a connect without `conversation_id` begins a new conversation. */
export const textStream: SocketRoute = {
  workspaceOf: ({ pathname, searchParams }) =>
    PATH.test(pathname) ? (searchParams.get('workspace_id') ?? '') : undefined,
  needsEntity: false,
  tokenInQuery: true,
  threadFor: (key, threads) => threads.begin(key),
  dialect: (board, { scopes }) =>
    textStreamDialect({
      client: String(board.setting('client-frames', 'understood', scopes)),
      completes: board.setting('turn-end', 'is', scopes) === 'response_complete',
      errorFields: String(board.setting('error-style', 'fields', scopes)),
      toolInput: String(board.setting('tool-input', 'shape', scopes)),
    }),
};
