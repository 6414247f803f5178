import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/protocol/sessions-connect/decode.js';
import { MarkdownParser } from '../../src/elements/markdown/block-parser.js';
import type { MarkdownAttributes, MarkdownTag } from '../../src/elements/markdown/renderer.js';
import { markdownToPlainText } from '../../src/elements/markdown/plain-text.js';
import { safeHref } from '../../src/elements/markdown/safe-href.js';
import { en } from '../../src/i18n/locales/en.js';
import { record, RecordingRenderer } from '../elements/markdown/recording-renderer.js';
import { expectLinear, stepsOf } from '../support/steps.js';
import { ownPayloads, publishedPayloads, withoutPublished } from './payloads.js';

const all = [...ownPayloads, ...publishedPayloads];

/** Keeps the addresses of the links that a text was read to hold. */
class Addresses extends RecordingRenderer {
  readonly found: string[] = [];

  override open(tag: MarkdownTag, attributes: MarkdownAttributes = {}): void {
    if (attributes.href !== undefined) this.found.push(attributes.href);
    super.open(tag, attributes);
  }
}

describe('the corpus of hostile texts', () => {
  it('holds more than 200 of our own, no two alike', () => {
    expect(ownPayloads.length).toBeGreaterThanOrEqual(200);
    expect(new Set(ownPayloads).size).toBe(ownPayloads.length);
  });

  it.skipIf(publishedPayloads.length === 0)(
    publishedPayloads.length === 0
      ? `is tried beside the published one: ${withoutPublished}`
      : 'is tried beside the published one',
    () => {
      expect(publishedPayloads.length).toBeGreaterThanOrEqual(200);
      for (const payload of publishedPayloads) expect(typeof payload).toBe('string');
    },
  );

  it('F02 gives no link an address that runs or shows something', () => {
    for (const payload of all) {
      const renderer = new Addresses();
      const reading = new MarkdownParser(renderer);
      reading.write(payload);
      reading.end();
      for (const address of renderer.found) expect(address).toMatch(/^(?:https?|mailto|tel):/);
    }
  });

  it('F02 is refused as an address, however it is written', () => {
    const schemes = ['javascript:', 'data:text/html,', 'vbscript:', 'blob:https://x/', 'file:///'];
    const hidden = ['', '\0', '\t', '\n', ' ', '\u200b', '\u202e', '\ufeff'];
    fc.assert(
      fc.property(
        fc.constantFrom(...schemes),
        fc.nat(12),
        fc.constantFrom(...hidden),
        fc.string(),
        (scheme, at, mark, rest) => {
          const address = `${mark}${scheme.slice(0, at)}${mark}${scheme.slice(at)}${rest}`;
          expect(safeHref(address) ?? 'https:').toMatch(/^(?:https?|mailto|tel):/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('hostile texts cut, joined and repeated', () => {
  const text = fc
    .array(fc.constantFrom(...all), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(''));
  const piece = fc
    .tuple(text, fc.nat(), fc.nat())
    .map(([it, from, length]) => it.slice(from % it.length).slice(0, 1 + (length % 400)));

  it('are read as markdown without an exception, closing what they open', () => {
    fc.assert(
      fc.property(
        piece,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (markdown, cut) => {
          expect(record(markdown, cut).unclosed).toBe(0);
          expect(record(markdown, cut).markup).toBe(record(markdown).markup);
          expect(typeof markdownToPlainText(markdown, en)).toBe('string');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are decoded without an exception in every field, and never lend an error their words', () => {
    const fields = [
      'text',
      'role',
      'code',
      'message',
      'tool_name',
      'call_id',
      'input',
      'result',
      'turn_id',
      'conversation_id',
      'reason',
    ];
    const events = [
      'token',
      'message',
      'error',
      'done',
      'tool_call_started',
      'tool_call_completed',
      'session.created',
      'session_ended',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...events),
        fc.dictionary(fc.constantFrom(...fields), piece),
        (event, data) => {
          expect(decode(JSON.stringify({ event, data })).length).toBeGreaterThan(0);
          expect(decode(JSON.stringify({ type: event, ...data })).length).toBeGreaterThan(0);
          const [error] = decode(JSON.stringify({ event: 'error', data: { ...data, message: 'attack()' } }));
          expect(
            JSON.stringify({
              ...error,
              ...(error && 'error' in error ? { error: { ...error.error, detail: '' } } : {}),
            }),
          ).not.toContain('attack()');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the work on a hostile frame', () => {
  it.each([
    ['quotes', (n: number) => `{"event":"token","data":{"text":"${'\\"'.repeat(n)}"}}`],
    ['an open string', (n: number) => `{"event":"${'\\\\'.repeat(n)}`],
    ['open brackets', (n: number) => '['.repeat(n)],
    ['flat lists', (n: number) => `{"event":"done","data":{"x":[${'[],'.repeat(n)}0]}}`],
    [
      'many keys',
      (n: number) =>
        `{"event":"done","data":{${Array.from({ length: n / 10 }, (_, i) => `"k${i}":1`).join()}}}`,
    ],
  ])('grows with its length and no faster: %s', async (_title, frame) => {
    const steps: number[] = [];
    for (const length of [1_000, 10_000, 100_000]) {
      const text = frame(length);
      steps.push(await stepsOf(() => decode(text)));
    }
    expectLinear(steps);
  });
});
