import type { AgentStep } from '../agent/agent.js';
import type { ActiveFault } from '../faults/fault.js';
import type { TurnInfo } from './turn-event.js';

const ACKNOWLEDGEMENT = 'I am looking into that. One moment, please.';
const STILL_LOOKING = 'I am still looking.';

/** What a poll finds. */
export interface Finding {
  readonly steps: readonly AgentStep[];
  /** Whether what is said enters the history. */
  readonly stored: boolean;
  /** Said into the history only, so that the poll's answer is empty. */
  readonly silent: boolean;
}

/**
 * Work that goes on after a turn's `done` (protocol §c, Background work): the reply is held back until it has been
 * asked for often enough, or until the next turn of the user, which drains it as well.
 */
export class Background {
  private work: { steps: readonly AgentStep[]; polls: number; fault: ActiveFault; of: TurnInfo } | undefined;

  get isPending(): boolean {
    return this.work !== undefined;
  }

  /** The turn whose reply is outstanding. */
  get turn(): TurnInfo | undefined {
    return this.work?.of;
  }

  /** Holds a reply back. @returns what is said meanwhile */
  begin(steps: readonly AgentStep[], fault: ActiveFault, of: TurnInfo): readonly AgentStep[] {
    this.work = { steps, polls: fault.number('polls'), fault, of };
    return [{ say: ACKNOWLEDGEMENT }];
  }

  /** One poll: the reply once it is ready, until then nothing, or a provisional word. */
  poll(): Finding {
    const { work } = this;
    if (!work) return { steps: [], stored: false, silent: false };
    work.polls -= 1;
    const provisional = work.fault.flag('provisional') ? [{ say: STILL_LOOKING }] : [];
    if (work.polls > 0) return { steps: provisional, stored: false, silent: false };
    return { steps: this.drain(), stored: true, silent: work.fault.flag('empty') };
  }

  /** What is outstanding; nothing is afterwards. */
  drain(): readonly AgentStep[] {
    const steps = this.work?.steps ?? [];
    this.work = undefined;
    return steps;
  }
}
