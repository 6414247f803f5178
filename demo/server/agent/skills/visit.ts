import { doctors } from '../clinic.js';
import {
  findDay,
  findPartOfDay,
  firstVisit,
  nextWorkday,
  pickSlot,
  sayDay,
  sayTime,
  sayWhen,
  slotsOn,
  type Slot,
} from '../calendar.js';
import type { AgentMemory, VisitMemory } from '../memory.js';
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

/** The patient wants another time (or a visit at all): finds slots for the day they name, or named before. */
export function startVisit(turn: Turn): Answer {
  const wasChoosing = turn.memory.visit.offered.length > 0;
  return (hasWishes(turn) && !isOnlyConflict(turn)) || wasChoosing ? search(turn) : askWhich(turn);
}

/** "I have a game on Tuesday, I need another time": the day named is the one that does not suit. */
function isOnlyConflict(turn: Turn): boolean {
  const { concepts } = turn.words;
  return wishesOf(turn).day === bookedVisit(turn)?.date && (concepts.has('CANT') || concepts.has('OTHER'));
}

/** Understands the text as a step of rescheduling: a choice, a yes, a correction. */
export function continueVisit(turn: Turn): Answer | undefined {
  const { visit } = turn.memory;
  if (visit.stage === 'cancelling') return decideCancel(turn);
  if (visit.stage === 'choosing' || visit.stage === 'confirming') {
    const picked = isWishForDay(turn) ? undefined : pickSlot(turn.words.plain, visit.offered);
    if (picked) return confirm(turn, picked.slot, picked.exact);
  }
  if (hasWishes(turn) || (visit.stage === 'choosing' && asksForTimes(turn))) return search(turn);
  if (visit.stage === 'confirming' && visit.chosen && isYes(turn)) return book(turn, visit.chosen);
  if (visit.stage === 'none' || visit.stage === 'done') return undefined;
  if (visit.stage === 'choosing' && isYes(turn) && visit.offered[0]) return confirm(turn, visit.offered[0]);
  return isNo(turn) ? askWhich(turn) : undefined;
}

/** "What times do you have?", "the next one you have": whatever is free next. */
function asksForTimes({ words, memory }: Turn): boolean {
  const asks = (['TIME', 'WHEN', 'LATER', 'OTHER'] as const).some((one) => words.concepts.has(one));
  return asks && memory.visit.offered.length === 0;
}

/** Looks up when the visit is. */
export function tellVisit(turn: Turn): Answer {
  const visit = bookedVisit(turn);
  const text = visit
    ? `Your next visit is on **${sayWhen(visit)}** with ${visit.doctor}. Tell me if you want to move it.`
    : 'You have no visit booked right now. Tell me a day, and I will look for a time.';
  return answer(
    turn.memory,
    { tool: 'get_appointments', input: { upcoming: true }, result: { appointments: visit ? [visit] : [] } },
    { say: text },
  );
}

/** Asks before it cancels: a cancelled visit is the one thing here that a patient cannot easily get back. */
export function cancelVisit(turn: Turn): Answer {
  const visit = bookedVisit(turn);
  if (!visit) return answer(turn.memory, { say: 'You have no visit booked, so there is nothing to cancel.' });
  const memory = remember(turn.memory, { stage: 'cancelling' });
  return answer(memory, {
    say: `Do you want to cancel your visit on **${sayWhen(visit)}** with ${visit.doctor}? I can also move it to another day.`,
  });
}

function decideCancel(turn: Turn): Answer | undefined {
  if (hasWishes(turn)) return search(turn);
  if (isNo(turn))
    return answer(remember(turn.memory, { stage: 'none' }), { say: 'All right, your visit stays as it is.' });
  if (!isYes(turn)) return undefined;
  const memory = remember(turn.memory, { stage: 'done', booked: null, offered: [] });
  const back = backToParked(memory);
  return answer(
    back.memory,
    {
      tool: 'cancel_appointment',
      input: { appointment_id: bookedVisit(turn)?.slot_id ?? '' },
      result: { cancelled: true },
    },
    { say: `Your visit is cancelled. If you want a new one, just tell me a day.${back.line}` },
  );
}

