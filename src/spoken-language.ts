import type { ReactiveControllerHost } from 'lit';
import type { TimelineItem } from './conversation/state.js';
import type { MessageLanguage } from './i18n/guess-language.js';
import { onDemand } from './lib/on-demand.js';

/** What English texts have, and those in other languages hardly: one of these words, and no letter but ours. */
const ENGLISH = /\b(the|you|your|and|of|i|my|is|are|can|have)\b/i;
const NOT_ENGLISH = /(?![a-z])\p{L}/iu;

/** Brings what tells the language of a message, once one may be in another language: until then none is marked. */
export class SpokenLanguage {
  of: MessageLanguage | undefined;
  /** Messages that are in the chat's own language. */
  private readonly plain = new WeakMap<TimelineItem, string>();

  constructor(private readonly host: ReactiveControllerHost) {}

  /** @param locale the chat's language */
  look(items: readonly TimelineItem[], locale: string): void {
    if (!this.of && items.some((item) => this.mayDiffer(item, locale))) this.need();
  }

  private mayDiffer(item: TimelineItem, locale: string): boolean {
    if ((item.kind !== 'agent' || item.streaming) && item.kind !== 'user') return false;
    if (this.plain.get(item) === locale) return false;
    const { text } = item;
    if (!locale.startsWith('en') || NOT_ENGLISH.test(text) || !ENGLISH.test(text)) return true;
    this.plain.set(item, locale);
    return false;
  }

  private readonly need = onDemand(async () => {
    this.of = (await import('./i18n/guess-language.js')).messageLanguage;
    this.host.requestUpdate();
  });
}
