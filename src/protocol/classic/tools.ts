import type * as z from 'zod/mini';
import type { ServerEvent } from '../../conversation/event.js';
import { asText } from '../as-text.js';
import { toolAction } from './frames.js';

type Action = z.infer<typeof toolAction>;

/** Without a name there is an id of no meaning to a person (protocol G2). */
const NAMELESS = /^[a-f0-9]{24}$/;

/**
 * Classic tool calls have no id of their own (protocol §e, Tool actions): start and end pair by round and tool,
 * in the order they came, and get an id from here that no other call of the page has.
 */
export class ToolPairs {
  private readonly open = new Map<string, string[]>();

  constructor(private readonly createId: () => string) {}

  started(action: unknown): readonly ServerEvent[] {
    const read = toolAction.safeParse(action);
    if (!read.success) return [{ type: 'frame.dropped', kind: 'malformed' }];
    const callId = this.createId();
    const key = keyOf(read.data);
    this.open.set(key, [...(this.open.get(key) ?? []), callId]);
    const input = asText(read.data.input_params);
    return [
      {
        type: 'tool.started',
        callId,
        toolName: nameOf(read.data),
        ...(input === undefined ? {} : { input }),
      },
    ];
  }

  ended(action: unknown): readonly ServerEvent[] {
    const read = toolAction.safeParse(action);
    if (!read.success) return [{ type: 'frame.dropped', kind: 'malformed' }];
    // An end whose start was not told stands on its own (protocol C12).
    const callId = this.open.get(keyOf(read.data))?.shift() ?? this.createId();
    const result = asText(read.data.result);
    const seconds = read.data.duration;
    return [
      {
        type: 'tool.completed',
        callId,
        toolName: nameOf(read.data),
        ...(result === undefined ? {} : { result }),
        ...(typeof seconds === 'number' ? { durationMs: Math.round(seconds * 1_000) } : {}),
      },
    ];
  }
}

const keyOf = ({ tool_round_index: round, tool_id: id }: Action): string =>
  `${String(round ?? '')}/${String(id)}`;

const nameOf = ({ tool_id: id }: Action): string => (NAMELESS.test(String(id)) ? '' : String(id));
