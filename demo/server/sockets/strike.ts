import type { ActiveFault } from '../faults/fault.js';
import { failureOf } from '../threads/faulty-turn.js';
import type { TurnEvent } from '../threads/turn-event.js';
import { badFrame, deepFrame, hugeFrame, unknownEvent, wrongTypes } from './junk.js';
import type { Channel } from './wire.js';

/** What a fault can act on: one connection of whatever surface. */
export interface Target {
  readonly wire: Channel;
  /** Sends an event in the surface's own words. */
  show(event: TurnEvent): void;
  /** Gives up the turn that runs for this connection. */
  abandon(how: 'abandoned' | 'forgotten'): void;
  /** Ends the session with a reason, where the surface has reasons. */
  endSession?(reason: string): void;
}

/** Makes a staged fault happen. */
export function strike(fault: ActiveFault, target: Target): void {
  STRIKES[fault.id]?.(fault, target);
}

/** Faults after which the connection says nothing more. */
export function endsConnection(fault: ActiveFault): boolean {
  return ['close', 'drop', 'idle', 'session-ended'].includes(fault.id);
}

type Strike = (fault: ActiveFault, target: Target) => void;

const STRIKES: Readonly<Record<string, Strike>> = {
  close: (fault, target) => {
    giveUp(fault, target);
    target.wire.close(fault.number('code'), fault.text('reason'));
  },
  drop: (fault, target) => {
    giveUp(fault, target);
    target.wire.drop(fault.flag('reset'));
  },
  idle: (fault, target) => goIdle(target, fault.number('code')),
  error: (fault, target) => {
    const failure = failureOf(fault);
    target.show(failure);
    if (failure.closeCode !== undefined) target.wire.close(failure.closeCode, 'after an error');
  },
  'session-ended': (fault, target) => target.endSession?.(fault.text('reason')),
  stall: (fault, { wire }) => wire.stall(milliseconds(fault)),
  'half-open': (fault, { wire }) => wire.freeze(milliseconds(fault)),
  'bad-frame': (fault, { wire }) =>
    repeat(fault.number('count'), () => wire.send(badFrame(fault.text('shape')))),
  'huge-frame': (fault, { wire }) => wire.send(hugeFrame(fault.text('inside'), fault.number('bytes'))),
  'deep-frame': (fault, { wire }) => wire.send(deepFrame(fault.number('depth'))),
  'unknown-event': (fault, { wire }) =>
    repeat(fault.number('count'), (index) => wire.send(unknownEvent(index))),
  'wrong-types': (_fault, { wire }) => wrongTypes.forEach((frame) => wire.send(frame)),
  'raw-frame': (fault, { wire }) => wire.send(fault.text('frame')),
  flood: (fault, target) => flood(target, fault.number('per_second'), fault.number('seconds')),
};

/** `idle_timeout`, then the close: the code is not stated by any source (protocol §a, Idle timeout). */
export function goIdle(target: Target, code: number): void {
  const message = 'No message was received for a while.';
  target.show({ kind: 'failed', code: 'idle_timeout', message, retryable: true });
  target.wire.close(code, 'idle timeout');
}

function giveUp(fault: ActiveFault, target: Target): void {
  const how = fault.text('server_turn');
  if (how === 'abandoned' || how === 'forgotten') target.abandon(how);
}

/** The right number of frames in total, in bursts of 10 ms, so that slow timers do not thin the flood. */
function flood(target: Target, perSecond: number, seconds: number): void {
  const total = Math.round(perSecond * seconds);
  const started = performance.now();
  let sent = 0;
  target.wire.every(10, () => {
    const due = Math.min(total, Math.ceil(((performance.now() - started) / 1000) * perSecond));
    for (; sent < due; sent += 1) target.show({ kind: 'delta', text: `flood ${sent} ` });
    return sent < total;
  });
}

function milliseconds(fault: ActiveFault): number | undefined {
  return fault.has('ms') ? fault.number('ms') : undefined;
}

function repeat(count: number, work: (index: number) => void): void {
  for (let index = 0; index < count; index += 1) work(index);
}
