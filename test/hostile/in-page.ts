/** Everything in the widget's shadow trees that a reply could have smuggled in, as text; and what ran. */
export interface Traces {
  readonly ran: readonly string[];
  readonly foreign: readonly string[];
  readonly elements: number;
}

/** Runs in the page, before anything else: whatever a payload calls is written down. */
export function watchForAttacks(): void {
  const page = globalThis as unknown as Record<string, unknown> & { ran: string[] };
  page.ran = [];
  for (const name of ['attack', 'alert', 'confirm', 'prompt', 'print'])
    page[name] = () => page.ran.push(name);
}

/** Runs in the page: renders the whole conversation and opens every disclosure, so that nothing stays unseen. */
export async function unfold(): Promise<void> {
  const root = document.querySelector('amigo-chat')?.shadowRoot;
  const list = root!.querySelector('amigo-message-list')!;
  // For paper everything is shown.
  dispatchEvent(new Event('beforeprint'));
  const tools = [...list.shadowRoot!.querySelectorAll('amigo-tool-event')];
  for (const tool of tools) {
    await (tool as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    tool.shadowRoot?.querySelector<HTMLElement>('button[aria-expanded=false]')?.click();
  }
  await new Promise((resolve) => setTimeout(resolve));
}

/** Runs in the page: walks every shadow tree and names what is not ours. */
export function traces(): Traces {
  const tags = new Set(
    `a bdi blockquote br button code del div em form h2 h3 h4 h5 h6 header footer hr label li ol output p pre section slot small
     span strong style svg path circle rect line polyline g table tbody td textarea th thead time tr ul`.split(
      /\s+/,
    ),
  );
  // How much of the window is seen, which scripts may set where attributes may not.
  const ownStyle = /^(?:--visible-[a-z]+: [\d.]+px; ?)*$/;
  const foreign: string[] = [];
  let elements = 0;
  const visit = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      elements += 1;
      const ours =
        tags.has(element.localName) ||
        (element.localName.startsWith('amigo-') && element.localName !== 'amigo-chat');
      const bad = [...element.attributes].filter(
        ({ name, value }) =>
          name.startsWith('on') ||
          (name === 'style' && !ownStyle.test(value)) ||
          ['src', 'srcdoc', 'action', 'ping', 'formaction', 'background', 'poster'].includes(name) ||
          (name.endsWith('href') && !/^(?:https?|mailto|tel):/.test(value)),
      );
      const loud =
        element.localName === 'a' &&
        !/\bnoopener\b/.test(element.getAttribute('rel') ?? '') &&
        element.hasAttribute('target');
      if (!ours || bad.length > 0 || loud)
        foreign.push(element.cloneNode().constructor.name + ' ' + element.outerHTML.slice(0, 200));
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document.querySelector('amigo-chat')!.shadowRoot!);
  return { ran: (globalThis as unknown as { ran: string[] }).ran, foreign, elements };
}
