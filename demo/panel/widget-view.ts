import type { AmigoChat } from '../../src/index.js';
import { create } from '../portal/dom.js';

type PublicEventName = Exclude<Extract<keyof HTMLElementEventMap, `amigo-${string}`>, 'amigo-request'>;

/** A record, so that the compiler asks for every public event there is. */
const NAMES: Record<PublicEventName, true> = {
  'amigo-ready': true,
  'amigo-open': true,
  'amigo-close': true,
  'amigo-connection-change': true,
  'amigo-session-start': true,
  'amigo-session-end': true,
  'amigo-message': true,
  'amigo-message-status': true,
  'amigo-turn-complete': true,
  'amigo-tool-start': true,
  'amigo-tool-complete': true,
  'amigo-error': true,
  'amigo-auth-required': true,
  'amigo-unread-change': true,
  'amigo-approval': true,
  'amigo-feedback': true,
  'amigo-handover': true,
  'amigo-before-send': true,
};

const KEPT = 200;

/** What a host page can see of the widget: its public events, newest first, and its `state`. Ids and codes only. */
export class WidgetView {
  readonly events = create('ol', {
    className: 'log',
    reversed: true,
    tabIndex: 0,
    ariaLabel: 'Events, newest first',
  });
  readonly state = create('dl', { className: 'state' });

  constructor(private readonly widget: AmigoChat) {
    for (const name of Object.keys(NAMES)) {
      widget.addEventListener(name, (event) => {
        this.add(event as CustomEvent<object>);
      });
    }
    this.refresh();
  }

  /** Reads `state` anew: not every change of it has an event. */
  refresh(): void {
    const entries = Object.entries(this.widget.state).flatMap(([name, value]) => [
      create('dt', { textContent: name }),
      create('dd', { textContent: typeof value === 'object' ? JSON.stringify(value) : String(value) }),
    ]);
    this.state.replaceChildren(...entries);
  }

  private add({ type, detail }: CustomEvent<object>): void {
    const line = create('li', {}, create('strong', { textContent: type }), ` ${JSON.stringify(detail)}`);
    this.events.prepend(line);
    if (this.events.childElementCount > KEPT) this.events.lastElementChild?.remove();
    this.refresh();
  }
}
