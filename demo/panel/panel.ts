import type { AmigoChat } from '../../src/index.js';
import { ActiveList } from './active-list.js';
import { attributeForm } from './attribute-form.js';
import { ControlClient } from './control-client.js';
import { create } from '../portal/dom.js';
import { actionButton, section } from './parts.js';
import { faultForm } from './fault-form.js';
import { ServerLogView } from './server-log-view.js';
import { WidgetView } from './widget-view.js';

const REFRESH_MS = 1_000;

/**
 * The developer panel: switches what the development server does to this patient's conversation, and shows what
 * the widget and the server make of it. No part of the widget; a portal has nothing like it.
 */
export async function mountPanel(place: HTMLElement, widget: AmigoChat, entityId: string): Promise<void> {
  const panel = new DeveloperPanel(new ControlClient(entityId), widget);
  place.append(await panel.build());
}

class DeveloperPanel {
  private readonly status = create('p', { className: 'status', role: 'status' });
  private readonly report = (message: string): void => {
    this.status.textContent = message;
  };
  private readonly active: ActiveList;
  private readonly log: ServerLogView;
  private readonly view: WidgetView;

  constructor(
    private readonly control: ControlClient,
    private readonly widget: AmigoChat,
  ) {
    this.active = new ActiveList(control, () => this.refresh(), this.report);
    this.log = new ServerLogView(control);
    this.view = new WidgetView(widget);
  }

  async build(): Promise<HTMLElement> {
    const { faults, active } = await this.control.faults();
    this.active.show(active);
    const form = faultForm(faults, async (...fault) => {
      await this.control.switchOn(...fault);
      await this.refresh();
    });
    const details = create(
      'details',
      { className: 'developer-panel' },
      create('summary', { textContent: 'Developer panel' }),
      create('h2', { textContent: 'Try what can go wrong' }),
      create('p', { textContent: 'Only this demo patient is affected. Nothing here is part of the widget.' }),
      section('Switch something on', form),
      section(
        'Switched on',
        this.active.element,
        this.button('Switch everything off', () => this.control.switchAllOff()),
      ),
      section('Right now', this.actions(), this.sayForm(), this.status),
      section('Attributes of the widget', attributeForm(this.widget)),
      section('State of the widget', this.view.state),
      section('Its public events', this.view.events),
      section('What the server saw', this.log.element),
    );
    this.keepFresh(details);
    return details;
  }

  private actions(): HTMLElement {
    return create(
      'div',
      { className: 'buttons' },
      this.button('Drop the connection', () => this.control.drop()),
      this.button('Expire all tokens', () => this.control.expireTokens()),
      this.button('Expire them and close with 4001', () => this.control.expireTokens(4001)),
      this.button('Reset the server', async () => {
        await this.control.reset();
        this.log.clear();
      }),
    );
  }

  /** A button whose success is told too: most of what they do is visible elsewhere, or not at all. */
  private button(label: string, act: () => Promise<void>): HTMLButtonElement {
    const tell = async (): Promise<void> => {
      await act();
      this.report(`Done: ${label}`);
      await this.refresh();
    };
    return actionButton(label, tell, this.report);
  }

  private sayForm(): HTMLElement {
    const input = create('input', { type: 'text', value: 'The doctor has just confirmed your refill.' });
    const say = this.button('Say it', () => this.control.say(input.value));
    return create(
      'div',
      { className: 'say' },
      create('label', { className: 'field' }, 'The agent says, unasked', input),
      say,
    );
  }

  private async refresh(): Promise<void> {
    this.view.refresh();
    const [{ active }] = await Promise.all([this.control.faults(), this.log.refresh()]);
    this.active.show(active);
  }

  /** Reads on while somebody looks. A server that is away is simply asked again. */
  private keepFresh(details: HTMLDetailsElement): void {
    setInterval(() => {
      if (!details.open || document.hidden) return;
      this.refresh().catch(() => {
        this.report('The development server does not answer.');
      });
    }, REFRESH_MS);
    details.addEventListener('toggle', () => {
      if (details.open) this.refresh().catch(() => undefined);
    });
  }
}
