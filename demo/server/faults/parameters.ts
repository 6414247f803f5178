import { stages, type FaultParameter, type ParameterValue, type Stage } from './fault.js';

/** A parameter that takes one of the given words. */
export function choice(
  name: string,
  title: string,
  values: readonly string[],
  initial: string,
): FaultParameter {
  return { name, title, type: 'choice', values, default: initial };
}

/** A number; `values` are worth offering, others are accepted. */
export function number(
  name: string,
  title: string,
  initial?: number,
  values?: readonly number[],
): FaultParameter {
  return { name, title, type: 'number', ...withDefault(initial), ...(values ? { values } : {}) };
}

/** Any text. */
export function text(name: string, title: string, initial?: string): FaultParameter {
  return { name, title, type: 'text', ...withDefault(initial) };
}

/** On or off. */
export function flag(name: string, title: string, initial = false): FaultParameter {
  return { name, title, type: 'flag', default: initial };
}

/** The parameters of every fault that strikes at a moment of a connection. */
export function staged(initial: Stage): FaultParameter[] {
  return [
    choice('at', 'When', stages, initial),
    number('after', 'Mid-reply: after this many tokens', 3),
    choice('turn', 'In which turns', ['user', 'greeting', 'any'], 'user'),
  ];
}

/** What becomes on the server of a turn whose connection a fault has ended. */
export const serverTurn = choice(
  'server_turn',
  'The turn on the server',
  ['goes-on', 'abandoned', 'forgotten'],
  'goes-on',
);

function withDefault(value: ParameterValue | undefined): { default?: ParameterValue } {
  return value === undefined ? {} : { default: value };
}
