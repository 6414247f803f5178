import type { ActiveFault } from '../faults/fault.js';
import type { FaultBoard, FaultId } from '../faults/fault-board.js';
import type { Thread } from '../threads/thread.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';
import { actionFrame, tooLongFrames } from './actions.js';
import { interactionId, messageId, PARAGRAPH } from './messages.js';
import { alignment, spoken } from './voice.js';

/** What one streamed answer is about. */
export interface Interaction {
  /** The conversation begins with it. */
  readonly creates: boolean;
  /** The person's words, or their transcript; undefined where the agent speaks first. */
  readonly userText: string | undefined;
  /** `current_agent_action_type`; null where it was left out. */
  readonly actionPattern: string | null;
  /** `response_format`. */
  readonly voice: boolean;
}

/** Writes the events of one turn as the lines of a classic answer (protocol §e, NDJSON). */
export class NdjsonEncoder {
  private said = '';
  private pieces = 0;
  private messages = 0;
  private rounds = 0;
  private tooLong: ActiveFault | undefined;

  constructor(
    private readonly thread: Thread,
    private readonly board: FaultBoard,
    private readonly about: Interaction,
  ) {}

  /** The lines of one event. */
  readonly write = (event: TurnEvent, turn: TurnInfo): readonly string[] =>
    this.objects(event, turn).map((object) => `${JSON.stringify(object)}\n`);

  private objects(event: TurnEvent, turn: TurnInfo): readonly object[] {
    switch (event.kind) {
      case 'started':
        return this.opening(turn);
      case 'thinking':
        return this.action(event);
      case 'tool-started':
        this.rounds += 1;
        return [...this.action(event), ...tooLongFrames(this.takeTooLong())];
      case 'tool-completed':
        return this.action(event);
      case 'delta':
        return this.about.voice ? [] : this.piece(event.text, turn);
      case 'message':
        return this.finishMessage(event.text, turn);
      case 'done':
        return this.completion(turn);
      case 'failed':
        return [
          errorObject(event.statusCode ?? 500, event.message, this.setting('classic-errors', 'fields')),
        ];
    }
  }

  /** In the seed's words a transcript comes at create too (protocol C23). */
  private opening(turn: TurnInfo): object[] {
    const { creates, userText } = this.about;
    const told = !creates || this.setting('classic-transcript', 'at_create') === 'with';
    const transcript = {
      type: 'user-message-available',
      message_id: messageId(this.thread, turn.turnId, 'user'),
      user_message: userText,
    };
    return [
      ...(creates ? [{ type: 'conversation-created', conversation_id: this.thread.id }] : []),
      ...(userText !== undefined && turn.kind === 'user' && told ? [transcript] : []),
    ];
  }

  private action(event: TurnEvent): object[] {
    const style = this.setting('classic-actions', 'shape');
    const frame = actionFrame(event, this.rounds, style, this.about.actionPattern);
    return frame ? [frame] : [];
  }

  private takeTooLong(): ActiveFault | undefined {
    this.tooLong ??= this.board.take('action-too-long', this.thread.scopes);
    return this.rounds === 1 ? this.tooLong : undefined;
  }

  private piece(text: string, turn: TurnInfo): object[] {
    const separated = this.messages > 0 && this.said.endsWith(PARAGRAPH) === false && this.atStart;
    const shown = separated ? PARAGRAPH + text : text;
    this.atStart = false;
    this.said += shown;
    return [this.newMessage(shown, turn)];
  }

  /** The next piece is the first of a message. */
  private atStart = true;

  private newMessage(message: string, turn: TurnInfo): object {
    const style = this.setting('classic-alignment', 'pairs');
    return {
      type: 'new-message',
      message,
      message_id: messageId(this.thread, turn.turnId, 'agent'),
      sequence_number: this.pieces++,
      stop: false,
      transcript_alignment: alignment(style, message),
      ...(this.setting('classic-completion', 'fields') === 'bare' ? { message_metadata: {} } : {}),
    };
  }

  private finishMessage(text: string, turn: TurnInfo): object[] {
    this.messages += 1;
    this.atStart = true;
    if (!this.about.voice) return [];
    this.said += (this.messages > 1 ? PARAGRAPH : '') + text;
    const format = this.setting('classic-voice', 'reply');
    return spoken(text, format, this.messages > 1).map((piece) => this.newMessage(piece, turn));
  }

  /** The end of the conversation has two signs (protocol C14), and completion two forms (C15). */
  private completion(turn: TurnInfo): object[] {
    const ends = this.board.take('classic-end', this.thread.scopes);
    const sign = ends?.text('sign') ?? 'none';
    if (ends) this.thread.end();
    const late = this.board.take('late-error', this.thread.scopes);
    const full = {
      message_id: messageId(this.thread, turn.turnId, 'agent'),
      interaction_id: interactionId(this.thread, turn.turnId),
      full_message: this.said,
      conversation_completed: sign === 'completed' || sign === 'both',
    };
    const bare = this.setting('classic-completion', 'fields') === 'bare' && !full.conversation_completed;
    return [
      { type: 'interaction-complete', ...(bare ? {} : full) },
      ...(sign === 'end-session' || sign === 'both' ? [{ type: 'end-session' }] : []),
      ...(late ? [errorObject(500, 'After completion.', this.setting('classic-errors', 'fields'))] : []),
    ];
  }

  private setting(id: FaultId, name: string): string {
    return String(this.board.setting(id, name, this.thread.scopes) ?? '');
  }
}

/** Protocol C16: two shapes of the same thing. */
function errorObject(status: number, description: string, fields: string): object {
  return fields === 'code-message'
    ? { type: 'error', code: status, message: description }
    : { type: 'error', http_error_code: status, error_description: description };
}
