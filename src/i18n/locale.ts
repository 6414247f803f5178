import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { builtInCatalogues, directionOf, matchCatalogue, type Catalogues } from './catalogues.js';
import { en } from './locales/en.js';
import { mergeStrings, type StringOverrides, type Strings } from './strings.js';

export interface LocaleOptions {
  /** Which languages there are; English and Spanish by default. */
  readonly catalogues?: Catalogues;
  /** The page's own texts, read at every access. */
  readonly overrides?: () => StringOverrides | undefined;
  /** Told once per tag that has no catalogue, or whose catalogue did not load. English is shown then. */
  readonly onUnknown?: (tag: string) => void;
}

/**
 * Finds the language for one element and keeps it found: the element's own `lang`, else that of the
 * nearest ancestor across shadow hosts, else English. Two widgets on one page may differ, and a `lang`
 * that changes is followed at once. The host re-renders when {@link strings} or {@link locale} change.
 */
export class LocaleController implements ReactiveController {
  private base: Strings = en;
  private tag = 'en';
  private wanted: string | undefined;
  private observer: MutationObserver | undefined;
  private readonly reported = new Set<string>();
  private merged: { base: Strings; overrides: StringOverrides | undefined; strings: Strings } | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly options: LocaleOptions = {},
  ) {
    host.addController(this);
  }

  /** BCP 47 tag for `Intl` and the `lang` attribute: the page's own tag where a catalogue serves it. */
  get locale(): string {
    return this.tag;
  }

  /** Direction in which the language is written. */
  get dir(): 'ltr' | 'rtl' {
    return directionOf(this.tag);
  }

  /** The texts to show, with the page's own laid over the built-in ones. The same object until one changes. */
  get strings(): Strings {
    const overrides = this.options.overrides?.();
    if (this.merged?.base !== this.base || this.merged.overrides !== overrides) {
      this.merged = { base: this.base, overrides, strings: shown(this.base, overrides) };
    }
    return this.merged.strings;
  }

  hostConnected(): void {
    this.observer = new MutationObserver(this.find);
    for (const element of ancestry(this.host)) {
      this.observer.observe(element, { attributes: true, attributeFilter: ['lang'] });
    }
    this.find();
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.observer = undefined;
    // A catalogue still on its way is not wanted any more.
    this.wanted = undefined;
  }

  private readonly find = (): void => {
    const tag =
      ancestry(this.host)
        .find((element) => element.hasAttribute('lang'))
        ?.getAttribute('lang') ?? '';
    if (tag === this.wanted) return;
    this.wanted = tag;
    void this.choose(tag);
  };

  private async choose(tag: string): Promise<void> {
    const catalogues = this.options.catalogues ?? builtInCatalogues;
    const key = matchCatalogue(tag, catalogues);
    const found = key === undefined ? undefined : catalogues[key];
    if (typeof found === 'object') {
      this.use(found, tag);
      return;
    }
    const loaded = await found?.().catch(() => undefined);
    if (this.wanted !== tag) return;
    this.use(mergeStrings(en, loaded?.default), loaded ? tag : 'en');
    if (!loaded) this.report(tag);
  }

  private use(base: Strings, tag: string): void {
    if (this.base === base && this.tag === tag) return;
    this.base = base;
    this.tag = tag.replaceAll('_', '-');
    this.host.requestUpdate();
  }

  /** `lang=""` says that the language is unknown: no mistake of the page. */
  private report(tag: string): void {
    if (tag === '' || this.reported.has(tag)) return;
    this.reported.add(tag);
    this.options.onUnknown?.(tag);
  }
}

/** A translation that nobody has reviewed leaves the emergency line in English. */
function shown(base: Strings, overrides: StringOverrides | undefined): Strings {
  const merged = mergeStrings(base, overrides);
  if (merged.reviewed || overrides?.emergency !== undefined) return merged;
  return { ...merged, emergency: en.emergency };
}

/** The element and its ancestors, nearest first, through shadow roots to their hosts. */
function ancestry(start: Element): Element[] {
  const chain: Element[] = [];
  for (let element: Element | null = start; element; element = above(element)) chain.push(element);
  return chain;
}

function above(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
