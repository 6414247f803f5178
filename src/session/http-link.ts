import { conversationError } from '../conversation/error.js';
import type { ServerEvent } from '../conversation/event.js';
import type { Cancel } from '../lib/clock.js';
import { createUuid } from '../lib/uuid.js';
import { unreachable, wasNotTaken } from '../protocol/http.js';
import type { Exchange, HttpPort, Refusal } from '../protocol/http.js';
import type { HttpSurface, Saying, SayOptions, Target } from '../protocol/surface.js';
import type { Signal } from '../transport/environment.js';
import { Connector } from './connector.js';
import type { ConnectorOptions } from './connector.js';
import { Drain } from './drain.js';
import type { Link, LinkObserver } from './link.js';

export interface HttpLinkOptions extends ConnectorOptions {
  readonly surface: HttpSurface;
  readonly target: () => Target;
  /** A port that the signal ends. */
  readonly port: (signal: AbortSignal) => HttpPort;
  /** Whether the server wants messages named (protocol §c, Version 2). */
  readonly receipts: () => boolean;
  /** Hands over what a new conversation may begin with, if there is something. */
  readonly firstWords: () => Saying | undefined;
  /** Ends the conversation on the server. */
  readonly finish: (conversationId: string) => Promise<void>;
}

/** "Busy" is tried again after this … */
const BUSY_PAUSE = 1_000;
/** … and so often (protocol C13). */
const BUSY_TRIES = 3;
/** How long to wait after a 429 that names no time. */
const TOO_MANY_PAUSE = 5_000;

const ends = ({ type }: ServerEvent): boolean =>
  type === 'turn.completed' || type === 'turn.failed' || type === 'session.ended';

/**
 * A surface of requests, made to look like a connection: "open" means that the conversation is known and the
 * last request got through. One exchange is under way at a time. What may have reached the server is never
 * posted again; what certainly was not taken goes back to the queue.
 */
export class HttpLink implements Link {
  private current: AbortController | undefined;
  private active = false;
  private conversationId: string | undefined;
  private busy = 0;
  private hold: Cancel | undefined;
  private readonly drain: Drain;
  /** The name of the message that was last refused, for when it comes again. */
  private refused: { readonly text: string; readonly key: string } | undefined;
  private readonly connector: Connector;

  constructor(
    private readonly options: HttpLinkOptions,
    private readonly observer: LinkObserver,
  ) {
    this.drain = new Drain(options.clock);
    this.connector = new Connector(options, observer, () => {
      this.close();
    });
  }

  open(): void {
    if (this.active) return;
    this.active = true;
    this.observer.surface(this.options.surface);
    this.connector.begin((signal) => {
      this.onSignal(signal);
    });
    void this.connect();
  }

  hurry(): void {
    this.connector.hurry();
  }

  send({ text, event }: Saying): boolean {
    const { conversationId, options } = this;
    const ready = this.connector.open && !this.current && !this.hold && options.environment.online;
    if (!ready || conversationId === undefined) return false;
    const key = this.refused?.text === text ? this.refused.key : createUuid();
    this.refused = undefined;
    void this.say(conversationId, text, { key, ...(event ? { event } : {}) });
    return true;
  }

  turn(): void {
    // Silence within a stream is measured where the stream is read.
  }

  /** The conversation is not tied to the exchange: dropping that is enough. */
  abandon(): void {
    if (!this.connector.open) return;
    this.current?.abort();
    this.current = undefined;
    this.observer.ready();
  }

  async end(conversationId: string | undefined): Promise<void> {
    this.close();
    if (conversationId !== undefined) await this.options.finish(conversationId);
  }

  close(): void {
    this.active = false;
    this.current?.abort();
    this.current = undefined;
    this.drain.stop();
    this.release();
    this.connector.end();
  }

  private async connect(): Promise<void> {
    await this.connector.token();
    const { surface } = this.options;
    const target = this.options.target();
    const control = this.begin();
    const anew = surface.takesFirstWords === true && target.conversationId === undefined;
    const first = anew ? this.options.firstWords() : undefined;
    const refusal = await this.follow(surface.open(this.portOf(control), target, first), control);
    const cut = this.current === control;
    if (cut) this.current = undefined;
    if (control.signal.aborted) return;
    if (this.connector.open) {
      if (first && cut) this.onCut();
      else this.observer.ready();
    } else {
      const why: Refusal = refusal ?? unreachable;
      if (first) this.observer[wasNotTaken(why) ? 'returned' : 'lost']();
      this.connector.act(this.connector.policy.refused(why, target.conversationId !== undefined));
      this.again();
    }
  }

  private async say(
    conversationId: string,
    text: string,
    { key, ...rest }: SayOptions & { key: string },
  ): Promise<void> {
    const { options } = this;
    const control = this.begin();
    const named = options.receipts() ? { key, ...rest } : rest;
    const exchange = options.surface.say(this.portOf(control), options.target(), conversationId, text, named);
    const refusal = await this.follow(exchange, control);
    if (this.current !== control) return;
    this.current = undefined;
    if (control.signal.aborted) return;
    if (!refusal) this.onCut();
    else {
      this.refused = { text, key };
      this.onRefused(refusal);
    }
  }

