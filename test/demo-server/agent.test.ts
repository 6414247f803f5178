import { describe, expect, it } from 'vitest';

import {
  greet,
  reply,
  startMemory,
  type AgentMemory,
  type AgentStep,
} from '../../demo/server/agent/agent.js';
import { recognise } from '../../demo/server/agent/recognise.js';
import { readWords } from '../../demo/server/agent/words.js';
import { pieces } from '../../demo/server/threads/perform.js';

/** A Friday. */
const NOW = new Date('2026-11-20T15:00:00Z');

class Chat {
  memory: AgentMemory = startMemory();
  steps: readonly AgentStep[] = [];

  /** Says the lines one after the other. @returns what the agent said to the last one */
  say(...lines: string[]): string {
    for (const line of lines) ({ steps: this.steps, memory: this.memory } = reply(line, this.memory, NOW));
    return this.steps.flatMap((step) => ('say' in step ? step.say : [])).join('\n');
  }

  /** The tools that the last answer used. */
  get tools(): string[] {
    return this.steps.flatMap((step) => ('tool' in step ? step.tool : []));
  }
}

const chat = (...lines: string[]): string => new Chat().say(...lines);

/** None of these sentences was known when the concepts were written. */
const HELD_OUT: Record<string, readonly string[]> = {
  reschedule: [
    'Something came up at work, could we do my checkup some other day?',
    'Is there any way to push my doctor visit to next week?',
    'Tuesday no longer suits me, can you find me a new slot',
    'pls reshedule my appointmnt',
  ],
  cancel: [
    'Please call off my appointment',
    'I do not need the visit anymore',
    'kindly cancel my checkup on tuesday',
  ],
  'visit-time': [
    'what time do I see the doctor',
    'remind me of my visit',
    'when am I due for my appointment?',
  ],
  refill: [
    'my pills are nearly gone',
    'I only have two tablets of metformin left',
    'Could the doctor renew my prescription?',
    'can you send my inhaler to the pharmacy',
  ],
  lab: [
    'what did my bloodwork show',
    'My A1C came back at 5.9, should I be worried?',
    'Can you go over my latest labs with me?',
    'I do not understand the cholesterol number in my chart',
  ],
  insurance: ['how much will I have to pay for the visit', 'Is Aetna accepted here?', 'what is my copay'],
  guide: [
    'What should I eat to lower my cholesterol?',
    'teach me everything about managing hypertension',
    'I want to live healthier with high blood pressure',
  ],
  emergency: [
    'there is a crushing pain in my chest',
    'my husband passed out',
    'I think I am having a stroke',
  ],
  crisis: ['I want to kill myself', 'lately I feel suicidal', 'some days I just want to die'],
  human: ['can I talk to a nurse', 'get me someone from the front desk', 'this is useless, I want a human'],
  hours: ['are you open on new years day', 'where do I park', 'what is your address'],
  about: ['are you a bot?', 'what can you do', 'who am I talking to, is this AI?'],
};

describe('recognises what it was not told', () => {
  const cases = Object.entries(HELD_OUT).flatMap(([intent, lines]) =>
    lines.map((line) => [line, intent] as const),
  );
  it.each(cases)('%s → %s', (line, intent) => {
    expect(recognise(readWords(line))?.intent).toBe(intent);
  });

  it.each(['the weather is nice', 'purple elephants dance', 'write me a poem about the sea', 'asdf'])(
    'says that it is a scripted demo: %s',
    (line) => expect(chat(line)).toContain('scripted demo'),
  );
});

describe('rescheduling', () => {
  it('searches, offers, confirms and books', () => {
    const talk = new Chat();
    expect(talk.say('I need to move my appointment')).toContain('Tuesday, November 24');
    expect(talk.say('how about wednesday?')).toContain('1. 9:15 AM\n2. 11:30 AM\n3. 2:30 PM');
    expect(talk.tools).toEqual(['find_open_slots']);
    expect(talk.say('the second one')).toContain('Wednesday, November 25 at 11:30 AM');
    expect(talk.say('sounds good')).toContain('Done.');
    expect(talk.tools).toEqual(['reschedule_appointment']);
    expect(talk.say('when is my next visit?')).toContain('Wednesday, November 25 at 11:30 AM');
  });

  it.each([
    ['no, Thursday', 'Thursday, November 26'],
    ['actually make it Friday', 'Friday, November 27'],
    ['not Wednesday, Monday', 'Monday, November 23'],
    ['Thursday instead of Wednesday please', 'Thursday, November 26'],
    ["I can't do Wednesday. Thursday?", 'Thursday, November 26'],
    ['hmm, better the 30th', 'Monday, November 30'],
  ])('takes the correction "%s", before and after a choice', (line, day) => {
    const talk = new Chat();
    expect(talk.say('move my visit to wednesday', line)).toContain(day);
    expect(new Chat().say('move my visit to wednesday', 'the first', line)).toContain(day);
    expect(talk.tools).toEqual(['find_open_slots']);
  });

  it('corrects one wish and keeps the others', () => {
    expect(chat('Can I come in on Thursday instead?', 'with Dr. Patel', 'in the afternoon')).toMatch(
      /Thursday, November 26\*\*, Dr\. Patel has:\n\n1\. \d+:\d+ PM/,
    );
    expect(chat('move my visit to thursday', '1', 'yes', 'oh wait, Friday is better')).toContain(
      'Friday, November 27',
    );
  });

  it('picks by time, by the nearest time, and by "any"', () => {
    expect(chat('move my visit to wednesday', '11:30 works')).toContain('at 11:30 AM');
    expect(chat('move my visit to wednesday', 'at 2')).toContain('at 2:30 PM');
    expect(chat('move my visit to wednesday', '10:00')).toMatch(/closest one.*9:15 AM/);
    expect(chat('move my visit to wednesday', 'whichever')).toContain('9:15 AM');
  });

  it('offers what is free next to somebody who names no day', () => {
    const talk = new Chat();
    expect(talk.say('I need to move my appointment', 'what times do you have?')).toContain('1. ');
    expect(talk.tools).toEqual(['find_open_slots']);
  });

  it('knows that the clinic is closed on weekends', () => {
    expect(chat('could you move my visit to saturday')).toContain('nothing free on Saturday, November 21');
  });

  it('cancels after asking', () => {
    const talk = new Chat();
    expect(talk.say('cancel my visit')).toContain('Do you want to cancel');
    expect(talk.say('yes')).toContain('cancelled');
    expect(talk.tools).toEqual(['cancel_appointment']);
    expect(talk.say('when is my appointment?')).toContain('no visit booked');
    expect(chat('cancel my visit', 'no', 'when is my appointment?')).toContain('Tuesday, November 24');
  });
});

