import type { SocketRoute } from '../sockets/route.js';
import { sessionsConnectDialect } from './dialect.js';

const PATH = /^\/v1\/([^/]+)\/sessions\/connect$/;

/** sessions/connect (protocol §a): one conversation per entity and service, continued by every connect. */
export const sessionsConnect: SocketRoute = {
  workspaceOf: ({ pathname }) => PATH.exec(pathname)?.[1],
  needsEntity: true,
  tokenInQuery: false,
  threadFor: (key, threads) => threads.continueOrBegin(key),
  dialect(board, { scopes }) {
    const setting = (...[id, name]: [Parameters<typeof board.setting>[0], string]): string =>
      String(board.setting(id, name, scopes));
    const style = {
      wire: setting('wire', 'style'),
      errorFields: setting('error-style', 'fields'),
      toolInput: setting('tool-input', 'shape'),
    };
    return sessionsConnectDialect(style, setting('opening', 'frame'));
  },
};
