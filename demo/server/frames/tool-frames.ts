import type { TurnEvent } from '../threads/turn-event.js';

type ToolPairing = (event: TurnEvent) => readonly TurnEvent[];

/**
 * Which tool events a client gets to see (protocol C3, C12).
 *
 * @param pairing `live`, `post-hoc` (both after execution), `orphan-start` or `orphan-end` (one of the two only)
 */
export function toolFrames(wanted: boolean, pairing: string): ToolPairing {
  return (event) => {
    if (event.kind !== 'tool-started' && event.kind !== 'tool-completed') return [event];
    if (!wanted) return [];
    if (event.kind === 'tool-started') return pairing === 'live' || pairing === 'orphan-start' ? [event] : [];
    if (pairing === 'orphan-start') return [];
    return pairing === 'post-hoc' ? [startOf(event), event] : [event];
  };
}

function startOf(event: TurnEvent & { kind: 'tool-completed' }): TurnEvent {
  const { toolName, callId, input } = event;
  return { kind: 'tool-started', toolName, callId, input };
}