  private begin(): AbortController {
    this.current?.abort();
    this.drain.stop();
    const control = new AbortController();
    this.current = control;
    return control;
  }

  private portOf({ signal }: AbortController): HttpPort {
    return this.options.port(signal);
  }

  /** Passes on the events of an exchange. Its end frees the link at once; the stream itself gets a moment more. */
  private async follow(exchange: Exchange, control: AbortController): Promise<Refusal | undefined> {
    for (;;) {
      const step = await exchange.next();
      if (control.signal.aborted) return undefined;
      if (step.done) return step.value;
      const event = step.value;
      if (ends(event) && this.current === control) {
        this.current = undefined;
        this.busy = 0;
        this.drain.begin(control, this.connector.lifetime);
      }
      this.onEvent(event);
    }
  }

  private onEvent(event: ServerEvent): void {
    if (event.type === 'session.opened') {
      this.conversationId = event.conversationId ?? this.conversationId;
      this.connector.opened(event);
      return;
    }
    // What was handed over to begin with was not taken.
    if (event.type === 'session.conflict') this.observer.returned();
    this.observer.event(event);
    if (event.type === 'session.ended') this.connector.stop({ reason: 'ended', announced: true });
    if (event.type === 'session.conflict') this.connector.stop({ reason: 'undecided' });
    if (event.type === 'turn.failed' && event.discarded) this.onDiscarded();
  }

  /** Nothing is left of the conversation. What is said next begins another. */
  private onDiscarded(): void {
    this.conversationId = undefined;
    this.options.forgetConversation();
    this.connector.stop({ reason: 'idle' });
  }

  /** The stream broke off in the middle of a turn: never posted again, looked up instead. */
  private onCut(): void {
    this.reconnect(unreachable, () => {
      this.fail(conversationError('server', 'reply-interrupted', { detail: 'stream_interrupted' }), false);
    });
  }

  /** What becomes of a message that was refused, and of the link (protocol §c, Errors; design, the promise). */
  private onRefused(refusal: Refusal): void {
    const detail = String(refusal.status);
    switch (refusal.kind) {
      case 'unreachable':
        this.reconnect(refusal, () => {
          this.observer.lost();
        });
        break;
      case 'unsent':
      case 'signed-out':
      case 'forbidden':
      case 'missing':
        // Back in the queue first: where this is the end, what waits is told so.
        this.connector.closed();
        this.observer.returned();
        this.reconnect(refusal);
        break;
      case 'busy':
        this.onBusy(detail);
        break;
      case 'too-many':
        this.wait(refusal.retryAfter ?? TOO_MANY_PAUSE);
        break;
      case 'closed':
        this.connector.closed();
        this.observer.returned();
        this.onEvent({ type: 'session.ended', reason: 'completed' });
        break;
      case 'failed':
      case 'unreadable':
        this.fail(conversationError('server', 'server-unavailable', { detail }), false);
        break;
      case 'invalid':
        this.fail(conversationError('send', 'message-refused', { retryable: false, detail }), true);
        break;
    }
  }

  private fail(error: ReturnType<typeof conversationError>, rolledBack: boolean): void {
    this.observer.event({ type: 'turn.failed', error, rolledBack });
  }

  private onBusy(detail: string): void {
    this.busy += 1;
    if (this.busy <= BUSY_TRIES) this.wait(BUSY_PAUSE);
    else {
      this.busy = 0;
      this.fail(conversationError('server', 'server-unavailable', { detail }), true);
    }
  }

  /** The message goes back to the queue, and nothing leaves for a while. */
  private wait(milliseconds: number): void {
    this.hold = this.connector.lifetime.add(
      this.options.clock.after(milliseconds, () => {
        this.release();
        this.observer.ready();
      }),
    );
    this.observer.returned();
  }

  private release(): void {
    this.hold?.();
    this.hold = undefined;
  }

  /** The conversation was open and is not any more. What that leaves behind is told once it is known. */
  private reconnect(refusal: Refusal, tell?: () => void): void {
    this.connector.closed();
    this.connector.act(this.connector.policy.refused(refusal, true));
    tell?.();
    this.again();
  }

  private again(): void {
    if (this.active) void this.connect();
  }

  private onSignal(signal: Signal): void {
    if (signal === 'pagehide') this.onPageHidden();
    if (signal === 'pageshow') this.connector.resume();
    if (signal !== 'offline' && signal !== 'pagehide') {
      this.hurry();
      this.observer.ready();
    }
    this.connector.report();
  }

  /** A page that leaves cuts its requests off; one that comes back from the cache looks what became of them. */
  private onPageHidden(): void {
    this.connector.pause();
    if (!this.current || !this.connector.open) return;
    this.current.abort();
    this.current = undefined;
    this.reconnect(unreachable, () => {
      this.observer.lost();
    });
  }
}
