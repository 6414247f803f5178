import { randomUUID } from 'node:crypto';

import type { AgentStep, Think, UseTool } from '../agent/agent.js';
import type { Clock } from '../clock.js';
import type { TurnEvent } from './turn-event.js';

/** How a turn is played. */
export interface Performance {
  readonly clock: Clock;
  /** Times as fast as natural; 0 does not wait. */
  readonly speed: number;
  readonly signal: AbortSignal;
}

/** Plays the agent's steps as a stream of events at a natural pace. */
export async function* perform(steps: readonly AgentStep[], how: Performance): AsyncGenerator<TurnEvent> {
  for (const step of steps) {
    if (how.signal.aborted) return;
    if ('think' in step) yield* think(step, how);
    else if ('tool' in step) yield* useTool(step, how);
    else yield* say(step.say, how);
  }
}

async function* think(step: Think, how: Performance): AsyncGenerator<TurnEvent> {
  yield { kind: 'thinking', tier: step.tier ?? 1, tierName: step.think };
  await how.clock.delay(step.ms ?? 400, how.speed, how.signal);
}

async function* useTool(step: UseTool, how: Performance): AsyncGenerator<TurnEvent> {
  const call = { toolName: step.tool, callId: `call_${randomUUID().slice(0, 12)}`, input: step.input };
  const durationMs = step.ms ?? 700;
  yield { kind: 'tool-started', ...call };
  await how.clock.delay(durationMs, how.speed, how.signal);
  const result = typeof step.result === 'string' ? step.result : JSON.stringify(step.result);
  yield { kind: 'tool-completed', ...call, result, succeeded: step.succeeded ?? true, durationMs };
}

async function* say(text: string, how: Performance): AsyncGenerator<TurnEvent> {
  for (const piece of pieces(text)) {
    await how.clock.delay(gapBefore(piece, how.clock.random()), how.speed, how.signal);
    if (how.signal.aborted) return;
    yield { kind: 'delta', text: piece };
  }
  yield { kind: 'message', text };
}

/** Cuts a text into word-like pieces, as a language model's tokens are; joined they are the text again. */
export function pieces(text: string): string[] {
  return text.match(/\s*(?:[\p{L}\p{N}\p{M}’']{1,8}|[^\s\p{L}\p{N}\p{M}])|\s+/gu) ?? [];
}

/** A breath before a line, next to none inside a word. */
function gapBefore(piece: string, random: number): number {
  if (piece.includes('\n')) return 20 + random * 60;
  return piece.startsWith(' ') ? 8 + random * 24 : 2 + random * 8;
}

/** Events that were played before, for somebody who comes late: what was said piece by piece comes at once. */
export function inOnePiece(events: readonly TurnEvent[]): readonly TurnEvent[] {
  return events.reduce<readonly TurnEvent[]>((told, event) => {
    const last = told.at(-1);
    return event.kind === 'delta' && last?.kind === 'delta'
      ? [...told.slice(0, -1), { kind: 'delta', text: last.text + event.text }]
      : [...told, event];
  }, []);
}
