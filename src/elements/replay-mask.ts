/**
 * What session-replay tools read as "do not record this", set on the log and on the composer's input, so
 * that a portal that records its pages does not record what its patients write:
 *
 * - FullStory: class `fs-exclude` · rrweb and the tools built on it: `rr-block` · PostHog: `ph-no-capture`
 * - Datadog: `data-dd-privacy="hidden"` · Sentry: `data-sentry-block`, `data-sentry-mask`
 * - LogRocket: `data-private` · Hotjar: `data-hj-suppress` · Microsoft Clarity: `data-clarity-mask`
 *
 * Excluding is chosen over masking wherever a tool offers both: masked text keeps its length and its words'
 * lengths. It is a convention that the tools honour, no barrier.
 */
const attributes: Readonly<Record<string, string>> = {
  'data-private': '',
  'data-hj-suppress': '',
  'data-clarity-mask': 'true',
  'data-sentry-block': '',
  'data-sentry-mask': '',
  'data-dd-privacy': 'hidden',
};

/** Marks an element, once after its first rendering. Its `class` must not be bound. */
export function maskReplay(element: Element): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.classList.add('fs-exclude', 'rr-block', 'ph-no-capture');
}
