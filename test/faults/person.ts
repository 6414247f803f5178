import type { Locator, Page } from '@playwright/test';
import type { AmigoChat } from '../../src/index.js';

/** One change of a message's status, as the host page learns of it. */
export interface StatusChange {
  readonly id: string;
  readonly status: string;
}

/** A message as the person sees it. */
export interface SeenMessage {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly status?: string;
  readonly incomplete?: boolean;
}

declare global {
  interface Window {
    statusChanges: StatusChange[];
  }
}

/** How often what the widget offered was taken. */
export interface Taps {
  sendAgain: number;
  checkNow: number;
  edit: number;
  tryAgain: number;
}

type Goal = 'connected' | 'settled' | 'complete';

const stateOf = (element: Element): AmigoChat['state'] => (element as AmigoChat).state;

/** Runs in the page, once a frame. */
function reached(goal: Goal): boolean {
  const element = document.querySelector<AmigoChat>('amigo-chat');
  if (!element) return false;
  const { messages, state } = element;
  const stopped = state.connection === 'failed' || state.connection === 'closed';
  if (goal === 'connected')
    return state.connection === 'open' && state.turn === 'idle' && messages.length > 0;
  if (goal === 'complete' && messages.some(({ incomplete }) => incomplete)) return false;
  if (stopped) return true;
  const log = element.shadowRoot?.querySelector('amigo-message-list')?.shadowRoot;
  const buttons = [...(log?.querySelectorAll('amigo-message') ?? [])].flatMap((message) => [
    ...(message.shadowRoot?.querySelectorAll('.actions button') ?? []),
  ]);
  const offers = (label: string): boolean =>
    buttons.some(({ textContent }) => textContent.trim().startsWith(label));
  const open = messages.filter(({ status }) => status !== undefined && status !== 'delivered');
  const settled = open.every(
    ({ status }) => status === 'not-sent' || (status === 'unconfirmed' && offers('Check now')),
  );
  return settled && (open.length > 0 || (state.turn === 'idle' && state.connection === 'open'));
}

/**
 * Somebody at the keyboard. Types, waits until it is clear what became of it, and taps what the widget offers:
 * "Send again" on what was not sent, "Check now" on what could not be looked up, "Edit" on what was refused.
 */
export class Person {
  readonly taps: Taps = { sendAgain: 0, checkNow: 0, edit: 0, tryAgain: 0 };

  private constructor(
    private readonly page: Page,
    private readonly chat: Locator,
  ) {}

  /** @param blind somebody, or a careless script, sends again at once whatever is in doubt */
  static async at(page: Page, chat: Locator, blind = false): Promise<Person> {
    await chat.evaluate((element: HTMLElementTagNameMap['amigo-chat'], blindly) => {
      window.statusChanges = [];
      element.addEventListener('amigo-message-status', ({ detail: { id, status } }) => {
        window.statusChanges.push({ id, status });
        if (blindly && status === 'unconfirmed') element.retry(id);
      });
    }, blind);
    const person = new Person(page, chat);
    await person.waitUntil('settled');
    // Somebody else's fault may have hit the first token.
    if ((await person.connection()) === 'failed') await person.tryAgain();
    await person.waitUntil('connected');
    return person;
  }

  async type(text: string): Promise<void> {
    const input = this.page.getByRole('textbox', { name: 'Your message' });
    await input.fill(text);
    await input.press('Enter');
  }

  /** Taps until everything that was typed is delivered. @param beforeTap sees to what goes wrong next */
  async seeThrough(beforeTap: () => void = () => undefined): Promise<void> {
    for (let round = 0; round < 40; round += 1) {
      await this.waitUntil('settled');
      const open = (await this.messages()).find(
        ({ status }) => status !== undefined && status !== 'delivered',
      );
      if (!open && (await this.connection()) === 'open') return;
      beforeTap();
      if (!open) await this.tryAgain();
      else await this.help(open);
    }
    throw new Error(`still open: ${JSON.stringify((await this.messages()).slice(-4))}`);
  }

  messages(): Promise<SeenMessage[]> {
    return this.chat.evaluate((element: HTMLElementTagNameMap['amigo-chat']) => [...element.messages]);
  }

  statusChanges(): Promise<StatusChange[]> {
    return this.page.evaluate(() => window.statusChanges);
  }

  /** `settled`: there is nothing to do but what the widget offers. `complete`: no reply is cut off either. */
  async waitUntil(what: Goal): Promise<void> {
    await this.page.waitForFunction(reached, what, { timeout: 30_000 }).catch(async () => {
      const [messages, state] = [await this.messages(), await this.chat.evaluate(stateOf)];
      // What never came to its end, and what stands around it.
      const cut = messages.findIndex(({ incomplete }) => incomplete);
      const around = cut < 0 ? messages.slice(-6) : messages.slice(Math.max(0, cut - 3), cut + 4);
      throw new Error(`never ${what}: ${JSON.stringify({ state, messages: around })}`);
    });
  }

  private connection(): Promise<string> {
    return this.chat.evaluate((element: HTMLElementTagNameMap['amigo-chat']) => element.state.connection);
  }

  /** What the portal does once the person has signed in again, and the banner's button does else. */
  private async tryAgain(): Promise<void> {
    this.taps.tryAgain += 1;
    await this.chat.evaluate((element: HTMLElementTagNameMap['amigo-chat']) => {
      element.connect();
    });
    await this.waitUntil('connected');
  }

  private async help({ status, text }: SeenMessage): Promise<void> {
    if ((await this.connection()) === 'failed') await this.tryAgain();
    const button = (label: string): Locator =>
      this.page.getByRole('button', { name: new RegExp(`^${label}.*“${text}”`) });
    if (status === 'unconfirmed') {
      this.taps.checkNow += 1;
      await button('Check now').last().click();
      return;
    }
    if (status !== 'not-sent') return;
    const offered = button('Edit').or(button('Send again')).last();
    const edit = (await offered.textContent())?.trim().startsWith('Edit');
    await offered.click();
    if (edit) await this.page.getByRole('textbox', { name: 'Your message' }).press('Enter');
    this.taps[edit ? 'edit' : 'sendAgain'] += 1;
  }
}
