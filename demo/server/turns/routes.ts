import type { RequestName, Verdict } from '../http/request-faults.js';
import { strikeRequest } from '../http/request-faults.js';
import { openConversation, wantsToolCalls } from '../http/bearer.js';
import { HttpError, sendJson, type Exchange, type Route } from '../http/exchange.js';
import { readJsonObject } from '../http/exchange.js';
import { Fields } from '../http/validation.js';
import type { SurfaceParts } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { TokenClaims } from '../tokens.js';
import { createConversation } from './create.js';
import { Deliveries } from './deliveries.js';
import { HttpTurn } from './http-turn.js';
import { ResponseChannel } from './response-channel.js';
import { sseFrame, sseStyle } from './sse.js';
import { TurnAnswer } from './turn-answer.js';
import { readTurnRequest, wantsStream, type TurnRequest } from './turn-request.js';

const BASE = '^/v1/(?<workspace>[^/]+)/conversations';
const ONE = `${BASE}/(?<conversation>[^/]+)`;

/** HTTP turns (protocol §c), save reading and ending a conversation. */
export function turnRoutes(parts: SurfaceParts): readonly Route[] {
  const turns = new Turns(parts);
  const post = (pattern: string, handle: Route['handle']): Route => ({
    method: 'POST',
    pattern: new RegExp(`${pattern}$`),
    handle,
  });
  return [
    post(BASE, (exchange) => createConversation(exchange, parts)),
    post(`${ONE}/turns`, (exchange) => turns.turn(exchange, wantsStream(exchange))),
    post(`${ONE}/turns/stream`, (exchange) => turns.turn(exchange, true)),
    post(`${ONE}/turns/(?<delivery>[^/]+)/ack`, (exchange) => turns.acknowledge(exchange)),
    post(`${ONE}/approval`, (exchange) => turns.decide(exchange)),
    post(`${ONE}/channel`, (exchange) => turns.refuseChannel(exchange)),
  ];
}

/** A request that has passed the door. */
interface Admitted {
  readonly exchange: Exchange;
  readonly thread: Thread;
  readonly claims: TokenClaims | undefined;
  readonly verdict: Verdict;
}

class Turns {
  private readonly deliveries = new Deliveries();

  constructor(private readonly parts: SurfaceParts) {}

  async turn(exchange: Exchange, streamed: boolean): Promise<void> {
    const isPoll = exchange.url.searchParams.get('poll') === 'true';
    const admitted = await this.admit(exchange, isPoll ? 'poll' : 'turn');
    if (!admitted) return;
    if (admitted.thread.closed) throw new HttpError(409, 'The conversation is closed.');
    const wanted = await readTurnRequest(exchange);
    const withTools = wantsToolCalls(exchange, admitted.claims);
    if (streamed) await this.stream(admitted, wanted, withTools);
    else await this.answer(admitted, wanted, withTools);
  }

  async acknowledge(exchange: Exchange): Promise<void> {
    const admitted = await this.admit(exchange, 'ack');
    if (!admitted) return;
    await this.deliveries.acknowledge(exchange, admitted.thread);
    this.finish(admitted, () => exchange.response.writeHead(204).end());
  }

  /** Only an external user decides, and only in a conversation of theirs (protocol §f). */
  async decide(exchange: Exchange): Promise<void> {
    const admitted = await this.admit(exchange, 'approval');
    if (!admitted) return;
    const { claims, thread } = admitted;
    const allowed = claims?.external && (claims.scope ?? '').includes('conversations:approve_own');
    if (!allowed) throw new HttpError(403, 'Only an external user with conversations:approve_own decides.');
    const body = await readJsonObject(exchange);
    const fields = new Fields(body);
    const decision = fields.choice('decision', ['approve', 'reject']);
    fields.text('reason', { min: 1, max: 512 });
    const extra = Object.keys(body).find((name) => !['decision', 'reason'].includes(name));
    if (extra) throw fields.wrong(extra, 'Extra inputs are not permitted', 'extra_forbidden');
    this.parts.log.add({ kind: 'http', detail: `approval ${decision}`, conversationId: thread.id });
    this.finish(admitted, () => exchange.response.writeHead(204).end());
  }

  /** The scripted agent lives on the web alone. */
  async refuseChannel(exchange: Exchange): Promise<void> {
    if (await this.admit(exchange, 'any')) throw new HttpError(403, 'This server has no other channel.');
  }

