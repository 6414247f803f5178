import type { Control } from '../../demo/server/index.js';
import type { StatusChange } from './person.js';

/** What the server holds of a person's conversation. */
export interface Kept {
  readonly user: readonly string[];
  /** Who said what, in order: `user: Hi`, `agent: Hello`. */
  readonly said: readonly string[];
}

const count = (texts: readonly string[], text: string): number =>
  texts.filter((other) => other === text).length;

/** Texts that the server holds less often (lost), or more often (doubled), than the person said them. */
export function compare(
  typed: readonly string[],
  kept: readonly string[],
): { lost: string[]; doubled: string[] } {
  const texts = [...new Set([...typed, ...kept])];
  return {
    lost: texts.filter((text) => count(kept, text) < count(typed, text)),
    doubled: texts.filter((text) => count(kept, text) > count(typed, text)),
  };
}

export function keptBy(control: Control, entityId: string): Kept {
  const turns = control.conversations(entityId).flatMap((conversation) => conversation.turns);
  return {
    user: turns.flatMap(({ role, text }) => (role === 'user' ? [text] : [])),
    said: turns.flatMap(({ role, text }) => (role === 'system' ? [] : [`${role}: ${text}`])),
  };
}

/** What a status may become (design, "What we promise about a message"). */
const MAY_BECOME: Readonly<Record<string, readonly string[]>> = {
  new: ['queued'],
  queued: ['sent', 'not-sent'],
  sent: ['delivered', 'unconfirmed', 'not-sent'],
  unconfirmed: ['delivered', 'not-sent', 'queued'],
  delivered: [],
  'not-sent': ['queued', 'delivered'],
};

/** Changes that the promise does not allow; among them each return to the queue that nobody tapped for. */
export function illegalChanges(changes: readonly StatusChange[], taps: number): string[] {
  const last = new Map<string, string>();
  const steps = changes.map(({ id, status }) => {
    const before = last.get(id) ?? 'new';
    last.set(id, status);
    return { before, status };
  });
  const illegal = steps.filter(
    ({ before, status }) => before !== status && !MAY_BECOME[before]?.includes(status),
  );
  const again = steps.filter(
    ({ before, status }) => before !== 'new' && before !== status && status === 'queued',
  );
  return [
    ...illegal.map(({ before, status }) => `${before} became ${status}`),
    ...(again.length > taps ? [`${again.length} sent again, ${taps} tapped`] : []),
  ];
}
