import { isUnfinished, type Topic } from './memory.js';
import type { Intent } from './recognise.js';
import { checkInsurance } from './skills/insurance.js';
import { explainLab, followUpLab } from './skills/lab.js';
import { continueRefill, startRefill } from './skills/refill.js';
import { guide } from './skills/guide.js';
import { cancelVisit, continueVisit, startVisit, tellVisit } from './skills/visit.js';
import { answer, backToParked, isDropped, type Answer, type Turn } from './turn.js';

const STARTS: Partial<Record<Intent, { topic: Topic; start: (turn: Turn) => Answer }>> = {
  reschedule: { topic: 'visit', start: startVisit },
  cancel: { topic: 'visit', start: cancelVisit },
  'visit-time': { topic: 'visit', start: tellVisit },
  refill: { topic: 'refill', start: startRefill },
  lab: { topic: 'lab', start: explainLab },
  insurance: { topic: 'insurance', start: checkInsurance },
  guide: { topic: 'guide', start: guide },
};

/** The topic an intent belongs to; undefined for small talk. */
export function topicOf(intent: Intent): Topic | undefined {
  return STARTS[intent]?.topic;
}

/** Begins the topic of an intent. Its `topic` is remembered by what the skill returns. */
export function startTopic(intent: Intent, turn: Turn): Answer {
  const entry = STARTS[intent];
  if (!entry) throw new Error(`No topic for ${intent}`);
  const { steps, memory } = entry.start({ ...turn, memory: { ...turn.memory, offer: undefined } });
  return { steps, memory: { ...memory, topic: entry.topic } };
}

/** What the text means within the current topic; undefined if nothing. */
export function continueTopic(turn: Turn): Answer | undefined {
  const { topic } = turn.memory;
  if (topic === 'visit') return continueVisit(turn);
  if (topic === 'refill') return continueRefill(turn);
  return topic === 'lab' ? followUpLab(turn) : undefined;
}

/** "Never mind": the question that is open is closed, and nothing has changed. */
export function dropTopic(turn: Turn): Answer | undefined {
  const { topic, visit, refill } = turn.memory;
  if (!isUnfinished(turn.memory, topic) || !isDropped(turn)) return undefined;
  const dropped =
    topic === 'refill'
      ? { refill: { ...refill, stage: 'none', medicine: undefined } as const }
      : { visit: { ...visit, stage: 'none', offered: [], chosen: undefined } as const };
  const back = backToParked({ ...turn.memory, ...dropped, topic: undefined });
  return answer(back.memory, {
    say: `All right, I have changed nothing. Is there anything else I can do for you?${back.line}`,
  });
}