  private async admit(exchange: Exchange, name: RequestName): Promise<Admitted | undefined> {
    const { thread, claims } = openConversation(exchange, this.parts);
    const verdict = await strikeRequest(exchange, this.parts, name, thread?.scopes);
    if (verdict.hangs) return undefined;
    if (!thread) throw new HttpError(404, 'Conversation not found');
    return { exchange, thread, claims, verdict };
  }

  private async stream(admitted: Admitted, wanted: TurnRequest, withTools: boolean): Promise<void> {
    const { exchange, thread, verdict } = admitted;
    const { board } = this.parts;
    const style = sseStyle(board, thread.scopes);
    const wire = this.channel(exchange, thread);
    if (!verdict.afterwards) {
      wire.begin(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    }
    const write = verdict.afterwards ? () => undefined : sseFrame;
    const turn = this.newTurn(thread, wire, withTools, (event, info) => write(event, info, style));
    await perform(turn, thread, wanted);
    if (verdict.afterwards) verdict.afterwards(exchange);
    else wire.end();
  }

  private async answer(admitted: Admitted, wanted: TurnRequest, withTools: boolean): Promise<void> {
    const { exchange, thread } = admitted;
    const key = this.deliveries.keyOf(exchange);
    const before = this.deliveries.answered(thread, key);
    if (before) return this.finish(admitted, () => sendJson(exchange, 200, before));
    const wire = this.channel(exchange, thread);
    const answer = new TurnAnswer(thread, wanted.message, withTools);
    const next = (): HttpTurn => this.newTurn(thread, wire, true, answer.take);
    if ((await perform(next(), thread, wanted)) === 'cut') return wire.close();
    while (wanted.waitForFinal && answer.pending) await next().poll();
    if (answer.failure) throw refusal(answer);
    const body = this.withReceipt(answer, admitted.thread, wanted, key);
    this.deliveries.remember(thread, key, body);
    this.finish(admitted, () => {
      wire.begin(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      wire.send(JSON.stringify(body));
      wire.end();
    });
  }

  /** A result that was polled for comes with a receipt, where the protocol is version 2. */
  private withReceipt(
    answer: TurnAnswer,
    thread: Thread,
    { poll }: TurnRequest,
    key: string | undefined,
  ): Readonly<Record<string, unknown>> {
    const body = answer.body();
    if (!poll || !key || answer.pending || answer.deliveryVersion !== 2) return body;
    const isEmpty = (body['output'] as unknown[]).length === 0;
    const result = isEmpty ? (this.deliveries.claim(thread) ?? body) : body;
    return this.deliveries.handOver(thread, key, result);
  }

  private newTurn(
    thread: Thread,
    wire: ResponseChannel,
    withTools: boolean,
    write: ConstructorParameters<typeof HttpTurn>[0]['write'],
  ): HttpTurn {
    const { board, log, connections } = this.parts;
    const toolEvents = withTools ? 'true' : null;
    return new HttpTurn({ thread, board, log, connections, wire, toolEvents, pairing: 'live', write });
  }

  private channel({ response }: Exchange, { scopes }: Thread): ResponseChannel {
    const { board } = this.parts;
    const chunk = Number(board.setting('sse-framing', 'chunk', scopes));
    return new ResponseChannel(response, { chunk, cut: board.take('cut-stream', scopes) });
  }

  /** The work is done; a fault may answer something else all the same. */
  private finish({ exchange, verdict }: Admitted, answer: () => void): void {
    if (verdict.afterwards) verdict.afterwards(exchange);
    else answer();
  }
}

/** An empty message on a fresh conversation asks for the greeting (protocol §c, Greeting). */
function perform(turn: HttpTurn, thread: Thread, wanted: TurnRequest): ReturnType<HttpTurn['say']> {
  const isEmpty = wanted.message.trim() === '' && wanted.attachments === 0;
  if (wanted.poll) return turn.poll();
  if (!isEmpty) return turn.say(wanted.message);
  return thread.isNew ? turn.greet() : turn.poll();
}

function refusal({ failure }: TurnAnswer): HttpError {
  const { message, code = 'unknown', retryable = false, statusCode } = failure ?? { message: '' };
  const status = statusCode ?? (code === 'client_error' ? 400 : 502);
  return new HttpError(status, { message, code, retryable });
}
