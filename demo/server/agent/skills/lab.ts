import { labValues } from '../clinic.js';
import { answer, backToParked, deepThought, quickThought, type Answer, type Turn } from '../turn.js';

/** Reads the latest panel and explains it in a table. */
export function explainLab(turn: Turn): Answer {
  const rows = labValues
    .map((one) => `| ${one.test} | ${one.result} | ${one.normal} | ${one.flag} |`)
    .join('\n');
  const text =
    'Here is your blood test from last week:\n\n' +
    `| Test | Your result | Goal | How it is |\n|---|---|---|---|\n${rows}\n\n` +
    '**What it means:** your good cholesterol is fine. Your LDL cholesterol is above the goal, and your average blood sugar ' +
    'is slightly up. Neither is an emergency. Dr. Okafor has seen the result and would like to talk about it at your next visit.\n\n' +
    'You can read more at [MedlinePlus: cholesterol levels](https://medlineplus.gov/lab-tests/cholesterol-levels/).';
  const back = backToParked({ ...turn.memory, offer: 'guide' });
  const offer = back.line || '\n\nWould you like some tips on bringing these numbers down?';
  return answer(
    back.memory,
    deepThought,
    {
      tool: 'get_lab_results',
      input: { panel: 'latest' },
      result: {
        panel: 'Lipids and A1c',
        values: labValues.map(({ test, result, flag }) => ({ test, result, flag })),
      },
      ms: 1_200,
    },
    { say: text + offer },
  );
}

/** A question about one of the values: "what about my LDL?" */
export function followUpLab(turn: Turn): Answer | undefined {
  const isQuestionOfLife = turn.words.concepts.has('LIVE');
  const value = labValues.findLast((one) => one.called.test(turn.words.plain));
  if (!value || isQuestionOfLife) return undefined;
  const text = `**${value.test}: ${value.result}** (goal: ${value.normal}; ${value.flag}). ${value.meaning}`;
  return answer({ ...turn.memory, offer: 'guide' }, quickThought, {
    say: `${text}\n\nWould you like tips on what helps?`,
  });
}
