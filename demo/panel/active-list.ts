import { create } from '../portal/dom.js';
import { actionButton } from './parts.js';
import { EVERY_TIME, type ControlClient, type SwitchedOn } from './control-client.js';

/** What is switched on, each with a button to switch it off. */
export class ActiveList {
  readonly element = create('ul', { className: 'active' });
  private drawn = '';

  /** @param onChange called when something was switched off */
  constructor(
    private readonly control: ControlClient,
    private readonly onChange: () => Promise<void>,
    private readonly report: (message: string) => void,
  ) {}

  /** Leaves the list alone where nothing changed: a rebuilt button would lose the focus. */
  show(active: readonly SwitchedOn[]): void {
    const drawn = JSON.stringify(active);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const nothing = create('li', { textContent: 'Nothing is switched on.' });
    this.element.replaceChildren(...(active.length > 0 ? active.map((one) => this.row(one)) : [nothing]));
  }

  private row(one: SwitchedOn): HTMLElement {
    const off = async (): Promise<void> => {
      await this.control.switchOff(one);
      await this.onChange();
    };
    const button = actionButton('Switch off', off, this.report);
    button.ariaLabel = `Switch off ${one.fault}`;
    return create('li', {}, create('code', { textContent: describe(one) }), button);
  }
}

function describe({ fault, scope: _scope, times, chance: _chance, ...values }: SwitchedOn): string {
  const often = times === null ? '' : times > EVERY_TIME / 2 ? ' (every time)' : ` (${times} more)`;
  const list = Object.entries(values).map(([name, value]) => `${name}=${String(value)}`);
  return [fault + often, ...list].join(' ');
}
