import type {
  AgentMessage,
  Note,
  TimelineItem,
  ToolCall,
  Turn,
  UserMessage,
} from '../../src/conversation/state.js';
import { RequestEvent, type Request } from '../../src/elements/request.js';

/** Noon, so that minutes more or less stay on the day in every time zone. */
export const NOON = new Date(2026, 10, 20, 12, 0).getTime();
const MINUTE = 60_000;

export function user(id: string, rest: Partial<UserMessage> = {}): UserMessage {
  return { kind: 'user', id, text: `Question ${id}`, at: NOON, status: 'delivered', ...rest };
}

export function agent(id: string, rest: Partial<AgentMessage> = {}): AgentMessage {
  return {
    kind: 'agent',
    id,
    text: `Answer ${id}`,
    revision: 0,
    at: NOON,
    streaming: false,
    incomplete: false,
    greeting: false,
    ...rest,
  };
}

export function tool(id: string, rest: Partial<ToolCall> = {}): ToolCall {
  return {
    kind: 'tool',
    id,
    callId: id,
    toolName: 'schedule_lookup',
    status: 'succeeded',
    at: NOON,
    ...rest,
  };
}

export function note(id: string, rest: Partial<Note> = {}): Note {
  return { kind: 'note', id, note: 'ended', at: NOON, ...rest };
}

export function turn(phase: Turn['phase'], rest: Partial<Turn> = {}): Turn {
  return { phase, size: 0, stopped: false, ...rest };
}

/** Question and answer by turns, a minute apart, `m0` first. */
export function talk(count: number): TimelineItem[] {
  return Array.from({ length: count }, (_, index) => {
    const at = NOON + (index - count) * MINUTE;
    return index % 2 ? agent(`m${String(index)}`, { at }) : user(`m${String(index)}`, { at });
  });
}

/** Every request that an element raises from now on. */
export function requestsOf(element: Element): Request[] {
  const requests: Request[] = [];
  element.addEventListener(RequestEvent.type, (event) => requests.push((event as RequestEvent).request));
  return requests;
}

/** Text as a person reads it: what is visually hidden counts, white space is folded. */
export function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The button whose name begins so. */
export function buttonNamed(root: ParentNode, name: string): HTMLButtonElement | undefined {
  return [...root.querySelectorAll('button')].find((button) => textOf(button).startsWith(name));
}
