/** A value of a fault's parameter, as it arrives in JSON. */
export type ParameterValue = string | number | boolean;

/** One parameter of a fault, described well enough to draw a form from it. */
export interface FaultParameter {
  readonly name: string;
  readonly title: string;
  readonly type: 'number' | 'text' | 'choice' | 'flag';
  /** The only values a `choice` takes; for a `number`, values worth offering. */
  readonly values?: readonly ParameterValue[];
  /** Used when the parameter is left out; without it the parameter may stay unset. */
  readonly default?: ParameterValue;
}

/** Under which heading a panel shows a fault. */
export type FaultGroup =
  | 'contradictions'
  | 'closing'
  | 'errors'
  | 'requests'
  | 'text-stream'
  | 'classic'
  | 'network'
  | 'frames'
  | 'handshake'
  | 'token'
  | 'history'
  | 'pace';

/** One thing that can be switched on, as `GET /control/faults` lists it. */
export interface FaultDescription {
  readonly id: string;
  /** What happens, in plain words. */
  readonly title: string;
  readonly group: FaultGroup;
  /** A `setting` stays until it is removed; a `fault` happens once unless `times` says more. */
  readonly kind: 'setting' | 'fault';
  readonly parameters: readonly FaultParameter[];
}

/**
 * Moments of a connection at which a staged fault can strike.
 *
 * | stage | moment |
 * |---|---|
 * | `accept` | the socket is open, nothing was sent |
 * | `created` | right after the session was announced |
 * | `received` | the user's text has arrived and is not kept |
 * | `processed` | the text is in the history, no frame of the turn was sent |
 * | `mid-reply` | after some tokens (`after`), in any case before the `message` |
 * | `before-done` | the whole reply was sent, `done` was not |
 * | `after-done` | right after `done` |
 * | `now` | on every open connection of the scope, at once |
 */
export const stages = [
  'accept',
  'created',
  'received',
  'processed',
  'mid-reply',
  'before-done',
  'after-done',
  'now',
] as const;

/** One of {@link stages}. */
export type Stage = (typeof stages)[number];

/** A fault that has been switched on, its defaults filled in. */
export class ActiveFault {
  constructor(
    readonly id: string,
    readonly scope: string,
    /** How often it will still happen; `Infinity` for a setting. */
    public remaining: number,
    /** Probability of each chance being taken. */
    readonly chance: number,
    /** Value of the thread sequence when it was switched on. */
    readonly armedAt: number,
    private readonly values: Readonly<Record<string, ParameterValue>>,
  ) {}

  value(name: string): ParameterValue | undefined {
    return this.values[name];
  }

  text(name: string): string {
    return String(this.values[name] ?? '');
  }

  number(name: string): number {
    return Number(this.values[name] ?? 0);
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  toJSON(): object {
    const times = Number.isFinite(this.remaining) ? this.remaining : null;
    return { fault: this.id, scope: this.scope, times, chance: this.chance, ...this.values };
  }
}
