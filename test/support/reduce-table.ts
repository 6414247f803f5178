import { expect, it } from 'vitest';
import type { ConversationState } from '../../src/conversation/state.js';
import { handedOver, opened, replay, screen, typed, type Step } from './replay.js';

/** A person who has said "hi" in an open session, with the message handed over. */
export const asked: readonly Step[] = [opened(), { type: 'session.idle' }, typed('hi'), handedOver('hi')];

export interface Row {
  readonly steps: readonly Step[];
  readonly shows: readonly string[];
  readonly and?: Partial<ConversationState>;
}

/** One test for each row: the steps, the screen they lead to, and what else the state then holds. */
export function table(rows: Readonly<Record<string, Row>>): void {
  it.each(Object.entries(rows))('%s', (_title, { steps, shows, and }) => {
    const state = replay(steps);
    expect(screen(state)).toEqual(shows);
    expect(state).toMatchObject(and ?? {});
  });
}
