import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';
import type { ClientFrame } from './client-frame.js';

/** The words of one WebSocket surface. */
export interface Dialect {
  /** When the frames of one tool call come, unless the setting says otherwise (protocol C12). */
  readonly pairing: string;
  /** Milliseconds between pings, unless the setting says otherwise; 0: none. */
  readonly pingsEvery: number;
  /** Whether the agent speaks first, given the setting `greeting` (protocol C6). */
  greets(setting: string, isNew: boolean): boolean;
  /** What announces the session. */
  opening(session: Session): readonly string[];
  read(raw: Buffer, isBinary: boolean): ClientFrame;
  encode(event: TurnEvent, turn: TurnInfo): string | undefined;
  ping(): string;
  /** The turn of a message that the server took for a repeat; undefined: the surface knows no such thing. */
  duplicate?(): readonly string[];
  /** Says that the session is over. */
  ended?(reason: string): string;
}

/** What a session's first frame tells. */
export interface Session {
  readonly sessionId: string;
  readonly conversationId: string;
  readonly entityId: string;
  readonly serviceId: string;
}
