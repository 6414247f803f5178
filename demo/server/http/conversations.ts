import type { ActiveFault } from '../faults/fault.js';
import type { SurfaceParts } from '../surface.js';
import { conversationDetail } from '../threads/conversation-detail.js';
import { openConversation, wantsToolCalls } from './bearer.js';
import { HttpError, sendJson, sendRaw, type Exchange, type Route } from './exchange.js';

const PATTERN = /^\/v1\/(?<workspace>[^/]+)\/conversations\/(?<conversation>[^/]+)$/;

/** Reading and ending a conversation (protocol §c). */
export function conversationRoutes(parts: SurfaceParts): readonly Route[] {
  return [
    { method: 'GET', pattern: PATTERN, handle: (exchange) => readHistory(exchange, parts) },
    { method: 'DELETE', pattern: PATTERN, handle: (exchange) => endConversation(exchange, parts) },
  ];
}

async function readHistory(exchange: Exchange, parts: SurfaceParts): Promise<void> {
  const { board } = parts;
  const { thread, claims } = openConversation(exchange, parts);
  const withTools = wantsToolCalls(exchange, claims);
  const scopes = thread?.scopes ?? ['default'];
  parts.log.add({ kind: 'http', detail: 'GET conversation', conversationId: thread?.id });
  if (board.take('history-hangs', scopes)) return;
  const slow = board.take('history-slow', scopes);
  if (slow) await new Promise((resolve) => setTimeout(resolve, slow.number('ms')));
  const fails = board.take('history-fails', scopes);
  if (fails) throw failure(fails);
  const junk = board.take('history-junk', scopes);
  if (junk) return sendJunk(exchange, junk.text('shape'));
  if (!thread) throw new HttpError(404, 'Conversation not found');
  const stale = board.take('history-stale', scopes);
  sendJson(exchange, 200, conversationDetail(thread, withTools, stale?.armedAt));
}

/** The connections of a conversation that has ended are closed with 1000. */
function endConversation(exchange: Exchange, parts: SurfaceParts): void {
  const { thread } = openConversation(exchange, parts);
  parts.log.add({ kind: 'http', detail: 'DELETE conversation', conversationId: thread?.id });
  const fails = parts.board.take('delete-fails', thread?.scopes ?? ['default']);
  if (fails) throw failure(fails);
  if (!thread) throw new HttpError(404, 'Conversation not found');
  thread.end();
  exchange.response.writeHead(204).end();
  for (const connection of parts.connections) {
    if (connection.thread === thread) connection.close(1000, 'conversation ended');
  }
}

function failure(fault: ActiveFault): HttpError {
  const headers = fault.has('retry_after') ? { 'retry-after': fault.text('retry_after') } : {};
  return new HttpError(fault.number('status'), 'Switched on by the control panel.', headers);
}

function sendJunk(exchange: Exchange, shape: string): void {
  if (shape === 'html') return sendRaw(exchange, 200, 'text/html', '<!doctype html><title>Sign in</title>');
  if (shape === 'array') return sendJson(exchange, 200, []);
  if (shape === 'no-turns') return sendJson(exchange, 200, { id: exchange.path['conversation'] });
  const turns = [
    { role: 7, text: null },
    null,
    'text',
    { role: 'agent' },
    { role: 'robot', text: 'An unknown role.' },
  ];
  sendJson(exchange, 200, { id: 12, status: null, turn_count: 'two', turns });
}
