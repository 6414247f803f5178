import { conversationError } from '../../conversation/error.js';
import type { ServerEvent } from '../../conversation/event.js';
import { createId } from '../../lib/id.js';
import { isRecord, parseJson } from '../../lib/json.js';
import { lines } from './frames.js';
import type { Line, LineName } from './frames.js';
import { ToolPairs } from './tools.js';

export interface DecoderOptions {
  /** The stream begins a conversation. */
  readonly creates?: boolean;
  /** It begins with words of the person's. */
  readonly answers?: boolean;
  /** Names tool calls. */
  readonly createId?: () => string;
}

const typing: readonly ServerEvent[] = [{ type: 'agent.typing' }];
const dropped = (kind: 'unknown' | 'malformed'): readonly ServerEvent[] => [{ type: 'frame.dropped', kind }];

/** HTTP statuses after which the same again may do (protocol §c, Retries). */
const passes = (code: number): boolean => code === 408 || code === 429 || code >= 500;

/** The lines of one classic stream as domain events: the one door of the surface (protocol §e, §h). */
export class ClassicDecoder {
  private readonly tools: ToolPairs;
  private completed = false;
  private ended = false;
  private failed = false;

  constructor(private readonly options: DecoderOptions = {}) {
    this.tools = new ToolPairs(options.createId ?? createId);
  }

  /** An error came after the interaction was complete: it is kept, and the conversation is to be finished. */
  get brokeAfterwards(): boolean {
    return this.failed && this.completed;
  }

  decode(line: string): readonly ServerEvent[] {
    // After an error the server closes at once: what still comes means nothing.
    if (this.failed) return [];
    const value = parseJson(line);
    if (!isRecord(value) || typeof value.type !== 'string') return dropped('malformed');
    if (!Object.hasOwn(lines, value.type)) return dropped('unknown');
    const name = value.type as LineName;
    const read = lines[name].safeParse(value);
    if (!read.success) return dropped('malformed');
    // Schema and translation stand under the same name, which TypeScript cannot follow through an index.
    return (this.translate[name] as (line: unknown) => readonly ServerEvent[])(read.data);
  }

  private readonly translate: { readonly [Name in LineName]: (line: Line<Name>) => readonly ServerEvent[] } =
    {
      'conversation-created': ({ conversation_id: conversationId }) => [
        { type: 'session.opened', conversationId, greets: this.options.answers !== true },
      ],
      // The server has the message. Its text is the one that was sent.
      'user-message-available': () => typing,
      'current-agent-action': ({ action }) => this.action(action),
      'action-too-long': ({ filler }) => notice(filler),
      'new-message': ({ message }) => (message === '' ? [] : [{ type: 'agent.delta', text: message }]),
      'interaction-complete': (line) => this.complete(line),
      'end-session': () => this.end(),
      error: (line) => this.fail(line),
    };

  private action(action: Line<'current-agent-action'>['action']): readonly ServerEvent[] {
    if (typeof action === 'string') return typing;
    switch (action.type) {
      case 'tool-call-started':
        return this.tools.started(action);
      case 'tool-call-ended':
        return this.tools.ended(action);
      case 'action-too-long':
        return notice(action['filler']);
      default:
        return typing;
    }
  }

  /** Success is this line alone; the whole text wins over its pieces (protocol C15). */
  private complete(line: Line<'interaction-complete'>): readonly ServerEvent[] {
    const { full_message: text, interaction_id: turnId, conversation_completed: over } = line;
    if (this.completed) return over ? this.end() : [];
    this.completed = true;
    return [
      ...(text ? [{ type: 'agent.message', text } as const] : []),
      { type: 'turn.completed', ...(turnId ? { turnId } : {}) },
      ...(over ? this.end() : []),
    ];
  }

  /** Either sign ends the conversation, once (protocol C14). */
  private end(): readonly ServerEvent[] {
    if (this.ended) return [];
    this.ended = true;
    const turn = this.completed ? [] : [{ type: 'turn.completed' } as const];
    this.completed = true;
    return [...turn, { type: 'session.ended', reason: 'completed' }];
  }

  private fail({ code, http_error_code: status }: Line<'error'>): readonly ServerEvent[] {
    this.failed = true;
    const told = status ?? code ?? 'unknown';
    const retryable = Number.isNaN(Number(told)) || passes(Number(told));
    const error = conversationError('server', 'reply-failed', { retryable, detail: String(told) });
    if (this.completed) return [{ type: 'session.notice', error: { ...error, severity: 'warning' } }];
    const discarded = this.options.creates ? { discarded: true } : {};
    return [{ type: 'turn.failed', error, rolledBack: true, ...discarded }];
  }
}

/** What is said while something takes long (protocol C22). Speech is not for reading. */
function notice(filler: unknown): readonly ServerEvent[] {
  return typeof filler === 'string' && filler.trim() !== ''
    ? [{ type: 'agent.notice', text: filler }]
    : typing;
}