describe('a refill', () => {
  it('asks which, takes a correction and another pharmacy, and sends it', () => {
    const talk = new Chat();
    expect(talk.say('I need a refill')).toContain('Which one');
    expect(talk.say('metformin')).toContain('3 refills left');
    expect(talk.say('no, the inhaler')).toContain('no refills left');
    expect(talk.say('to CVS please')).toContain('CVS on Oak Avenue');
    expect(talk.say('yes')).toContain('Albuterol inhaler** is on its way to CVS');
    expect(talk.tools).toEqual(['request_refill']);
  });
});

describe('an open question', () => {
  it.each([
    ['move my visit', 'Please name a day'],
    ['move my visit to friday', 'pick one of the times'],
    ['cancel my visit', 'Shall I cancel your visit?'],
    ['I need a refill', 'Which medicine do you need?'],
    ['refill my metformin', 'Shall I send the refill?'],
  ])('after "%s" is asked again of somebody who is not understood', (line, question) => {
    const talk = new Chat();
    expect(talk.say(line, 'purple elephants dance')).toContain(question);
    expect(talk.steps.some((step) => 'say' in step && step.say.includes('scripted demo'))).toBe(true);
  });

  it.each(['move my visit to friday', 'cancel my visit', 'refill my metformin'])(
    'after "%s" is closed by "never mind"',
    (line) => {
      const talk = new Chat();
      expect(talk.say(line, 'actually, never mind')).toContain('changed nothing');
      expect(talk.tools).toEqual([]);
      expect(talk.say('yes')).toBe('All right. What can I do for you?');
      expect(talk.say('when is my appointment?')).toContain('Tuesday, November 24');
    },
  );
});

describe('other conversations', () => {
  it('explains a lab result with a table and a link, and one value of it', () => {
    const talk = new Chat();
    const text = talk.say('what do my blood test numbers mean');
    expect(text).toMatch(/\| Test \| Your result \|/);
    expect(text).toMatch(/\]\(https:\/\/medlineplus\.gov/);
    expect(talk.say('so is my LDL bad?')).toContain('138 mg/dL');
    expect(talk.tools).toEqual([]);
  });

  it('gives an answer of more than 2,000 tokens', () => {
    const text = chat('tell me how to live with high blood pressure');
    expect(pieces(text).length).toBeGreaterThan(2_000);
    expect(pieces(text).join('')).toBe(text);
  });

  it('recovers from a tool that fails', () => {
    const talk = new Chat();
    const text = talk.say('does my plan cover this visit');
    expect(talk.steps.flatMap((step) => ('tool' in step ? [step.succeeded ?? true] : []))).toEqual([
      false,
      true,
    ]);
    expect(text).toMatch(/did not answer[^]*\$25/);
  });

  it('changes the subject in the middle, and comes back to it', () => {
    const talk = new Chat();
    talk.say('move my visit to friday morning', 'wait, can I refill my metformin first?');
    expect(talk.tools).toEqual(['check_refill']);
    expect(talk.say('yes')).toContain("We had not finished your visit's new time");
    expect(talk.say('yes please')).toContain('Friday, November 27');
    expect(talk.say('the first', 'yes')).toContain(
      'Done. Your visit is now on **Friday, November 27 at 9:15 AM',
    );
  });

  it('puts an emergency before everything', () => {
    expect(chat('move my visit to friday', "I can't breathe")).toContain('911');
    expect(chat('necesito una receta y tengo dolor de pecho')).toContain('911');
    expect(chat('I keep thinking about suicide')).toContain('988');
  });

  it('keeps the question open over small talk', () => {
    const talk = new Chat();
    expect(talk.say('move my visit to friday', 'are you a robot?')).toContain('go on with your visit');
    expect(talk.say('the last one')).toContain('Shall I book');
  });

  it('speaks the basics of Spanish', () => {
    expect(chat('hola')).toContain('asistente virtual');
    expect(chat('Quiero cambiar mi cita al jueves')).toContain('jueves, 26 de noviembre');
    expect(chat('quiero cambiar mi cita', 'el jueves')).toContain('jueves, 26 de noviembre');
    expect(chat('necesito hablar con una persona')).toContain('555');
  });

  it('greets with what it can do and the emergency number', () => {
    expect(greet(NOW)).toEqual([{ say: expect.stringMatching(/lab result[^]*911/) }]);
  });
});
