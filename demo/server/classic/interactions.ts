import { HttpError, readJsonObject, type Exchange } from '../http/exchange.js';
import { Fields, invalid } from '../http/validation.js';
import type { FaultId } from '../faults/fault-board.js';
import type { SurfaceParts } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import { HttpTurn } from '../turns/http-turn.js';
import { ResponseChannel } from '../turns/response-channel.js';
import { readActionPattern } from './actions.js';
import type { Door, Visitor } from './door.js';
import { hexId, requireHexId } from './ids.js';
import { readSaid, type Said } from './interact-body.js';
import { NdjsonEncoder, type Interaction } from './ndjson.js';

/** What the scripted agent hears in every recording. */
const HEARD = 'I would like to move my visit.';
/** What it says when the user has nothing to say. */
const NOTHING_TO_SAY = 'Take your time. I am here when you are ready.';

/** Creating a conversation and interacting with it: both answer with a stream (protocol §e). */
export class Interactions {
  /** Streams that are still open, by conversation: the next interaction may have to wait (protocol C13). */
  private readonly open = new Map<Thread, number>();
  private created = 0;

  constructor(
    private readonly parts: SurfaceParts,
    private readonly door: Door,
  ) {}

  async create(exchange: Exchange): Promise<void> {
    const visitor = await this.door.admit(exchange, 'create');
    if (!visitor) return;
    this.requireNdjson(exchange, [visitor.userId, 'default']);
    const isVoice = this.isVoice(exchange, 'response_format', [visitor.userId, 'default']);
    const actionPattern = readActionPattern(exchange.url.searchParams.get('current_agent_action_type'));
    const { serviceId, message, type } = readCreate(await readJsonObject(exchange));
    const key = this.door.keyFor(visitor, serviceId);
    this.refuseSecond(this.parts.threads.current(key));
    const id = hexId('conversation', key.entityId, String(++this.created), String(this.parts.clock.now()));
    const thread = this.parts.threads.begin(key, { id, rollsBack: true });
    const userText = type === 'user-message' ? message : undefined;
    const about = { creates: true, userText, actionPattern, voice: isVoice };
    await this.stream(visitor, thread, 201, about, (turn) =>
      message === undefined ? turn.greet() : turn.say(message, roleOf(type)),
    );
  }

  async interact(exchange: Exchange): Promise<void> {
    const visitor = await this.door.open(exchange, 'interact');
    if (!visitor) return;
    const { thread } = visitor;
    this.requireNdjson(exchange, thread.scopes);
    const speaks = this.isVoice(exchange, 'request_format', thread.scopes);
    const voice = this.isVoice(exchange, 'response_format', thread.scopes);
    const actionPattern = readActionPattern(exchange.url.searchParams.get('current_agent_action_type'));
    const said = await readSaid(exchange, {
      fields: this.setting('classic-fields', 'are', thread.scopes),
      voice: this.setting('classic-voice', 'body', thread.scopes),
    });
    this.requireFree(thread);
    const text = speaks ? HEARD : said.text;
    const userText = said.type === 'user-message' ? text : undefined;
    const about = { creates: false, userText, actionPattern, voice };
    await this.stream(visitor, thread, 200, about, (turn) => ask(turn, thread, said, text));
  }

  /** @throws HttpError 409 while a turn runs, its stream is open, or once all is over */
  requireFree(thread: Thread): void {
    if (thread.closed) throw new HttpError(409, 'The conversation is finished.');
    if (thread.isBusy || (this.open.get(thread) ?? 0) > 0)
      throw new HttpError(409, 'Another operation is in progress.');
  }

