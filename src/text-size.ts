import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement & { readonly textSize: number };

/**
 * Scales the text of the element by its custom property: through the CSSOM, which no policy forbids, and over what
 * the page's style sheets say, so that the person's own choice is the last word.
 */
export class TextSize implements ReactiveController {
  private shown = 1;

  /** @param onInvalid told a value that is none from 1 to 2, in whose place 1 holds */
  constructor(
    private readonly host: Host,
    private readonly onInvalid: (value: string) => void,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    // An attribute that is taken away reads as null.
    const size = (this.host.textSize as number | null) ?? 1;
    if (Object.is(size, this.shown)) return;
    this.shown = size;
    const valid = size >= 1 && size <= 2;
    if (!valid) this.onInvalid(String(size));
    if (valid && size > 1) this.host.style.setProperty('--amigo-text-scale', String(size));
    else this.host.style.removeProperty('--amigo-text-scale');
  }
}
