import { randomUUID } from 'node:crypto';

import type { ActiveFault } from '../faults/fault.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';

/** An event and the turn that it claims to be of. */
export type Shown = readonly [TurnEvent, TurnInfo];
/** What is shown in place of an event. */
export type Distortion = (event: TurnEvent, turn: TurnInfo) => readonly Shown[];

/** Nothing is distorted. */
export const faithful: Distortion = (event, turn) => [[event, turn]];

/** Doubles the frames of one turn. */
export function duplicating(fault: ActiveFault): Distortion {
  const which = fault.text('which');
  return (event, turn) => {
    const isToken = event.kind === 'delta';
    const twice = which === 'all' || (which === 'tokens') === isToken;
    return twice
      ? [
          [event, turn],
          [event, turn],
        ]
      : [[event, turn]];
  };
}

/** Puts the frames of one turn into a wrong order, or those of another turn among them. */
export function reordering(fault: ActiveFault): Distortion {
  switch (fault.text('how')) {
    case 'done-before-start':
      return (event, turn) =>
        event.kind === 'started'
          ? [
              [doneOf(turn), turn],
              [event, turn],
            ]
          : [[event, turn]];
    case 'message-after-done':
      return messageAfterDone();
    case 'foreign-turn':
      return (event, turn) =>
        event.kind === 'started' ? [[event, turn], ...foreignTurn(turn)] : [[event, turn]];
    case 'swapped-tokens':
      return swappedTokens();
    default:
      return (event, turn) =>
        event.kind === 'done'
          ? [
              [event, turn],
              [{ kind: 'delta', text: ' (too late)' }, turn],
            ]
          : [[event, turn]];
  }
}

function messageAfterDone(): Distortion {
  let held: Shown[] = [];
  return (event, turn) => {
    if (event.kind === 'message') {
      held.push([event, turn]);
      return [];
    }
    if (event.kind !== 'done') return [[event, turn]];
    const late = held;
    held = [];
    return [[event, turn], ...late];
  };
}

function swappedTokens(): Distortion {
  let held: Shown | undefined;
  return (event, turn) => {
    const earlier = held;
    held = undefined;
    if (earlier) return [[event, turn], earlier];
    if (event.kind !== 'delta') return [[event, turn]];
    held = [event, turn];
    return [];
  };
}

function foreignTurn(turn: TurnInfo): Shown[] {
  const foreign: TurnInfo = { ...turn, conversationId: randomUUID(), turnId: randomUUID(), turnIndex: 99 };
  return [
    [{ kind: 'delta', text: 'Words of another conversation.' }, foreign],
    [{ kind: 'done', status: 'active', turnCount: 100, backgroundPending: false }, foreign],
  ];
}

function doneOf(turn: TurnInfo): TurnEvent {
  return { kind: 'done', status: 'active', turnCount: (turn.turnIndex ?? 0) + 1, backgroundPending: false };
}