  private async stream(
    { exchange, verdict }: Visitor,
    thread: Thread,
    status: number,
    about: Interaction,
    perform: (turn: HttpTurn) => ReturnType<HttpTurn['say']>,
  ): Promise<void> {
    const { board, log, connections } = this.parts;
    const chunk = Number(board.setting('sse-framing', 'chunk', thread.scopes));
    const wire = new ResponseChannel(exchange.response, {
      chunk,
      cut: board.take('cut-stream', thread.scopes),
    });
    if (!verdict.afterwards)
      wire.begin(status, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    const encoder = new NdjsonEncoder(thread, board, about);
    const write = verdict.afterwards ? () => undefined : encoder.write;
    const shared = { thread, board, log, connections, wire, toolEvents: 'true', pairing: 'live' };
    const free = this.occupy(thread, wire);
    let failed = false;
    const unsubscribe = thread.subscribe((event) => (failed ||= event.kind === 'failed'));
    await perform(new HttpTurn({ ...shared, write }));
    unsubscribe();
    if (failed && about.creates) this.parts.threads.forget(thread);
    if (verdict.afterwards) verdict.afterwards(exchange);
    else this.finish(wire, thread, failed, free);
  }

  /** After an error the server closes at once; after a completion the sources disagree (protocol C13). */
  private finish(wire: ResponseChannel, { scopes }: Thread, failed: boolean, free: () => void): void {
    const when = this.setting('classic-close', 'when', scopes);
    const end = (): void => {
      wire.end();
      free();
    };
    if (failed || when === 'at-once') end();
    else if (when === 'late') wire.after(Number(this.setting('classic-close', 'ms', scopes)), end);
  }

  /** @returns what frees the conversation; so does the end of the connection */
  private occupy(thread: Thread, wire: ResponseChannel): () => void {
    const { open } = this;
    open.set(thread, (open.get(thread) ?? 0) + 1);
    let done = false;
    const free = (): void => {
      if (!done) open.set(thread, (open.get(thread) ?? 1) - 1);
      done = true;
    };
    wire.whenGone(free);
    return free;
  }

  /** One unfinished conversation per user and service (protocol §e, One active; C24). */
  private refuseSecond(current: Thread | undefined): void {
    const how = this.setting('classic-active', 'second', current?.scopes ?? ['default']);
    if (!current || how === 'allowed') return;
    const busy = current.isBusy || (this.open.get(current) ?? 0) > 0;
    if (how === '409' || (how === 'by-state' && busy))
      throw new HttpError(409, 'Another operation is in progress.');
    throw new HttpError(400, 'The user has an unfinished conversation with this service.');
  }

  /** Voice is not offered unless it is switched on. @throws HttpError 400 or 422 */
  private isVoice({ url }: Exchange, name: string, scopes: readonly string[]): boolean {
    const format = url.searchParams.get(name);
    if (format !== 'text' && format !== 'voice')
      throw invalid(['query', name], 'Input should be text or voice', format === null ? 'missing' : 'enum');
    if (format === 'text') return false;
    if (this.setting('classic-voice', 'is', scopes) === 'supported') return true;
    throw new HttpError(400, 'Voice is not supported by this service.');
  }

  private requireNdjson({ request }: Exchange, scopes: readonly string[]): void {
    const accept = request.headers.accept ?? '*/*';
    const isAudio =
      this.setting('classic-accept', 'audio', scopes) === 'accepted' && accept.includes('audio/');
    if (isAudio || /application\/x-ndjson|\*\/\*|application\/\*/.test(accept)) return;
    throw new HttpError(406, 'Only application/x-ndjson is offered.');
  }

  private setting(id: FaultId, name: string, scopes: readonly string[]): string {
    return String(this.parts.board.setting(id, name, scopes) ?? '');
  }
}

function ask(turn: HttpTurn, thread: Thread, said: Said, text: string): ReturnType<HttpTurn['say']> {
  for (const event of said.events) thread.note(event);
  if (said.type === 'skip') return turn.skip(NOTHING_TO_SAY);
  return turn.say(text, roleOf(said.type));
}

function roleOf(type: string | undefined): 'user' | 'system' {
  return type === 'external-event' ? 'system' : 'user';
}

function readCreate(body: Record<string, unknown>): {
  serviceId: string;
  message: string | undefined;
  type: string | undefined;
} {
  const fields = new Fields(body);
  const serviceId = requireHexId(fields.text('service_id'), 'body', 'service_id');
  fields.text('service_version_set_name');
  const message = fields.text('initial_message')?.trim();
  const type = fields.text('initial_message_type');
  if ((message === undefined) !== (type === undefined))
    throw fields.wrong('initial_message_type', 'Belongs with initial_message, and only with it');
  if (message === '') throw fields.wrong('initial_message', 'At least 1 character', 'string_too_short');
  if (type !== undefined) fields.choice('initial_message_type', ['user-message', 'external-event']);
  return { serviceId, message, type };
}
