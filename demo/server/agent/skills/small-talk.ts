import { isUnfinished, type AgentMemory } from '../memory.js';
import type { Intent } from '../recognise.js';
import { answer, isNo, isYes, quickThought, type Answer, type Turn } from '../turn.js';

const ABILITIES =
  'I can:\n\n- move, cancel or look up a visit\n- refill a medicine\n- explain your latest lab result\n' +
  '- check your insurance\n- give you a guide to healthy blood pressure\n\nYou can also ask for a person at any time.';

const REPLIES: Partial<Record<Intent, string>> = {
  emergency:
    '**This sounds like an emergency. Please call 911 now**, or have someone near you call. Do not drive yourself. ' +
    'I am a virtual assistant and cannot send help from here.',
  crisis:
    'I am really glad you told me. **Please call or text 988 now**: people are there day and night, and it is free. ' +
    'If you are in danger right now, call **911**. You do not have to go through this alone.',
  symptom:
    'I am sorry to hear that. I am a scripted assistant and must not judge symptoms or side effects. Please call our nurse at ' +
    '[(555) 010-0199](tel:+15550100199), day or night. **Call 911** for chest pain, trouble breathing, weakness on one side, ' +
    'or if it gets worse quickly.',
  human:
    'Of course. Our front desk is at [(555) 010-0199](tel:+15550100199), Monday to Friday, 8 AM to 5 PM. ' +
    'A nurse answers after hours at the same number. This demo cannot hand you over in the chat.',
  about: `I'm the clinic's virtual assistant: a computer program, not a person. This is a scripted demo. ${ABILITIES}`,
  hours:
    'We are open **Monday to Friday, 8 AM to 5 PM**, at 120 Main Street. Parking is free behind the building. ' +
    'On weekends and holidays we are closed.',
  greeting: 'Hello! How can I help you today?',
  thanks: "You're welcome! Is there anything else I can do for you?",
  bye: 'Take care! You can write to me here whenever you like.',
};

/** Answers what needs no tool, and keeps an open question open. */
export function smallTalk(intent: Intent, turn: Turn): Answer {
  const text = REPLIES[intent] ?? ABILITIES;
  const urgent = intent === 'emergency' || intent === 'crisis';
  const open = !urgent && isUnfinished(turn.memory, turn.memory.topic);
  const what = turn.memory.topic === 'refill' ? 'your refill' : 'your visit';
  const line = open && intent !== 'bye' ? `\n\nWhenever you are ready, we can go on with ${what}.` : '';
  return answer(turn.memory, ...(urgent ? [] : [quickThought]), { say: text + line });
}

/** Says honestly that this is a script, and what it knows; where a question is open, what would answer it. */
export function lost(turn: Turn): Answer {
  const question = openQuestion(turn.memory);
  if (!question && (isYes(turn) || isNo(turn)))
    return answer(turn.memory, { say: 'All right. What can I do for you?' });
  const text = question
    ? `Sorry, I did not understand that: this is a scripted demo. ${question} Or say "never mind".`
    : `Sorry, I did not understand that. This is a scripted demo, so I only know a few things. ${ABILITIES}`;
  return answer(turn.memory, quickThought, { say: text });
}

/** What the patient was asked last, if they have not answered it. */
function openQuestion({ topic, visit, refill }: AgentMemory): string | undefined {
  if (topic === 'visit' && visit.stage === 'cancelling')
    return 'Shall I cancel your visit? Please say "yes" or "no".';
  if (topic === 'visit' && visit.stage === 'confirming')
    return 'Shall I book that time? Please say "yes", or name another day.';
  if (topic === 'visit' && visit.stage === 'choosing')
    return visit.offered.length > 0
      ? 'Please pick one of the times, or name another day.'
      : 'Please name a day, like "Thursday".';
  if (topic !== 'refill') return undefined;
  if (refill.stage === 'which') return 'Which medicine do you need?';
  return refill.stage === 'confirming'
    ? 'Shall I send the refill? Please say "yes", or name another medicine or pharmacy.'
    : undefined;
}
