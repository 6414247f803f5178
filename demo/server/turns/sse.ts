import { envelopedFrame, type EncodeStyle } from '../frames/encode.js';
import type { FaultBoard } from '../faults/fault-board.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';

/** How a streamed turn is written (protocol §c, SSE; C26). */
export interface SseStyle extends EncodeStyle {
  /** Where the event's name is: `line`, `body` or `both`. */
  readonly eventIn: string;
  readonly lineEnd: string;
  readonly comments: boolean;
}

/** The style that is switched on. */
export function sseStyle(board: FaultBoard, scopes: readonly string[]): SseStyle {
  return {
    wire: 'enveloped',
    errorFields: String(board.setting('error-style', 'fields', scopes)),
    toolInput: String(board.setting('tool-input', 'shape', scopes)),
    eventIn: String(board.setting('sse-event', 'in', scopes)),
    lineEnd: board.setting('sse-framing', 'line_end', scopes) === 'crlf' ? '\r\n' : '\n',
    comments: board.setting('sse-framing', 'comments', scopes) === true,
  };
}

/** An event as a server-sent event; nothing where the surface has no word for it. */
export function sseFrame(event: TurnEvent, turn: TurnInfo, style: SseStyle): string | undefined {
  const frame = envelopedFrame(event, turn, style);
  if (!frame) return undefined;
  const body = style.eventIn === 'line' ? frame.data : { event: frame.name, ...frame.data };
  const lines = [
    ...(style.comments ? [': keep-alive', ''] : []),
    ...(style.eventIn === 'body' ? [] : [`event: ${frame.name}`]),
    `data: ${JSON.stringify(body)}`,
    '',
    '',
  ];
  return lines.join(style.lineEnd);
}
