import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';
import type { PublicMessage, PublicState } from '../../src/element.js';
import type { Driver } from './driver.js';
import { find, readEverything, type Found } from './in-page.js';

/** What a scenario may call on the element. */
interface ChatElement extends HTMLElement {
  readonly state: PublicState;
  readonly messages: readonly PublicMessage[];
  lock(): void;
  unlock(): void;
  reset(): void;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Somebody who uses the chat in one engine: sees what is on the screen, has a keyboard and a mouse. */
export class Patient {
  constructor(readonly driver: Driver) {}

  /** What is on the screen of a role, with a name that matches. */
  see(role: string, name: RegExp = /(?:)/): Promise<readonly Found[]> {
    return this.driver.run(find, { role, name: name.source });
  }

  /** Waits for the one thing of a role and name. */
  async one(role: string, name?: RegExp): Promise<Found> {
    await expect.poll(async () => (await this.see(role, name)).length, `one ${role}`).toBe(1);
    const [found] = await this.see(role, name);
    return found!;
  }

  /** Moves the focus by a key until it is on something of a role and name. */
  async moveTo(key: string, role: string, name?: RegExp): Promise<void> {
    const focused = async (): Promise<boolean> => (await this.see(role, name)).some(({ focused }) => focused);
    for (let presses = 0; presses < 12 && !(await focused()); presses += 1) await this.driver.press(key);
    expect(await focused(), `${key} arrives at the ${role}`).toBe(true);
  }

  /** Clicks on it, after it was scrolled to. */
  async click(role: string, name?: RegExp): Promise<void> {
    await this.one(role, name);
    await this.driver.run(find, { role, name: (name ?? /(?:)/).source, reveal: true });
    const { x, y, width, height } = await this.one(role, name);
    await this.driver.click(x + width / 2, y + height / 2);
  }

  state(): Promise<PublicState> {
    return this.driver.run(() => (document.querySelector('amigo-chat') as ChatElement).state, null);
  }

  messages(): Promise<readonly PublicMessage[]> {
    return this.driver.run(() => [...(document.querySelector('amigo-chat') as ChatElement).messages], null);
  }

  /** Calls a method of the element, as the page does. */
  call(method: 'lock' | 'unlock' | 'reset'): Promise<void> {
    return this.driver.run((name) => {
      (document.querySelector('amigo-chat') as ChatElement)[name]();
    }, method);
  }

  /** Opens the popup by its button and waits for the agent's greeting. */
  async open(): Promise<void> {
    await this.click('button', /^Chat with us/);
    await this.greeted();
  }

  async greeted(): Promise<void> {
    await expect.poll(async () => (await this.state()).connection).toBe('open');
    await expect
      .poll(async () => (await this.see('article')).map(({ text }) => text).join())
      .toContain('assistant');
    await expect.poll(async () => (await this.state()).turn).toBe('idle');
  }

  /** Types a message into the field and sends it by Enter. */
  async ask(text: string): Promise<void> {
    await this.click('textbox');
    await this.driver.type(text);
    await this.driver.press('Enter');
  }

  /** Puts a text into the field at once, as pasting does: for texts too long to type. */
  async fill(text: string): Promise<void> {
    await this.click('textbox');
    await this.driver.run((value) => {
      let focus = document.activeElement;
      while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
      (focus as HTMLTextAreaElement).value = value;
      focus!.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }, text);
  }

  /** Waits for a text anywhere on the screen. */
  async sees(text: string): Promise<void> {
    await expect.poll(() => this.everything()).toContain(text);
  }

  /** All text of the page, shadow trees, form fields and names included, whether it shows or not. */
  everything(): Promise<string> {
    return this.driver.run(readEverything, null);
  }

  /** Whether the focus is in the widget. */
  focusInside(): Promise<boolean> {
    return this.driver.run(() => document.activeElement?.localName === 'amigo-chat', null);
  }

  /** How much wider the page is than its window, in pixels. */
  overflow(): Promise<number> {
    return this.driver.run(() => document.documentElement.scrollWidth - innerWidth, null);
  }

  /** Waits until so many messages were delivered and answered. */
  async answered(count: number): Promise<void> {
    const delivered = async (): Promise<unknown> => {
      const messages = await this.messages();
      const { turn } = await this.state();
      return [turn, messages.filter(({ status }) => status === 'delivered').length, messages.at(-1)?.role];
    };
    await expect.poll(delivered).toEqual(['idle', count, 'agent']);
  }

  /** What axe finds wrong with the widget: rules, and the markup they name. */
  async violations(): Promise<readonly string[]> {
    return this.driver.run(async (source) => {
      const host = globalThis as unknown as {
        axe?: {
          run(
            target: string,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      };
      // An indirect eval is what an automated browser may do and a page's policy cannot forbid it here.
      if (!host.axe) (0, eval)(source);
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await host.axe!.run('amigo-chat', { runOnly: tags });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    }, axe);
  }
}
