import { HttpError } from '../http/exchange.js';
import { invalid } from '../http/validation.js';
import type { ActiveFault } from '../faults/fault.js';
import type { TurnEvent } from '../threads/turn-event.js';

/** Patterns longer than this are not worth a server's time. */
const MAX_PATTERN = 200;

/** Reads `current_agent_action_type`. @throws HttpError 422 for what is no regular expression */
export function readActionPattern(pattern: string | null): string | null {
  if (pattern === null) return null;
  if (pattern.length <= MAX_PATTERN && compile(pattern)) return pattern;
  throw badPattern();
}

/**
 * What the agent is doing, as the sources word it (protocol C21).
 *
 * @param style `object` (those whose type fits the pattern), `string` (only where asked for), `unasked`, `none`
 */
export function actionFrame(
  event: TurnEvent,
  round: number,
  style: string,
  pattern: string | null,
): object | undefined {
  const action = actionOf(event, round);
  if (!action || style === 'none') return undefined;
  const fits = style === 'unasked' || (compile(pattern ?? '.*')?.test(action.type) ?? false);
  if (!fits || (style === 'string' && pattern === null)) return undefined;
  return { type: 'current-agent-action', action: style === 'string' ? action.type : action };
}

/** A filler while something takes long: at the top level, inside an action, or both (protocol C22). */
export function tooLongFrames(fault: ActiveFault | undefined): object[] {
  if (!fault) return [];
  const where = fault.text('where');
  const event = { type: 'action-too-long', filler: fault.text('filler'), previously_started_event: null };
  return [
    ...(where === 'inside' ? [] : [event]),
    ...(where === 'top' ? [] : [{ type: 'current-agent-action', action: event }]),
  ];
}

function actionOf(event: TurnEvent, round: number): ({ type: string } & Record<string, unknown>) | undefined {
  if (event.kind === 'thinking') return { type: 'check-if-active-memory-needed-completed', queries: [] };
  if (event.kind !== 'tool-started' && event.kind !== 'tool-completed') return undefined;
  const tool = { tool_round_index: round, tool_id: event.toolName, tool_version: '1.0.0' };
  if (event.kind === 'tool-started') return { type: 'tool-call-started', ...tool, input_params: event.input };
  const { input, result, durationMs } = event;
  return { type: 'tool-call-ended', ...tool, input_parameters: input, result, duration: durationMs / 1000 };
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

function badPattern(): HttpError {
  return invalid(
    ['query', 'current_agent_action_type'],
    'Not a regular expression',
    'string_pattern_mismatch',
  );
}
