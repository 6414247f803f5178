// Functions that run in the page: each sees its argument and the page, nothing else of this file.

/** Something a person perceives, found by its role. */
export interface Found {
  readonly name: string;
  readonly text: string;
  readonly value: string;
  readonly busy: boolean;
  readonly focused: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Everything visible of a role whose name matches, in the order of the page and through open shadow roots. Names
 * come from `aria-label`, else from the text: as much of the computation as the widget's own elements need.
 * `reveal` scrolls to the first, as a person would before a click.
 */
export function find({ role, name, reveal }: { role: string; name: string; reveal?: boolean }): Found[] {
  const tags: Record<string, string> = {
    button: 'button',
    textbox: 'textarea',
    link: 'a[href]',
    article: 'article',
    table: 'table',
    heading: 'h1, h2, h3, h4',
    region: 'section[aria-label]',
    dialog: 'dialog',
  };
  const selector = `[role="${role}"]${tags[role] ? `, :is(${tags[role]}):not([role])` : ''}`;
  const wanted = new RegExp(name);
  const nodes: HTMLElement[] = [];
  const walk = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.matches(selector)) nodes.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  let focus = document.activeElement;
  while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
  // What a text field is called is said by its label, which stands in the same tree.
  const labelled = (element: HTMLElement): string =>
    [...((element as HTMLTextAreaElement).labels ?? [])].map((label) => label.textContent).join(' ');
  // As the page is drawn: shadow trees in place of what they show, slots with what was put into them.
  const read = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
    if (node instanceof HTMLElement && !node.checkVisibility()) return '';
    if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0)
      return node.assignedNodes().map(read).join('');
    return [...((node as Element).shadowRoot ?? node).childNodes].map(read).join('');
  };
  const nameOf = (element: HTMLElement): string =>
    (element.getAttribute('aria-label') ?? (labelled(element) || read(element))).replace(/\s+/g, ' ').trim();
  return nodes
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((element) => wanted.test(nameOf(element)))
    .map((element, index) => {
      if (reveal && index === 0) element.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return {
        name: nameOf(element),
        text: read(element).replace(/\s+/g, ' ').trim(),
        value: (element as HTMLTextAreaElement).value ?? '',
        busy: element.getAttribute('aria-busy') === 'true',
        focused: element === focus,
        x,
        y,
        width,
        height,
      };
    })
    .filter((found) => found.width > 0 && found.height > 0);
}

/** All text of the page: shadow trees, form fields and attributes included, whether it shows or not. */
export function readEverything(): string {
  const read = (node: Node): string => {
    const field = node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement ? node.value : '';
    const attributes =
      node instanceof Element ? [...node.attributes].map(({ value }) => value).join(' ') : '';
    const inside = node instanceof Element && node.shadowRoot ? read(node.shadowRoot) : '';
    const own = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
    return [own, field, attributes, inside, ...[...node.childNodes].map(read)].join(' ');
  };
  return read(document);
}
