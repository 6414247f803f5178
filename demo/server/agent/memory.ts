import type { Slot } from './calendar.js';

/** The things the agent can be busy with. */
export type Topic = 'visit' | 'refill' | 'lab' | 'insurance' | 'guide';

/** Where the conversation about a visit stands. */
export interface VisitMemory {
  readonly stage: 'none' | 'choosing' | 'confirming' | 'cancelling' | 'done';
  readonly doctor: string;
  /** What the patient has asked for so far; a correction changes one part and keeps the others. */
  readonly day?: string | undefined;
  readonly partOfDay?: PartOfDay | undefined;
  /** Slots on offer, in the order in which they were shown. */
  readonly offered: readonly Slot[];
  readonly chosen?: Slot | undefined;
  /** The visit as it is booked; undefined: at its first time; null: cancelled. */
  readonly booked?: Slot | null | undefined;
}

/** All that the calendar tells apart within a day. */
export type PartOfDay = 'morning' | 'afternoon';

/** Where the conversation about a refill stands. */
export interface RefillMemory {
  readonly stage: 'none' | 'which' | 'confirming' | 'done';
  readonly medicine?: string | undefined;
  readonly pharmacy: string;
}

/** What the agent remembers of a conversation. Never changed in place, so that a turn can be taken back. */
export interface AgentMemory {
  readonly topic?: Topic | undefined;
  /** What was left unfinished when the patient changed the subject. */
  readonly parked?: Topic | undefined;
  /** What a plain "yes" would mean now, outside of a topic's own questions. */
  readonly offer?: 'guide' | 'resume' | undefined;
  readonly visit: VisitMemory;
  readonly refill: RefillMemory;
}

/** What the agent knows of a patient it meets for the first time. */
export function startMemory(): AgentMemory {
  return {
    visit: { stage: 'none', doctor: 'Dr. Okafor', offered: [] },
    refill: { stage: 'none', pharmacy: 'Walgreens on Main Street' },
  };
}

/** Whether a topic has a question open. */
export function isUnfinished(memory: AgentMemory, topic: Topic | undefined): boolean {
  if (topic === 'visit') return ['choosing', 'confirming', 'cancelling'].includes(memory.visit.stage);
  return topic === 'refill' && ['which', 'confirming'].includes(memory.refill.stage);
}
