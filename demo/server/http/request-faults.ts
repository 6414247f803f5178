import { setTimeout as pause } from 'node:timers/promises';

import type { ActiveFault } from '../faults/fault.js';
import type { SurfaceParts } from '../surface.js';
import { HttpError, sendRaw, type Exchange } from './exchange.js';

/** Requests of the HTTP surfaces that can be made to fail, by the name that a fault gives them. */
export const requestNames = [
  'any',
  'create',
  'turn',
  'poll',
  'ack',
  'approval',
  'start',
  'active',
  'inject',
  'interact',
  'finish',
  'list',
  'messages',
  'source',
  'starter',
  'recommend',
  'services',
  'signin',
  'metrics',
  'behavior-versions',
] as const;

/** One of {@link requestNames}. */
export type RequestName = (typeof requestNames)[number];

/** What a fault leaves for the request to do. */
export interface Verdict {
  /** The request must not be answered at all. */
  readonly hangs: boolean;
  /** The answer that is given instead, once the work is done; undefined: the right one. */
  readonly afterwards?: (exchange: Exchange) => void;
}

/**
 * Makes the faults of a request happen: it is slow, hangs, or fails before or after its work.
 *
 * @throws HttpError what the fault asks for
 */
export async function strikeRequest(
  exchange: Exchange,
  { board, log }: SurfaceParts,
  name: RequestName,
  scopes: readonly string[] = ['default'],
): Promise<Verdict> {
  const applies = (fault: ActiveFault): boolean => ['any', name].includes(fault.text('request'));
  log.add({ kind: 'http', detail: `${exchange.request.method} ${name}`, conversationId: scopes.at(-3) });
  if (board.take('request-hangs', scopes, applies)) return { hangs: true };
  const slow = board.take('request-slow', scopes, applies);
  if (slow) await pause(slow.number('ms'));
  const fails = board.take('request-fails', scopes, applies);
  if (!fails) return { hangs: false };
  if (fails.text('work') === 'done') return { hangs: false, afterwards: (late) => answer(late, fails) };
  throw failure(fails);
}

function answer(exchange: Exchange, fault: ActiveFault): void {
  if (fault.has('retry_after')) exchange.response.setHeader('retry-after', fault.text('retry_after'));
  const body = JSON.stringify({ detail: failure(fault).detail });
  sendRaw(exchange, fault.number('status'), 'application/json', body);
}

function failure(fault: ActiveFault): HttpError {
  const headers = fault.has('retry_after') ? { 'retry-after': fault.text('retry_after') } : {};
  const text = 'Switched on by the control panel.';
  const details: Record<string, unknown> = {
    text,
    object: { message: text, code: 'switched_on' },
    list: [{ loc: ['body'], msg: text, type: 'value_error' }],
    rich: text,
  };
  const more = { message: text, error_code: 'switched_on', request_id: 'req_development' };
  const body = fault.text('body');
  return new HttpError(fault.number('status'), details[body], headers, body === 'rich' ? more : {});
}
