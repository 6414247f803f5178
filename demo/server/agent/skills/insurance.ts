import { answer, backToParked, quickThought, type Answer, type Turn } from '../turn.js';

/** Checks the coverage: the first tool fails, the agent says so and finds another way. */
export function checkInsurance(turn: Turn): Answer {
  const back = backToParked(turn.memory);
  const result = {
    plan: 'Blue Cross PPO',
    active: true,
    copay_usd: 25,
    deductible_left_usd: 140,
    in_network: true,
  };
  return answer(
    back.memory,
    quickThought,
    {
      tool: 'check_insurance',
      input: { member: 'on file', service: 'office visit' },
      result: 'The insurance company did not answer in time (payer timeout).',
      succeeded: false,
      ms: 1_800,
    },
    { say: 'The insurance company did not answer just now. Let me look at what they sent us this morning.' },
    { tool: 'read_saved_coverage', input: { member: 'on file' }, result, ms: 600 },
    {
      say:
        'I found it. Your plan **Blue Cross PPO** is active, and our clinic is in its network.\n\n' +
        '- Copay for a visit: **$25**\n- Deductible left this year: **$140**\n\n' +
        `This is from this morning's record; the front desk can confirm it when you come in.${back.line}`,
    },
  );
}
