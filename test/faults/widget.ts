import type { Locator, Page } from '@playwright/test';
import type { AmigoChat } from '../../src/index.js';
import { expect } from '../support/network.js';
import type { SeenMessage } from './person.js';

/** What a test sees of the widget, and does to it, by way of its public contract. */
export class Widget {
  constructor(readonly chat: Locator) {}

  state(): Promise<AmigoChat['state']> {
    return this.chat.evaluate((element: AmigoChat) => element.state);
  }

  messages(): Promise<SeenMessage[]> {
    return this.chat.evaluate((element: AmigoChat) => [...element.messages]);
  }

  /** The texts of one side. */
  async said(role: 'user' | 'agent'): Promise<string[]> {
    return (await this.messages()).filter((message) => message.role === role).map(({ text }) => text);
  }

  send(text: string): Promise<void> {
    return this.chat.evaluate((element: AmigoChat, words) => {
      element.send(words);
    }, text);
  }

  /** Open, and the greeting is over. */
  async ready(): Promise<this> {
    await expect.poll(() => this.state()).toMatchObject({ connection: 'open', turn: 'idle' });
    await expect.poll(() => this.messages()).not.toHaveLength(0);
    return this;
  }

  /** The message with this text has this status, and no turn is under way. */
  async settles(text: string, status: string): Promise<void> {
    const seen = async (): Promise<string | undefined> =>
      (await this.messages()).find((message) => message.role === 'user' && message.text === text)?.status;
    await expect.poll(seen, { timeout: 20_000 }).toBe(status);
    await expect.poll(async () => (await this.state()).turn, { timeout: 20_000 }).toBe('idle');
  }
}

/** Counts what the page receives over its sockets from now on: frames of this type. */
export function countFrames(page: Page, type: string): () => number {
  let frames = 0;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).includes(`"${type}"`)) frames += 1;
    }),
  );
  return () => frames;
}
