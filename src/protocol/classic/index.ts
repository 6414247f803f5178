import { parseJson } from '../../lib/json.js';
import { refusalOf, unreadable } from '../http.js';
import type { Exchange, HttpPort, Refusal, RequestDescription } from '../http.js';
import type { HttpSurface, Saying, Target } from '../surface.js';
import { ClassicDecoder } from './decode.js';
import type { DecoderOptions } from './decode.js';
import * as requests from './encode.js';
import { conversations, recommendations, starters } from './frames.js';
import { history } from './messages.js';
import { splitLines } from './ndjson.js';

/** Tokens are renewed this long before their end (protocol §f, When). */
const RENEW_BEFORE = 5 * 60_000;

/** Answers to "finish" that mean that there is nothing left to finish (protocol C25). */
const FINISHED = new Set([400, 404, 409]);

/** One streamed answer. A status of 200 is sent before anything is decided: the lines tell (protocol §e). */
async function* follow(
  port: HttpPort,
  target: Target,
  request: RequestDescription,
  options: DecoderOptions & { readonly conversationId?: string },
): Exchange {
  const stream = await port.stream(request);
  const refusal = refusalOf(stream);
  if (refusal) return refusal;
  const decoder = new ClassicDecoder(options);
  let { conversationId } = options;
  let foreign = false;
  for await (const line of splitLines(stream.chunks)) {
    for (const event of decoder.decode(line)) {
      if (event.type === 'session.opened') ({ conversationId } = event);
      foreign = event.type === 'frame.dropped' && conversationId === undefined;
      yield event;
    }
  }
  // Whatever answered with other lines than the one that begins a conversation is not the classic platform.
  if (foreign) return unreadable;
  if (!decoder.brokeAfterwards || conversationId === undefined) return undefined;
  // The turn is kept, but the server could not end what it had to end (protocol §e, Rollback).
  await finish(port, target, conversationId);
  yield { type: 'session.ended', reason: 'completed' };
  return undefined;
}

async function* create(port: HttpPort, target: Target, first: Saying | undefined): Exchange {
  const options = { creates: true, answers: first !== undefined };
  const refusal = yield* follow(port, target, requests.create(target, first), options);
  if (refusal?.status !== 400 && refusal?.status !== 409) return refusal;
  // One unfinished conversation per person and service, worded in several ways (protocol C24).
  const [other] = await find(port, requests.unfinished(target));
  if (!other) return refusal;
  yield { type: 'session.conflict', conversationId: other.id };
  return undefined;
}

async function* resume(port: HttpPort, target: Target, conversationId: string): Exchange {
  const answer = await port.request(requests.lookUp(target, conversationId));
  const refusal = refusalOf(answer);
  if (refusal) return refusal;
  const read = conversations.safeParse(parseJson(answer.body));
  if (!read.success) return unreadable;
  const found = read.data.conversations.find(({ id }) => id === conversationId);
  if (!found) return { kind: 'missing', status: 404 };
  yield { type: 'session.opened', conversationId, greets: false };
  if (found.is_finished) yield { type: 'session.ended', reason: 'completed' };
  return undefined;
}

/** Conversations of a list; none where it cannot be had. */
async function find(
  port: HttpPort,
  request: RequestDescription,
): Promise<readonly { readonly id: string }[]> {
  const answer = await port.request(request);
  const read = conversations.safeParse(refusalOf(answer) ? undefined : parseJson(answer.body));
  return read.success ? read.data.conversations.filter((one) => one.is_finished !== true) : [];
}

async function finish(port: HttpPort, target: Target, conversationId: string): Promise<Refusal | undefined> {
  const answer = await port.request(requests.finish(target, conversationId));
  return FINISHED.has(answer.status) ? undefined : refusalOf(answer);
}

/**
 * Classic conversations: requests answered by lines of JSON (protocol §e). The agent speaks first, or the person
 * or an event does; there is one unfinished conversation for each person and service, which never ends by itself.
 */
export const classic: HttpSurface = {
  carrier: 'http',
  name: 'classic',
  attributes: { address: 'classic-base-url', ids: 'organization-id, service-id' },
  namesConversation: true,
  tellsEvents: true,
  takesFirstWords: true,
  renewBefore: RENEW_BEFORE,
  open(port, target, first) {
    const { conversationId } = target;
    return conversationId === undefined ? create(port, target, first) : resume(port, target, conversationId);
  },
  say(port, target, conversationId, text, { event = false }) {
    const request = requests.interact(target, conversationId, { text, event });
    return follow(port, target, request, { conversationId });
  },
  history,
  finish,
  async starters(port, target, wishes) {
    const answer = await port.request(requests.starters(target, wishes));
    const read = starters.safeParse(refusalOf(answer) ? undefined : parseJson(answer.body));
    return read.success ? read.data.prompts.map(({ prompt }) => prompt) : [];
  },
  async recommend(port, target, conversationId, turnId) {
    const answer = await port.request(requests.recommend(target, conversationId, turnId));
    const read = recommendations.safeParse(refusalOf(answer) ? undefined : parseJson(answer.body));
    return read.success ? read.data.recommended_responses : [];
  },
};
