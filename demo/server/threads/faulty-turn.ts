import type { Clock } from '../clock.js';
import type { ActiveFault } from '../faults/fault.js';
import type { TurnEvent, TurnFailure } from './turn-event.js';

/** Lets a turn run up to the moment the fault names, then fails it. */
export async function* failing(
  events: AsyncIterable<TurnEvent>,
  fault: ActiveFault,
): AsyncGenerator<TurnEvent> {
  let deltas = 0;
  const at = fault.text('at');
  for await (const event of events) {
    const reached = event.kind === 'message' || (event.kind === 'delta' && deltas >= fault.number('after'));
    if (at === 'mid-reply' && reached) break;
    if (event.kind === 'delta') deltas += 1;
    if (at !== 'processed') yield event;
    else break;
  }
  yield failureOf(fault);
}

/** A reply without end; it stops only when the turn is aborted. */
export async function* endless(
  fault: ActiveFault,
  how: { clock: Clock; signal: AbortSignal },
): AsyncGenerator<TurnEvent> {
  const rate = fault.number('per_second');
  const text = ` ${'on and '.repeat(Math.ceil(fault.number('bytes_per_token') / 7))}`;
  while (!how.signal.aborted) {
    await how.clock.delay(rate > 0 ? 1000 / rate : 0, 1, how.signal);
    yield { kind: 'delta', text: text.slice(0, Math.max(fault.number('bytes_per_token'), 2)) };
  }
}

/** The error frame that a fault asks for. */
export function failureOf(fault: ActiveFault): TurnFailure {
  const code = fault.text('code');
  const closing = fault.text('then') === 'close' ? { closeCode: fault.number('close_code') } : {};
  const bare: TurnFailure = { kind: 'failed', message: fault.text('message'), ...closing };
  if (fault.text('fields') === 'message-only') return bare;
  const statusCode = statusOf(fault, code);
  const wanted = fault.text('retryable');
  const retryable = wanted === 'by-code' ? isRetryable(code, statusCode) : wanted === 'true';
  return {
    ...bare,
    code,
    ...(wanted === 'absent' ? {} : { retryable }),
    ...(statusCode === undefined ? {} : { statusCode }),
  };
}

function statusOf(fault: ActiveFault, code: string): number | undefined {
  if (fault.has('status_code')) return fault.number('status_code');
  return code === 'upstream_error' ? 503 : undefined;
}

/** Protocol §a, table of error codes. */
function isRetryable(code: string, status = 0): boolean {
  if (code === 'upstream_error') return status === 408 || status === 429 || status >= 500;
  return ['stream_interrupted', 'turn_timeout', 'idle_timeout'].includes(code);
}
