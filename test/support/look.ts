import type { Locator, Page } from '@playwright/test';

/** A box that can be pressed or typed into, as it is drawn. */
export interface Target {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** In running text, where WCAG asks for no size. */
  readonly inline: boolean;
}

/** Everything in the widget that can be pressed or typed into, and is shown. */
export const targets = (chat: Locator): Promise<Target[]> =>
  chat.evaluate((element) => {
    const roots = (root: ParentNode): ParentNode[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
    ];
    return roots(element.shadowRoot as ShadowRoot)
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')])
      .filter((one) => one.checkVisibility() && one.getClientRects().length > 0)
      .map((one) => {
        const { width, height } = one.getBoundingClientRect();
        const name = `${one.localName} ${one.getAttribute('aria-label') ?? one.textContent ?? ''}`;
        const inline = getComputedStyle(one).display === 'inline';
        return { name: name.replace(/\s+/g, ' ').trim().slice(0, 60), width, height, inline };
      });
  });

/** Whatever in the widget has more content than room without a way to scroll to it. */
export const clipped = (chat: Locator): Promise<string[]> =>
  chat.evaluate((element) => {
    const roots = (root: ParentNode): ParentNode[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
    ];
    // The launcher's badge hangs over its edge, and is seen there.
    const hidden = (one: Element): boolean => {
      if (one.matches('[part=launcher]')) return true;
      const { clipPath, overflowX } = getComputedStyle(one);
      return clipPath.includes('inset(50%)') || overflowX === 'auto' || overflowX === 'scroll';
    };
    const spokenOnly = (one: Element): boolean =>
      one.closest('.visually-hidden, amigo-announcer') !== null ||
      (one.getRootNode() as ShadowRoot).host?.localName === 'amigo-announcer';
    return roots(element.shadowRoot as ShadowRoot)
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>('*')])
      .filter((one) => one.checkVisibility() && one.clientWidth > 0 && !spokenOnly(one) && !hidden(one))
      .flatMap((one) => {
        const { overflowY, lineHeight } = getComputedStyle(one);
        const wide = one.scrollWidth > one.clientWidth + 1;
        const high = overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1;
        const name = `${one.localName}.${one.className} ${(one.textContent ?? '').trim().slice(0, 30)}`;
        return wide || high
          ? [
              `${name}: ${one.scrollWidth}/${one.clientWidth} × ${one.scrollHeight}/${one.clientHeight} ${lineHeight}`,
            ]
          : [];
      });
  });

/** How the ring around what has the focus is drawn. */
export interface Ring {
  readonly label: string;
  readonly width: number;
  readonly style: string;
  /** Between the ring and what is around it. */
  readonly contrast: number;
}

/** The ring around what has the focus, or around the field that it is in. */
export const ringOf = (page: Page): Promise<Ring> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const focused = active as HTMLElement;
    const field = focused.closest('.field');
    const ringed = getComputedStyle(focused).outlineStyle === 'none' && field ? field : focused;
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour: string): number[] => {
      if (!canvas) return [0, 0, 0, 0];
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = rgba(colour).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const up = (node: Element): Element | null =>
      node.assignedSlot ?? node.parentElement ?? (node.getRootNode() as ShadowRoot).host ?? null;
    let behind: Element | null = ringed;
    // A ring outside its element lies on what is around; the launcher brings a second ring to lie on.
    if (Number.parseFloat(getComputedStyle(ringed).outlineOffset) >= 0) behind = up(ringed);
    while (behind && (rgba(getComputedStyle(behind).backgroundColor)[3] ?? 0) < 255) behind = up(behind);
    const { boxShadow } = getComputedStyle(ringed);
    const second = /^(\w+\(.*?\)) 0px 0px 0px \d/.exec(boxShadow)?.[1];
    const ground = second ?? (behind ? getComputedStyle(behind).backgroundColor : 'white');
    const { outlineWidth, outlineStyle, outlineColor } = getComputedStyle(ringed);
    const [light, dark] = [luminance(outlineColor), luminance(ground)].sort((a, b) => b - a);
    const label = focused.getAttribute('aria-label') ?? focused.textContent ?? '';
    return {
      label: `${focused.localName} ${label.replace(/\s+/g, ' ').trim().slice(0, 40)}`,
      width: Number.parseFloat(outlineWidth),
      style: outlineStyle,
      contrast: ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05),
    };
  });
