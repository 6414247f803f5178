import type * as z from 'zod/mini';
import type { ServerEvent } from '../../conversation/event.js';
import { parseJson } from '../../lib/json.js';
import { decodeToolCalls } from '../history/index.js';
import { refusalOf, unreadable } from '../http.js';
import type { HttpPort, Refusal } from '../http.js';
import type { Collected, Decision, Target } from '../surface.js';
import { acknowledge, approval, pollTurn } from './encode.js';
import { turnResponse } from './frames.js';

/** What a receipt is worth sending again for. */
const ACK_TRIES = 3;

function read({
  output,
  tool_calls: calls,
  background_pending,
  delivery_protocol_version: version,
  turn_id: turnId,
}: z.infer<typeof turnResponse>): Collected {
  const pending = background_pending === true;
  const texts = output.flatMap(({ role, text }) =>
    text && role !== 'user' && role !== 'system' ? [text] : [],
  );
  const events: ServerEvent[] = [
    ...decodeToolCalls(calls).map((call) => ({ type: 'tool.completed', ...call }) as const),
    ...texts.map(
      (text) => ({ type: 'agent.message', text, ...(pending ? { provisional: true } : {}) }) as const,
    ),
  ];
  const turn = turnId ? { turnId } : {};
  if (!pending) events.push({ type: 'turn.completed', ...turn, receipts: version === 2 });
  return { events, pending, silent: !pending && texts.length === 0 };
}

/**
 * Asks once for background work. Never while a turn runs, never sooner than 5 s after the last time: that is for
 * the caller to keep.
 */
export async function collect(
  port: HttpPort,
  target: Target,
  conversationId: string,
  key: string | undefined,
): Promise<Collected | Refusal> {
  const answer = await port.request(pollTurn(target, conversationId, key));
  const refusal = refusalOf(answer);
  if (refusal) return refusal;
  const parsed = turnResponse.safeParse(parseJson(answer.body));
  if (!parsed.success) return unreadable;
  const { delivery } = parsed.data;
  if (!delivery || delivery.request_id !== key) return read(parsed.data);
  const receipt = acknowledge(target, conversationId, delivery);
  return { ...read(parsed.data), acknowledge: () => sendReceipt(port, receipt) };
}

async function sendReceipt(port: HttpPort, receipt: ReturnType<typeof acknowledge>): Promise<void> {
  for (let tries = 0; tries < ACK_TRIES; tries += 1) {
    if (!refusalOf(await port.request(receipt))) return;
  }
}

export async function decide(
  port: HttpPort,
  target: Target,
  conversationId: string,
  decision: Decision,
): Promise<Refusal | undefined> {
  return refusalOf(await port.request(approval(target, conversationId, decision)));
}
