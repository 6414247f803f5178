import type { ConversationError } from '../conversation/error.js';
import type { ServerEvent } from '../conversation/event.js';
import type { ConnectionStatus } from '../conversation/state.js';
import type { Saying, Surface } from '../protocol/surface.js';

/** Why a link stopped trying. */
export type LinkEnd =
  /** `announced`: a `session.ended` said so before. */
  | { readonly reason: 'ended'; readonly announced: boolean }
  | { readonly reason: 'idle' }
  /** The person has to choose first; a `session.conflict` said so before. */
  | { readonly reason: 'undecided' }
  | { readonly reason: 'failed' | 'signed-out'; readonly error: ConversationError };

/** What a link tells the session. */
export interface LinkObserver {
  /** The conversation is carried by this surface from now on. Told before anything else of it. */
  surface(surface: Surface): void;
  /** Something the server said. `session.opened` comes first, once for each connection. */
  event(event: ServerEvent): void;
  status(status: ConnectionStatus, attempt: number, offline: boolean): void;
  /** Trouble that the link is coping with; undefined once it is over. */
  trouble(error: ConversationError | undefined): void;
  /** The wire broke: nothing more of the turn under way will come through it. */
  lost(): void;
  /** The message under way was certainly not taken: it waits again. */
  returned(): void;
  /** What could not be handed over a while ago may be handed over now. */
  ready(): void;
  /** Nothing is tried any more until {@link Link.open} is called again. */
  stopped(end: LinkEnd): void;
  /** The token stands for this person. */
  subject(subject: string): void;
}

/**
 * One surface's way to the server, sockets and HTTP alike. The session sees only this: it opens, hands over
 * texts one at a time, and learns what happened through its {@link LinkObserver}.
 */
export interface Link {
  /** Begins to connect, or does nothing where that is under way. */
  open(): void;
  /** Ends the wait before the next attempt. */
  hurry(): void;
  /** Hands a message over. False where it certainly did not leave. */
  send(saying: Saying): boolean;
  /** Whether a turn is under way, during which silence means trouble. */
  turn(active: boolean): void;
  /** Gives up the connection at hand and begins another. */
  abandon(): void;
  /** Ends the conversation on the server, where it can; then the link is closed. */
  end(conversationId: string | undefined): Promise<void>;
  /** Closes with a code of ours. Nothing is told after that, unless it is opened again. */
  close(code: number): void;
}
