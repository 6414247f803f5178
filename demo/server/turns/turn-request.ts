import { readJsonObject, type Exchange } from '../http/exchange.js';
import { Fields, invalid } from '../http/validation.js';

/** What a client asks of a turn (protocol §c, TurnRequest); what the agent does not need is checked and left. */
export interface TurnRequest {
  /** The words; those of the attachments are not read by the scripted agent. */
  readonly message: string;
  readonly attachments: number;
  /** Wait in line for background work. */
  readonly waitForFinal: boolean;
  readonly poll: boolean;
}

const MAX_MESSAGE = 10_000;

/** @throws HttpError 400 or 422 */
export async function readTurnRequest(exchange: Exchange): Promise<TurnRequest> {
  const body = await readJsonObject(exchange);
  const fields = new Fields(body);
  const message = fields.text('message', { max: MAX_MESSAGE }) ?? '';
  const poll = exchange.url.searchParams.get('poll') === 'true';
  fields.text('context', { max: 100_000 });
  fields.text('media_url', { max: 2_048 });
  fields.text('media_type', { max: 128 });
  fields.integer('viewport_width', 20, 500);
  fields.integer('viewport_height', 5, 500);
  fields.flag('suppress_filler');
  const waitForFinal = fields.flag('wait_for_final');
  if (poll && message !== '') throw fields.wrong('message', 'A poll must not carry a message');
  if (poll && wantsStream(exchange)) throw invalid(['query', 'poll'], 'A poll cannot be streamed');
  return { message, attachments: contentParts(fields), waitForFinal, poll };
}

/** Whether the answer is to be a stream of server-sent events. */
export function wantsStream({ request }: Exchange): boolean {
  return (request.headers.accept ?? '').includes('text/event-stream');
}

function contentParts(fields: Fields): number {
  const parts = fields.list('content', 20);
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) throw fields.wrong('content', 'Parts must be objects');
    const one = new Fields(part as Record<string, unknown>);
    one.text('type', { min: 1, max: 64, pattern: /^[a-z][a-z0-9._-]*$/ });
    one.text('text', { max: MAX_MESSAGE });
    one.text('url', { max: 2_048 });
    one.text('media_type', { max: 128 });
    one.text('provider_id', { max: 256 });
  }
  return parts.length;
}