/** No day yet: shows the next free times all the same, so that the patient has something to choose from. */
function askWhich(turn: Turn): Answer {
  const visit = bookedVisit(turn);
  const opening = visit
    ? `Your visit with ${visit.doctor} is on **${sayWhen(visit)}**. Which day would suit you better?`
    : 'Which day would suit you?';
  const memory = remember(turn.memory, { stage: 'choosing', offered: [], chosen: undefined });
  return answer(memory, quickThought, {
    say: `${opening} You can say a day, like "Thursday", or a time, like "Friday afternoon".`,
  });
}

/** Looks for slots with what is wished now and what was wished before. */
function search(turn: Turn): Answer {
  const wishes = wishesOf(turn);
  const day = wishes.day ?? turn.memory.visit.day ?? nextWorkday(turn.now.toISOString().slice(0, 10));
  const doctor = wishes.doctor ?? turn.memory.visit.doctor;
  const part = wishes.partOfDay ?? (wishes.day ? undefined : turn.memory.visit.partOfDay);
  const found = slotsOn(day, doctor, part);
  const date = found.length > 0 ? day : nextWorkday(day);
  const offered = found.length > 0 ? found : slotsOn(date, doctor, part);
  const memory = remember(turn.memory, {
    stage: 'choosing',
    doctor,
    day: date,
    partOfDay: part,
    offered,
    chosen: undefined,
  });
  return answer(
    memory,
    deepThought,
    {
      tool: 'find_open_slots',
      input: { date: day, doctor, ...(part ? { part_of_day: part } : {}) },
      result: { slots: found },
      ms: 900,
    },
    { say: offerText(day, date, doctor, offered) },
  );
}

function offerText(asked: string, date: string, doctor: string, offered: readonly Slot[]): string {
  const closed = asked === date ? '' : `${doctor} has nothing free on ${sayDay(asked)}. `;
  const list = offered.map((slot, index) => `${index + 1}. ${sayTime(slot.time)}`).join('\n');
  return `${closed}On **${sayDay(date)}**, ${doctor} has:\n\n${list}\n\nWhich one would you like?`;
}

function confirm(turn: Turn, chosen: Slot, isExact = true): Answer {
  const memory = remember(turn.memory, { stage: 'confirming', chosen });
  const closest = isExact ? '' : 'That time is not free; this is the closest one. ';
  return answer(memory, quickThought, {
    say: `${closest}Shall I book **${sayWhen(chosen)}** with ${chosen.doctor}?`,
  });
}

function book(turn: Turn, chosen: Slot): Answer {
  const back = backToParked(
    remember(turn.memory, { stage: 'done', booked: chosen, offered: [], chosen: undefined }),
  );
  return answer(
    back.memory,
    {
      tool: 'reschedule_appointment',
      input: { slot_id: chosen.slot_id, doctor: chosen.doctor },
      result: { confirmed: true, confirmation: `C-${chosen.slot_id.replace(/\D/g, '').slice(4)}` },
      ms: 1_100,
    },
    {
      say: `Done. Your visit is now on **${sayWhen(chosen)}** with ${chosen.doctor}. Please come 10 minutes early and bring your insurance card.${back.line}`,
    },
  );
}

function bookedVisit({ memory, now }: Turn): Slot | undefined {
  return memory.visit.booked === null ? undefined : (memory.visit.booked ?? firstVisit(now));
}

function wishesOf({
  words,
  now,
}: Turn): Pick<VisitMemory, 'day' | 'partOfDay'> & { doctor: string | undefined } {
  return {
    day: findDay(words.plain, now),
    partOfDay: findPartOfDay(words.plain),
    doctor: doctors.find((one) => one.called.test(words.plain))?.name,
  };
}

/** A day, a part of the day or another doctor was named. */
function hasWishes(turn: Turn): boolean {
  const { day, partOfDay, doctor } = wishesOf(turn);
  return day !== undefined || partOfDay !== undefined || doctor !== undefined;
}

/** The wish goes beyond the slots on offer: "10 am" picks one of them, "Friday at 10" and "afternoon" do not. */
function isWishForDay(turn: Turn): boolean {
  const { day, partOfDay, doctor } = wishesOf(turn);
  const { visit } = turn.memory;
  const otherPart = partOfDay !== undefined && !/\d ?(?:am|pm)\b/.test(turn.words.plain);
  return (
    (day !== undefined && day !== visit.day) || otherPart || (doctor !== undefined && doctor !== visit.doctor)
  );
}

function remember(memory: AgentMemory, change: Partial<VisitMemory>): AgentMemory {
  return { ...memory, visit: { ...memory.visit, ...change } };
}
