import { describe, expect, it } from 'vitest';
import { OWN_CLOSE, closeMeaning } from '../../src/protocol/close-codes.js';

/** The table of protocol §a, row by row. */
const rows = [
  [1000, 'end', 'closed-by-server'],
  [1001, 'retry', 'connection-lost'],
  [1006, 'retry', 'connection-lost'],
  [1008, 'fatal', 'policy-violation'],
  [1011, 'retry-twice', 'server-error'],
  [1012, 'retry', 'server-unavailable'],
  [1013, 'slow', 'server-unavailable'],
  [3003, 'fatal', 'forbidden'],
  [4000, 'fatal', 'refused-request'],
  [4001, 'reauthenticate', 'signed-out'],
  [4003, 'fatal', 'forbidden'],
  [4004, 'fatal', 'not-found'],
  [4029, 'slow', 'too-many-connections'],
  [4099, 'fatal', 'refused-request'],
  [4100, 'reauthenticate', 'signed-out'],
  [4200, 'retry-once', 'server-error'],
  [4400, 'fatal', 'conversation-not-found'],
  [4403, 'reauthenticate', 'origin-refused'],
  [4404, 'fatal', 'conversation-not-found'],
  [4409, 'slow', 'open-elsewhere'],
  [4503, 'retry', 'server-unavailable'],
  [1002, 'fatal', 'refused-request'],
  [1003, 'fatal', 'refused-request'],
  [1007, 'fatal', 'refused-request'],
  [1009, 'fatal', 'refused-request'],
  [4499, 'fatal', 'refused-request'],
  [1005, 'retry', 'connection-lost'],
  [1010, 'retry', 'connection-lost'],
  [1014, 'retry', 'connection-lost'],
  [1015, 'retry', 'connection-lost'],
  [3000, 'retry', 'connection-lost'],
  [4500, 'retry', 'connection-lost'],
  [4999, 'retry', 'connection-lost'],
] as const;

describe('a close code', () => {
  it.each(rows)('%i means %s: %s', (code, closeClass, error) => {
    expect(closeMeaning(code, false)).toMatchObject({
      class: closeClass,
      error: { origin: 'connection', code: error, detail: String(code) },
    });
  });

  it.each(rows)('%i is fatal and not to be retried exactly where its class says so', (code, closeClass) => {
    const { error } = closeMeaning(code, false);
    const fatal = closeClass === 'fatal';
    expect([error.severity, error.retryable]).toEqual(fatal ? ['fatal', false] : ['error', true]);
  });

  it.each([4004, 4400, 4404])('%i is worth one try without the conversation id that was sent', (code) => {
    expect(closeMeaning(code, true)).toMatchObject({
      class: 'forget-conversation',
      error: { retryable: true },
    });
  });

  it.each(rows.filter(([code]) => ![4004, 4400, 4404].includes(code)))(
    '%i means the same with an id',
    (code) => {
      expect(closeMeaning(code, true)).toEqual(closeMeaning(code, false));
    },
  );

  it.each(Object.entries(OWN_CLOSE))(
    'of our own (%s) may be passed to close() and leads to another try',
    (name, code) => {
      expect(code === 1000 || (code >= 3000 && code <= 4999)).toBe(true);
      if (name !== 'normal') expect(closeMeaning(code, false).class).toBe('retry');
    },
  );
});
