import { medicines, pharmacies, type Medicine } from '../clinic.js';
import type { AgentMemory, RefillMemory } from '../memory.js';
import {
  answer,
  backToParked,
  deepThought,
  isNo,
  isYes,
  quickThought,
  type Answer,
  type Turn,
} from '../turn.js';

/** The patient needs more of a medicine: which one, and where to. */
export function startRefill(turn: Turn): Answer {
  const medicine = namedMedicine(turn);
  if (medicine) return check(turn, medicine);
  const list = medicines.map((one) => `- **${one.name}** ${one.strength} (${one.purpose})`).join('\n');
  const memory = remember(turn.memory, { stage: 'which', ...namedPharmacy(turn) });
  return answer(memory, quickThought, {
    say: `Sure. These are your medicines:\n\n${list}\n\nWhich one do you need?`,
  });
}

/** Understands the text as a step of a refill: the medicine, another one, another pharmacy, yes or no. */
export function continueRefill(turn: Turn): Answer | undefined {
  const { refill } = turn.memory;
  const medicine = namedMedicine(turn);
  if (medicine && (medicine.name !== refill.medicine || refill.stage === 'which'))
    return check(turn, medicine);
  const { pharmacy } = namedPharmacy(turn);
  const current = medicines.find((one) => one.name === refill.medicine);
  if (pharmacy && current)
    return askToSend({ ...turn, memory: remember(turn.memory, { pharmacy }) }, current);
  if (refill.stage !== 'confirming' || !current) return undefined;
  if (isYes(turn)) return send(turn, current);
  return isNo(turn)
    ? startRefill({ ...turn, memory: remember(turn.memory, { medicine: undefined }) })
    : undefined;
}

function check(turn: Turn, medicine: Medicine): Answer {
  const { pharmacy = turn.memory.refill.pharmacy } = namedPharmacy(turn);
  const memory = remember(turn.memory, { medicine: medicine.name, pharmacy });
  const asked = askToSend({ ...turn, memory }, medicine);
  return answer(
    asked.memory,
    deepThought,
    {
      tool: 'check_refill',
      input: { medicine: medicine.name },
      result: { medicine: medicine.name, strength: medicine.strength, refills_left: medicine.refillsLeft },
    },
    ...asked.steps,
  );
}

function askToSend({ memory }: Turn, medicine: Medicine): Answer {
  const left =
    medicine.refillsLeft > 0
      ? `You have ${medicine.refillsLeft} refills left for **${medicine.name} ${medicine.strength}**.`
      : `There are no refills left for **${medicine.name}**, so I would ask Dr. Okafor to renew it.`;
  const text = `${left} Shall I send it to **${memory.refill.pharmacy}**?`;
  return answer(remember(memory, { stage: 'confirming', medicine: medicine.name }), { say: text });
}

function send(turn: Turn, medicine: Medicine): Answer {
  const { pharmacy } = turn.memory.refill;
  const ready =
    medicine.refillsLeft > 0
      ? 'It should be ready tomorrow after 2 PM.'
      : 'The doctor answers within two working days.';
  const back = backToParked(remember(turn.memory, { stage: 'done' }));
  return answer(
    back.memory,
    {
      tool: 'request_refill',
      input: { medicine: medicine.name, pharmacy },
      result: { accepted: true, pharmacy },
      ms: 900,
    },
    { say: `Your refill of **${medicine.name}** is on its way to ${pharmacy}. ${ready}${back.line}` },
  );
}

/** The last medicine named that is not ruled out ("not the metformin, the inhaler"). */
function namedMedicine({ words }: Turn): Medicine | undefined {
  const wanted = medicines
    .map((medicine) => ({ medicine, match: medicine.called.exec(words.plain) }))
    .filter(
      ({ match }) => match && !/\b(?:not|instead of)(?: the| my)? $/.test(words.plain.slice(0, match.index)),
    )
    .sort((left, right) => (left.match?.index ?? 0) - (right.match?.index ?? 0));
  return wanted.at(-1)?.medicine;
}

function namedPharmacy({ words }: Turn): { pharmacy?: string } {
  const found = pharmacies.find((one) => one.called.test(words.plain));
  return found ? { pharmacy: found.name } : {};
}

function remember(memory: AgentMemory, change: Partial<RefillMemory>): AgentMemory {
  return { ...memory, refill: { ...memory.refill, ...change } };
}
