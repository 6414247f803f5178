import type { HistoryTurn } from '../../conversation/event.js';
import { parseJson } from '../../lib/json.js';
import { refusalOf, unreadable } from '../http.js';
import type { HttpPort, Refusal } from '../http.js';
import type { Target } from '../surface.js';
import { messages } from './encode.js';
import { messagesPage, storedMessage } from './frames.js';

/** A page of 500 messages of 10,000 characters each. */
const MAX_PAGE_LENGTH = 16 * 1_048_576;
/** Pages of one history: 20,000 messages. A server that goes on for ever does not keep us that long. */
const MAX_PAGES = 40;

function decodeMessage(candidate: unknown): readonly HistoryTurn[] {
  const read = storedMessage.safeParse(candidate);
  if (!read.success) return [];
  const { sender, message, message_type: type, created_at: created, interaction_id: turnId } = read.data;
  // Inner thoughts are not said to anybody.
  if (type === 'agent-inner-thought') return [];
  const event = type === 'external-event';
  const role = event || type === 'user-message' || sender === 'user' ? 'user' : 'agent';
  const at = Date.parse(created ?? '');
  return [
    {
      role,
      text: message ?? '',
      ...(event ? { event } : {}),
      ...(Number.isNaN(at) ? {} : { at }),
      ...(turnId ? { turnId } : {}),
    },
  ];
}

/** What was said so far, page by page (protocol §e, messages). */
export async function history(
  port: HttpPort,
  target: Target,
  id: string,
): Promise<readonly HistoryTurn[] | Refusal> {
  const turns: HistoryTurn[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await port.request(messages(target, id, token));
    const refusal = refusalOf(answer);
    if (refusal) return refusal;
    const read = messagesPage.safeParse(parseJson(answer.body, MAX_PAGE_LENGTH));
    if (!read.success) return unreadable;
    turns.push(...read.data.messages.flatMap(decodeMessage));
    const { has_more: more, continuation_token: next } = read.data;
    // One that leads nowhere, or back to itself, is the end too.
    if (!more || next === undefined || next === null || String(next) === token) break;
    token = String(next);
  }
  return turns;
}
