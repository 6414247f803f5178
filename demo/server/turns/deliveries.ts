import { randomUUID } from 'node:crypto';

import { isUuid } from '../demo-ids.js';
import { HttpError, readJsonObject, type Exchange } from '../http/exchange.js';
import { Fields, invalid } from '../http/validation.js';
import type { Thread } from '../threads/thread.js';

type Body = Readonly<Record<string, unknown>>;

interface Delivery {
  readonly deliveryId: string;
  readonly requestId: string;
  readonly receipt: string;
  /** What was handed over, for the next poll where this one is never acknowledged. */
  readonly result: Body;
  acknowledged: boolean;
}

/**
 * Answers by `Idempotency-Key`, and the receipts of background results (protocol §c, Version 2): the same key gets
 * the same answer, and a delivery is over once it was acknowledged.
 */
export class Deliveries {
  private readonly answers = new WeakMap<Thread, Map<string, Body>>();
  private readonly deliveries = new WeakMap<Thread, Delivery[]>();

  /** The key of a request, if it has one. @throws HttpError 422 unless it is a UUID in lower case */
  keyOf({ request }: Exchange): string | undefined {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key === 'string' && isUuid(key) && key === key.toLowerCase()) return key;
    throw invalid(['header', 'idempotency-key'], 'Input should be a valid UUID', 'uuid_parsing');
  }

  /** What was answered to this key before. */
  answered(thread: Thread, key: string | undefined): Body | undefined {
    return key === undefined ? undefined : this.answers.get(thread)?.get(key);
  }

  /** Remembers an answer for its key. */
  remember(thread: Thread, key: string | undefined, body: Body): void {
    if (key === undefined) return;
    const answers = this.answers.get(thread) ?? new Map<string, Body>();
    this.answers.set(thread, answers.set(key, body));
  }

  /** Hands a result over: the answer with its receipt. */
  handOver(thread: Thread, requestId: string, result: Body): Body {
    const [deliveryId, receipt] = [randomUUID(), randomUUID()];
    const known = this.deliveries.get(thread) ?? [];
    this.deliveries.set(thread, [...known, { deliveryId, requestId, receipt, result, acknowledged: false }]);
    return { ...result, delivery: { delivery_id: deliveryId, request_id: requestId, receipt } };
  }

  /** A result that was handed over and never acknowledged; whoever polls next gets it. */
  claim(thread: Thread): Body | undefined {
    return (this.deliveries.get(thread) ?? []).findLast((one) => !one.acknowledged)?.result;
  }

  /** Takes an acknowledgement; a repeated one counts as the first. @throws HttpError 404 or 422 */
  async acknowledge(exchange: Exchange, thread: Thread): Promise<void> {
    const fields = new Fields(await readJsonObject(exchange));
    const known = this.deliveries.get(thread) ?? [];
    const delivery = known.find((one) => one.deliveryId === exchange.path['delivery']);
    const [requestId, receipt] = [fields.required('request_id'), fields.required('receipt')];
    if (!delivery) throw new HttpError(404, 'Delivery not found');
    if (delivery.requestId !== requestId)
      throw fields.wrong('request_id', 'Not the request of this delivery');
    if (delivery.receipt !== receipt) throw fields.wrong('receipt', 'Not the receipt of this delivery');
    // Whatever was handed over before holds the same result.
    for (const one of known) one.acknowledged = true;
  }
}
