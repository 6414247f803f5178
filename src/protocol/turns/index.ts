import type { ServerEvent } from '../../conversation/event.js';
import { parseJson } from '../../lib/json.js';
import { fetchConversation, platformAttributes, platformConversations } from '../history/index.js';
import { isRefusal, refusalOf, unreadable } from '../http.js';
import type { Exchange, HttpPort, Refusal, RefusalKind } from '../http.js';
import type { HttpSurface, Target } from '../surface.js';
import { collect, decide } from './collect.js';
import { createConversation, startSession, streamTurn } from './encode.js';
import { created, started } from './frames.js';
import { decodeSse } from './sse.js';

/** A failed start that would meet a creation just as well: begun again instead. Any other is gone around. */
const PASSING: ReadonlySet<RefusalKind> = new Set([
  'unreachable',
  'unsent',
  'signed-out',
  'too-many',
  'unreadable',
]);

async function* say(
  port: HttpPort,
  target: Target,
  conversationId: string,
  text: string,
  { key }: { readonly key?: string } = {},
): Exchange {
  const stream = await port.stream(streamTurn(target, conversationId, text, key));
  const refusal = refusalOf(stream);
  if (refusal) return refusal;
  return yield* decodeSse(stream.chunks);
}

/** When the history of a session just started is read for its greeting: milliseconds between the reads. */
const GREETING_READS = [0, 400, 800, 1_600];

/** What the agent has said so far. Answers whether there is no more to wait for. */
async function* stored(
  port: HttpPort,
  target: Target,
  conversationId: string,
): AsyncGenerator<ServerEvent, boolean> {
  const read = await fetchConversation(port, target, conversationId);
  const said = isRefusal(read) ? [] : read.turns.filter(({ role }) => role === 'agent');
  for (const { text } of said) yield { type: 'agent.message', text };
  return isRefusal(read) || said.length > 0;
}

/** What the agent says first of its own accord once a session is started; else it is asked for it. */
async function* greeting(port: HttpPort, target: Target, conversationId: string): Exchange {
  yield { type: 'agent.typing' };
  for (const pause of GREETING_READS) {
    if (pause > 0) await port.pause(pause);
    if (yield* stored(port, target, conversationId)) {
      yield { type: 'turn.completed' };
      return undefined;
    }
  }
  return yield* ask(port, target, conversationId);
}

/** Asks for the greeting. That none can be had stands in nobody's way. */
async function* ask(port: HttpPort, target: Target, conversationId: string): Exchange {
  const exchange = say(port, target, conversationId, '');
  let told = false;
  for (;;) {
    const { done, value } = await exchange.next();
    const event: ServerEvent | undefined =
      done && value ? { type: 'turn.completed' } : (value as ServerEvent);
    if (!event) return undefined;
    told ||= event.type === 'agent.message';
    // The agent was about to speak by itself, and has: then it is not said again, but it is in the history.
    if (event.type === 'turn.completed' && !told) yield* stored(port, target, conversationId);
    yield event;
    if (done) return undefined;
  }
}

async function* resume(port: HttpPort, target: Target, conversationId: string): Exchange {
  const read = await fetchConversation(port, target, conversationId);
  if (isRefusal(read)) return read;
  const fresh = !read.over && read.turns.every(({ role }) => role === 'system');
  yield { type: 'session.opened', conversationId, greets: fresh };
  if (read.over) yield { type: 'session.ended', reason: 'completed' };
  return fresh ? yield* ask(port, target, conversationId) : undefined;
}

async function* start(port: HttpPort, target: Target, entityId: string): Exchange {
  const answer = await port.request(startSession(target, entityId));
  const refusal = refusalOf(answer);
  if (refusal) return PASSING.has(refusal.kind) ? refusal : yield* create(port, target);
  const read = started.safeParse(parseJson(answer.body));
  if (!read.success) return unreadable;
  const { conversation_id: conversationId, session_status: status } = read.data;
  const greets = status === 'created';
  yield { type: 'session.opened', conversationId, entityId: read.data.entity_id ?? entityId, greets };
  return greets ? yield* greeting(port, target, conversationId) : undefined;
}

async function* create(port: HttpPort, target: Target): Exchange {
  const answer = await port.request(createConversation(target));
  const refusal: Refusal | undefined = refusalOf(answer);
  if (refusal) return refusal;
  const read = created.safeParse(parseJson(answer.body));
  if (!read.success) return unreadable;
  const { id: conversationId, entity_id: entityId } = read.data;
  const who = entityId ? { entityId } : {};
  // With an entity there may have been a conversation to continue, which could not be found.
  yield { type: 'session.opened', conversationId, ...who, anew: target.entityId !== undefined };
  return yield* ask(port, target, conversationId);
}

/**
 * Turns over plain HTTP, each answered by server-sent events (protocol §c): what works where nothing else does.
 * It continues the conversation it is told of, else the one the server has for this person, else a new one.
 */
export const turns: HttpSurface = {
  carrier: 'http',
  name: 'turns',
  attributes: platformAttributes,
  namesConversation: true,
  open(port, target) {
    const { conversationId, entityId } = target;
    if (conversationId !== undefined) return resume(port, target, conversationId);
    return entityId === undefined ? create(port, target) : start(port, target, entityId);
  },
  say,
  collect,
  decide,
  ...platformConversations,
};
