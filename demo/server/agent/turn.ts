import type { AgentMemory } from './memory.js';
import type { Words } from './words.js';

/** The agent says a message. */
export interface Say {
  readonly say: string;
}

/** The agent uses a tool. */
export interface UseTool {
  readonly tool: string;
  readonly input: object;
  readonly result: object | string;
  /** True by default. */
  readonly succeeded?: boolean;
  /** How long it takes, in milliseconds; 700 by default. */
  readonly ms?: number;
}

/** The agent thinks for a moment: 400 ms by default. */
export interface Think {
  readonly think: string;
  readonly tier?: number;
  readonly ms?: number;
}

/** One thing the agent does. */
export type AgentStep = Say | UseTool | Think;

/** What a skill gets to see. */
export interface Turn {
  readonly text: string;
  readonly words: Words;
  readonly memory: AgentMemory;
  readonly now: Date;
}

/** What the agent does, and what it remembers afterwards. */
export interface Answer {
  readonly steps: readonly AgentStep[];
  readonly memory: AgentMemory;
}

/** Puts an answer together. */
export function answer(memory: AgentMemory, ...steps: AgentStep[]): Answer {
  return { steps, memory };
}

/** The thought that opens most answers. */
export const quickThought: AgentStep = { think: 'quick', tier: 1, ms: 400 };
/** The thought before a tool or a long answer. */
export const deepThought: AgentStep = { think: 'deep', tier: 2, ms: 900 };

const YES =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|please|go ahead|do it|book it|sounds good|that works|works|perfect|great|correct|confirm|right|absolutely|of course|fine|good|si|claro|let do|lets do)\b|\b(?:works for me|that is fine|sounds good|that works|go ahead|yes please)\b/;
const NO = /^(?:no|nope|nah|not|do not|neither|none|never mind|nevermind|nvm|wait|cancel that)\b/;

const DROPPED =
  /^(?:actually |oh |ok |okay |no |wait |hmm )*(?:never mind|nevermind|nvm|forget (?:it|that|about it)|leave it|do not bother)(?: thanks| thank you| then| for now)*$/;

/** Agreement without a "but": "yes, but on Friday" is a correction, which the topics understand by themselves. */
export function isYes({ words }: Turn): boolean {
  return YES.test(words.plain) && !NO.test(words.plain) && !/\b(?:not|but)\b/.test(words.plain);
}

/** A refusal, or the start of a correction ("no, Thursday"): topics look for the correction first. */
export function isNo({ words }: Turn): boolean {
  return NO.test(words.plain);
}

/** The patient does not want it any more, whatever it was. */
export function isDropped({ words }: Turn): boolean {
  return DROPPED.test(words.plain);
}

/** Reminds of a topic that was left, once another is finished. */
export function backToParked(memory: AgentMemory): { memory: AgentMemory; line: string } {
  const { parked } = memory;
  if (!parked) return { memory, line: '' };
  const what = parked === 'refill' ? 'your refill' : "your visit's new time";
  return {
    memory: { ...memory, offer: 'resume' },
    line: `\n\nWe had not finished ${what}. Shall we go back to it?`,
  };
}
