import { createHash } from 'node:crypto';

import { demoIds } from '../demo-ids.js';

/** The patient of the demo's portal, as its record system knows them. */
export const DEMO_CANONICAL_ID = 'charmhealth:Patient:67890';

/**
 * The entity of a record system's id: always the same, and the demo's own for {@link DEMO_CANONICAL_ID}. One whose
 * id is `unknown` has no entity.
 */
export function entityOf(canonicalId: string): string | undefined {
  if (canonicalId === DEMO_CANONICAL_ID) return demoIds.entityId;
  if (canonicalId.endsWith(':unknown')) return undefined;
  const hex = createHash('sha256').update(canonicalId).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
