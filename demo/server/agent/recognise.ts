import type { Concept } from './concepts.js';
import type { Words } from './words.js';

/** What a patient may want. */
export type Intent =
  | 'emergency'
  | 'crisis'
  | 'reschedule'
  | 'cancel'
  | 'visit-time'
  | 'refill'
  | 'lab'
  | 'insurance'
  | 'guide'
  | 'symptom'
  | 'human'
  | 'about'
  | 'hours'
  | 'greeting'
  | 'thanks'
  | 'bye';

/** How much each concept speaks for an intent, alone and in the company of another. */
interface Evidence {
  readonly single: Partial<Record<Concept, number>>;
  readonly pairs?: readonly (readonly [Concept, Concept, number])[];
}

/**
 * Pairs carry most of the weight: "move" alone may be furniture and "visit" may be anything, "move" with "visit" is
 * clear.
 */
const EVIDENCE: Readonly<Record<Intent, Evidence>> = {
  emergency: { single: { EMERGENCY: 9 } },
  crisis: { single: { CRISIS: 10 } },
  reschedule: {
    single: { MOVE: 1.4, APPT: 1, CANT: 1.1, DAY: 0.5, LATER: 0.4, BOOK: 1, OTHER: 0.3, TIME: 0.3 },
    pairs: [
      ['MOVE', 'APPT', 1.6],
      ['CANT', 'APPT', 1.6],
      ['CANT', 'DAY', 1.4],
      ['MOVE', 'DAY', 1.2],
      ['OTHER', 'APPT', 1.2],
      ['OTHER', 'TIME', 1.2],
      ['LATER', 'APPT', 1.4],
      ['LATER', 'DAY', 0.8],
      ['BOOK', 'APPT', 1.4],
      ['BOOK', 'DAY', 1.2],
      ['BOOK', 'LATER', 1],
      ['APPT', 'DAY', 0.7],
      ['APPT', 'DOCTOR', 0.8],
      ['MOVE', 'DOCTOR', 1],
      ['BOOK', 'DOCTOR', 0.6],
    ],
  },
  cancel: { single: { CANCEL: 2, APPT: 1 }, pairs: [['CANCEL', 'APPT', 1.6]] },
  'visit-time': {
    single: { WHEN: 0.9, APPT: 1 },
    pairs: [
      ['WHEN', 'APPT', 1.8],
      ['WHEN', 'DOCTOR', 0.9],
    ],
  },
  refill: {
    single: { REFILL: 2.2, MED: 1.5, OUT: 0.6, MORE: 0.2, PHARMACY: 1 },
    pairs: [
      ['REFILL', 'MED', 1],
      ['OUT', 'MED', 1.8],
      ['MORE', 'MED', 0.9],
      ['PHARMACY', 'MED', 1],
    ],
  },
  lab: {
    single: { LAB: 1.7, RESULT: 1.1, ANALYTE: 1.3, EXPLAIN: 0.5 },
    pairs: [
      ['LAB', 'RESULT', 1],
      ['EXPLAIN', 'LAB', 0.8],
      ['EXPLAIN', 'RESULT', 1],
      ['EXPLAIN', 'ANALYTE', 1],
      ['RESULT', 'ANALYTE', 1],
    ],
  },
  insurance: {
    single: { INSURANCE: 2, COST: 1.2 },
    pairs: [
      ['COST', 'APPT', 1.6],
      ['INSURANCE', 'APPT', 0.5],
      ['INSURANCE', 'COST', 0.5],
    ],
  },
  guide: {
    single: { LIVE: 1.1, CONDITION: 0.9, GUIDE: 0.9 },
    pairs: [
      ['LIVE', 'CONDITION', 1.8],
      ['GUIDE', 'CONDITION', 1.6],
      ['LIVE', 'GUIDE', 0.9],
      ['LIVE', 'ANALYTE', 1],
    ],
  },
  symptom: { single: { SYMPTOM: 2 }, pairs: [['SYMPTOM', 'MED', 1.5]] },
  human: { single: { HUMAN: 1.6, TALK: 0.9 }, pairs: [['HUMAN', 'TALK', 2]] },
  about: { single: { ROBOT: 3.6, HELP: 1.3 } },
  hours: { single: { HOURS: 2.1, PLACE: 2 } },
  greeting: { single: { HELLO: 2 } },
  thanks: { single: { THANKS: 2 } },
  bye: { single: { BYE: 2.1 } },
};

/** An intent and how strongly the text speaks for it: 1 is a hint, from 2.4 on it is clear. */
export interface Recognised {
  readonly intent: Intent;
  readonly score: number;
}

/** What a text most likely asks for, or undefined where it shows nothing known. */
export function recognise({ concepts }: Words): Recognised | undefined {
  let best: Recognised | undefined;
  for (const [intent, evidence] of Object.entries(EVIDENCE) as [Intent, Evidence][]) {
    const score = weigh(evidence, concepts);
    if (score > (best?.score ?? 0)) best = { intent, score };
  }
  return best;
}

function weigh({ single, pairs = [] }: Evidence, concepts: ReadonlySet<Concept>): number {
  let score = 0;
  for (const [concept, weight] of Object.entries(single) as [Concept, number][]) {
    if (concepts.has(concept)) score += weight;
  }
  for (const [left, right, bonus] of pairs) if (concepts.has(left) && concepts.has(right)) score += bonus;
  return score;
}
