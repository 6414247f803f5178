import { HttpError, sendJson, type Exchange } from '../http/exchange.js';
import { invalid } from '../http/validation.js';
import type { SurfaceParts } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { Door } from './door.js';
import type { Interactions } from './interactions.js';
import { messagesOf, type ClassicMessage } from './messages.js';
import { readPage, type Page } from './page.js';

const SHOWN_BY_DEFAULT = ['user-message', 'agent-message', 'external-event'];

/** Listing conversations and messages, and finishing (protocol §e). */
export class Reading {
  constructor(
    private readonly parts: SurfaceParts,
    private readonly door: Door,
    private readonly interactions: Interactions,
  ) {}

  async conversations(exchange: Exchange): Promise<void> {
    const visitor = await this.door.admit(exchange, 'list');
    if (!visitor) return;
    const { searchParams } = exchange.url;
    const finished = searchParams.get('is_finished');
    const services = searchParams.getAll('service_id');
    const ids = searchParams.getAll('id');
    const mine = this.parts.threads
      .inScope(visitor.userId)
      .filter((thread) => thread.key.workspaceId === visitor.organization)
      .filter((thread) => finished === null || String(thread.closed) === finished)
      .filter((thread) => ids.length === 0 || ids.includes(thread.id))
      .filter((thread) => services.length === 0 || services.includes(thread.key.serviceId));
    const newestFirst = searchParams.get('sort_by') !== '+created_at';
    const page = readPage(exchange, newestFirst ? mine.reverse() : mine, 150);
    answer(exchange, visitor.verdict.afterwards, { conversations: page.items.map(instance), ...rest(page) });
  }

  async messages(exchange: Exchange): Promise<void> {
    const visitor = await this.door.open(exchange, 'messages');
    if (!visitor) return;
    const { searchParams } = exchange.url;
    const types = searchParams.getAll('message_type');
    const interactions = searchParams.getAll('interaction_id');
    const wanted = (message: ClassicMessage): boolean =>
      (types.length > 0 ? types : SHOWN_BY_DEFAULT).includes(message.message_type) &&
      (interactions.length === 0 || interactions.includes(message.interaction_id));
    const found = messagesOf(visitor.thread).filter(wanted);
    const page = readPage(
      exchange,
      searchParams.get('sort_by')?.startsWith('-') ? found.reverse() : found,
      500,
    );
    answer(exchange, visitor.verdict.afterwards, { messages: page.items, ...rest(page) });
  }

  /** Nothing was recorded here: every message counts as text. */
  async source(exchange: Exchange): Promise<void> {
    const visitor = await this.door.open(exchange, 'source');
    if (!visitor) return;
    const known = messagesOf(visitor.thread).some(({ id }) => id === exchange.path['message']);
    throw known ? new HttpError(400, 'The message is a text.') : new HttpError(404, 'Message not found.');
  }

  /** Whatever the answer, one without a word of the user is gone afterwards (protocol C25). */
  async finish(exchange: Exchange): Promise<void> {
    const visitor = await this.door.open(exchange, 'finish');
    if (!visitor) return;
    const { thread, verdict } = visitor;
    this.interactions.requireFree(thread);
    const isEmpty = thread.turnCount === 0;
    thread.end();
    if (isEmpty) this.parts.threads.forget(thread);
    const how = this.parts.board.setting('classic-empty-finish', 'status', thread.scopes);
    if (verdict.afterwards) return verdict.afterwards(exchange);
    if (isEmpty && how === '400') throw new HttpError(400, 'The conversation has no interactions.');
    exchange.response.writeHead(204).end();
  }
}

/** Answers, or does what a fault says instead. */
export function answer(
  exchange: Exchange,
  instead: ((exchange: Exchange) => void) | undefined,
  body: object,
): void {
  if (instead) instead(exchange);
  else sendJson(exchange, 200, body);
}

function rest({ hasMore, next }: Page<unknown>): { has_more: boolean; continuation_token: number | null } {
  return { has_more: hasMore, continuation_token: next };
}

function instance(thread: Thread): object {
  const messages = messagesOf(thread);
  return {
    id: thread.id,
    user_id: thread.key.entityId,
    service_id: thread.key.serviceId,
    created_at: thread.createdAt,
    is_finished: thread.closed,
    is_analyzed: false,
    completed_post_processings: [],
    final_message: messages.findLast(({ sender }) => sender === 'agent')?.message ?? '',
    num_messages: messages.length,
    version_set_info: null,
    tags: {},
  };
}

/** @throws HttpError 422 for a message type that there is not */
export function checkMessageTypes({ url }: Exchange): void {
  const wrong = url.searchParams
    .getAll('message_type')
    .find((type) => ![...SHOWN_BY_DEFAULT, 'agent-inner-thought'].includes(type));
  if (wrong !== undefined) throw invalid(['query', 'message_type'], `Unknown type ${wrong}`, 'enum');
}
