import type { Exchange } from '../http/exchange.js';
import { invalid } from '../http/validation.js';

/** A part of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  /** `continuation_token` of the next part; null at the end. */
  readonly next: number | null;
}

/** The part that `limit` and `continuation_token` ask for. @throws HttpError 422 */
export function readPage<Item>(exchange: Exchange, all: readonly Item[], most: number): Page<Item> {
  const limit = integer(exchange, 'limit', most);
  if (limit < 1 || limit > most)
    throw invalid(['query', 'limit'], `Input should be from 1 to ${most}`, 'range');
  const from = Math.max(0, integer(exchange, 'continuation_token', 0));
  const items = all.slice(from, from + limit);
  const hasMore = from + limit < all.length;
  return { items, hasMore, next: hasMore ? from + limit : null };
}

function integer({ url }: Exchange, name: string, fallback: number): number {
  const value = Number(url.searchParams.get(name) ?? fallback);
  if (Number.isInteger(value)) return value;
  throw invalid(['query', name], 'Input should be a valid integer', 'int_parsing');
}
