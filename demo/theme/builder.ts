import { create } from '../portal/dom.js';
import { Figures } from './figures.js';

/** The derived theme arrives a moment after the brand colour; figures are looked at this often. */
const REFRESH_MS = 200;

/** The fields of the form, and the properties they set. An empty value leaves the default. */
const properties: Readonly<Record<string, (value: string) => Readonly<Record<string, string>>>> = {
  brand: (value) => ({ '--amigo-color-brand': value }),
  corners: (value) => ({
    '--amigo-radius-small': `${Math.round(Number(value) / 3)}px`,
    '--amigo-radius-medium': `${Math.round(Number(value) / 1.6)}px`,
    '--amigo-radius-large': `${value}px`,
    '--amigo-radius-bubble': `${value}px`,
  }),
  typeface: (value) => ({ '--amigo-font-family': value }),
  scale: (value) => ({ '--amigo-text-scale': value }),
};

/** Only what differs from the defaults is worth a line of the page's style sheet. */
const defaults: Readonly<Record<string, string>> = {
  brand: '#0b6570',
  corners: '16',
  typeface: '',
  scale: '1',
};

/** What is no colour is tried in the preview, but not worth copying. */
const isSound = (name: string, value: string): boolean =>
  !name.includes('color') || CSS.supports('color', value);

/** The theme builder: a form that sets custom properties on the widget beside it, and shows the CSS for it. */
class ThemeBuilder {
  private readonly figures = new Figures(this.widget);
  private readonly code = this.element('code');
  private readonly status = this.element('[role=status]');

  constructor(
    private readonly root: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly widget: HTMLElement,
  ) {
    this.element('[data-figures]').append(this.figures.element);
    form.addEventListener('input', (event) => {
      this.keepInStep(event.target);
      this.apply();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.copy();
    });
    form.addEventListener('reset', () => {
      // The fields have their old values until the event is over.
      requestAnimationFrame(() => {
        this.apply();
      });
    });
    setInterval(() => this.figures.refresh(), REFRESH_MS);
    this.apply();
  }

  private element(selector: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`The page has no ${selector}`);
    return found;
  }

  /** The colour field and the text field beside it show one colour. */
  private keepInStep(changed: EventTarget | null): void {
    const { swatch, brand } = this.form.elements as unknown as Record<string, HTMLInputElement>;
    if (!swatch || !brand) return;
    if (changed === swatch) brand.value = swatch.value;
    else if (changed === brand && /^#[\da-f]{6}$/i.test(brand.value))
      swatch.value = brand.value.toLowerCase();
  }

  private apply(): void {
    const data = new FormData(this.form);
    const valueOf = (field: string): string => {
      const value = data.get(field);
      return typeof value === 'string' ? value.trim() : '';
    };
    const lines: string[] = [];
    for (const [field, declare] of Object.entries(properties)) {
      const value = valueOf(field);
      const chosen = value !== '' && value !== defaults[field];
      for (const [name, setting] of Object.entries(declare(value))) {
        if (chosen) this.widget.style.setProperty(name, setting);
        else this.widget.style.removeProperty(name);
        if (chosen && isSound(name, setting)) lines.push(`  ${name}: ${setting};`);
      }
    }
    this.widget.setAttribute('theme', valueOf('theme'));
    this.code.textContent = lines.length > 0 ? `amigo-chat {\n${lines.join('\n')}\n}` : '/* The defaults. */';
    this.status.textContent = '';
    this.warn(valueOf('brand'));
    this.figures.refresh();
  }

  private warn(brand: string): void {
    const problem = this.element('[data-problem]');
    const valid = brand === '' || CSS.supports('color', brand);
    problem.replaceChildren(
      ...(valid ? [] : [create('span', { textContent: 'This is no colour: the default is used.' })]),
    );
  }

  private async copy(): Promise<void> {
    const copied = await navigator.clipboard.writeText(this.code.textContent).then(
      () => true,
      () => false,
    );
    if (!copied) getSelection()?.selectAllChildren(this.code);
    this.status.textContent = copied ? 'Copied.' : 'Selected: copy it with your keyboard.';
  }
}

const root = document.querySelector('main');
const form = document.querySelector('form');
const widget = document.querySelector('amigo-chat');
if (root && form && widget) new ThemeBuilder(root, form, widget);
