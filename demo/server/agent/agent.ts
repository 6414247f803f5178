import { startTopic, continueTopic, dropTopic, topicOf } from './topics.js';
import { isUnfinished, type AgentMemory } from './memory.js';
import { recognise, type Recognised } from './recognise.js';
import { smallTalk, lost } from './skills/small-talk.js';
import { isSpanish, inSpanish } from './skills/spanish.js';
import { guide } from './skills/guide.js';
import { answer, isNo, isYes, type Answer, type AgentStep, type Turn } from './turn.js';
import { readWords } from './words.js';

export { startMemory, type AgentMemory } from './memory.js';
export type { AgentStep, Think, UseTool } from './turn.js';

/** An intent this clear changes the subject, whatever question is open. */
const CLEAR = 2.4;

/** Below this a text shows nothing worth acting on. */
const FAINT = 1.2;

/** What the agent says first. */
export function greet(now: Date): readonly AgentStep[] {
  const hour = now.getHours();
  const day = hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening';
  const text =
    `${day}! I'm the clinic's virtual assistant. I can **move a visit**, **refill a medicine**, ` +
    '**explain a lab result**, or **check your insurance**. *También hablo un poco de español.*\n\n' +
    'If this is an emergency, call **911**. What can I do for you?';
  return [{ say: text }];
}

/**
 * Answers a patient's text. Nothing but the text, the memory and the time decides, so that any conversation can be
 * replayed.
 */
export function reply(text: string, memory: AgentMemory, now: Date): Answer {
  const turn: Turn = { text, words: readWords(text), memory, now };
  const best = recognise(turn.words);
  if (best?.intent === 'emergency' || best?.intent === 'crisis') return smallTalk(best.intent, turn);
  if (isSpanish(turn)) return inSpanish(best?.score && best.score >= FAINT ? best.intent : undefined, turn);
  return (
    changedSubject(best, turn) ??
    dropTopic(turn) ??
    continueTopic(turn) ??
    answerOffer(turn) ??
    startSomething(best, turn)
  );
}

/** Another topic is clearly asked for: what was open is parked. */
function changedSubject(best: Recognised | undefined, turn: Turn): Answer | undefined {
  if (!best || best.score < CLEAR) return undefined;
  const topic = topicOf(best.intent);
  if (!topic)
    return isUnfinished(turn.memory, turn.memory.topic) || best.score > 3
      ? smallTalk(best.intent, turn)
      : undefined;
  if (topic === turn.memory.topic && best.intent !== 'cancel') return undefined;
  const { memory } = turn;
  const parked = topic !== memory.topic && isUnfinished(memory, memory.topic) ? memory.topic : memory.parked;
  return startTopic(best.intent, {
    ...turn,
    memory: { ...memory, parked: parked === topic ? undefined : parked },
  });
}

/** "Yes" and "no" to something the agent offered by the way. */
function answerOffer(turn: Turn): Answer | undefined {
  const { offer, parked } = turn.memory;
  const memory = { ...turn.memory, offer: undefined };
  if (!offer) return undefined;
  if (isNo(turn)) return answer(memory, { say: 'All right. Is there anything else I can do for you?' });
  if (!isYes(turn)) return undefined;
  if (offer === 'guide') return guide({ ...turn, memory });
  return startTopic(parked === 'refill' ? 'refill' : 'reschedule', {
    ...turn,
    memory: { ...memory, parked: undefined },
  });
}

function startSomething(best: Recognised | undefined, turn: Turn): Answer {
  if (!best || best.score < FAINT) return lost(turn);
  return topicOf(best.intent) ? startTopic(best.intent, turn) : smallTalk(best.intent, turn);
}
