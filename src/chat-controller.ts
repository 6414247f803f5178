import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { beginSession } from './begin-session.js';
import { identityOf } from './config.js';
import type { Config } from './config.js';
import type { Command } from './conversation/command.js';
import { initialState } from './conversation/state.js';
import type { ConversationState } from './conversation/state.js';
import type { keepHistory } from './kept-history.js';
import { forgetKept } from './kept-slot.js';
import { systemClock } from './lib/clock.js';
import type { Cancel } from './lib/clock.js';
import { FrameScheduler } from './lib/frame.js';
import type { Whose } from './protocol/tabs/lock.js';
import type { SessionListener } from './session/conversation-session.js';
import { routes } from './session/surfaces.js';
import type { TabSession } from './session/tabs/tab-session.js';
import { TokenSource, tokenFromUrl } from './session/token-source.js';
import type { GetToken } from './session/token-source.js';

/**
 * Holds the conversation that the element's attributes call for. It begins a session when one is wanted, ends
 * it when the identity changes or the element leaves the page, and asks for at most one render per frame.
 */
export class ChatController implements ReactiveController {
  private session: TabSession | undefined;
  private suggestions: Command | undefined;
  private config: Config | undefined;
  /** The last valid one: between two persons the attributes may be invalid for a moment. */
  private last: Config | undefined;
  /** Its name is not the function's: the build shortens private names, and stops where a file exports one. */
  private keeper: typeof keepHistory | undefined;
  private waiting: Command[] = [];
  /** Whether this tab's storage was ever to be used. */
  private keeps = false;
  private unsubscribe: Cancel | undefined;
  private leaving: Cancel | undefined;
  private tokenProvider: { readonly url: string; readonly getToken: GetToken } | undefined;
  /** Asked for while nothing may connect, in order. */
  private held: Command[] = [];
  private readonly tokens = new TokenSource(systemClock);
  private readonly frames: FrameScheduler;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly listener: SessionListener,
    /** The last person's conversation has left the screen. */
    private readonly cleared: (entityChanged: boolean) => void,
    /** Whether anything may connect, or be asked of the server, now. */
    private readonly mayConnect: () => boolean = () => true,
  ) {
    host.addController(this);
    this.frames = new FrameScheduler(() => {
      host.requestUpdate();
    });
  }

  get state(): ConversationState {
    return this.session?.state ?? initialState(routes[this.config?.transport ?? 'auto'].surface.name);
  }

  /** Minutes after which a conversation left alone is finished; 0: never. */
  get finishAfter(): number {
    return this.config?.finishAfter ?? 0;
  }

  /** Whom the conversation is for. */
  get whose(): Whose {
    return { entity: this.last?.entityId, subject: this.session?.person };
  }

  hostConnected(): void {
    this.leaving?.();
    this.leaving = undefined;
  }

  /** Taken down one task later, so that an element that is only moved keeps its conversation. */
  hostDisconnected(): void {
    this.leaving = systemClock.after(0, () => {
      this.leaving = undefined;
      this.end();
    });
  }

  /** Takes the attributes as they are now. Undefined: they are not valid, and nothing is talked to. */
  configure(config: Config | undefined, getToken: GetToken | undefined): void {
    const { last } = this;
    this.config = config;
    this.last = config ?? last;
    this.keeps ||= config?.history === 'session';
    this.tokens.use(getToken ?? this.fromUrl(config?.tokenUrl), getToken ? 'getToken' : 'token-url');
    if (!last || (config && identityOf(last) === identityOf(config))) return;
    this.forget();
    this.cleared(config !== undefined && last.entityId !== config.entityId);
  }

  /** Connects where a configuration stands; idempotent. */
  connect(): void {
    this.command({ type: 'connect' });
  }

  /** Suggestions are wanted, now and in every conversation to come. */
  suggest(command: Extract<Command, { type: 'suggest' }>): void {
    this.suggestions = command;
    if (this.session) this.command(command);
  }

  /** Nothing may connect any more, until {@link resume}. */
  pause(): void {
    this.session?.command({ type: 'disconnect' });
  }

  /** Does what was asked for meanwhile. @param connect whether to connect in any case */
  resume(connect: boolean): void {
    if (connect) this.connect();
    for (const command of this.held.splice(0)) this.command(command);
  }

  /** Passes a command on, or keeps it for {@link resume}. False where there is no valid configuration to act on. */
  command(command: Command): boolean {
    if (!this.mayConnect() && command.type !== 'disconnect') return this.hold(command);
    if (this.config?.history === 'session' && !this.keeper) return this.waitForKept(command);
    const session = this.session ?? this.begin(command.type !== 'disconnect');
    session?.command(command);
    return session !== undefined;
  }

  private hold(command: Command): boolean {
    // What has not begun need not be ended first, and must not take along what waits.
    const idle =
      !this.session && (command.type === 'new-conversation' || command.type === 'end-conversation');
    if (this.config && !idle) this.held.push(command);
    return this.config !== undefined;
  }

  /** A conversation that is kept in the tab begins once the code that keeps it is there, or could not be had. */
  private waitForKept(command: Command): true {
    this.waiting.push(command);
    if (this.waiting.length > 1) return true;
    const begin = (keep?: typeof keepHistory): void => {
      this.keeper = keep ?? (() => () => undefined);
      for (const waiting of this.waiting.splice(0)) this.command(waiting);
    };
    import('./kept-history.js').then(
      ({ keepHistory }) => {
        begin(keepHistory);
      },
      () => {
        begin();
      },
    );
    return true;
  }

  private begin(wanted: boolean): TabSession | undefined {
    if (!this.config || !wanted) return undefined;
    const { config } = this;
    const session = beginSession(config, this.tokens);
    const keep = config.history === 'session' && this.keeper?.(identityOf(config), () => session.person);
    this.unsubscribe = session.subscribe((state, previous, event) => {
      this.frames.request();
      this.listener(state, previous, event);
      if (event.type === 'conversation.cleared' && event.otherPerson) this.cleared(true);
      if (keep)
        keep(state, event, (turns) => {
          session.command({ type: 'restore', turns });
        });
    });
    this.session = session;
    if (this.suggestions) session.command(this.suggestions);
    return session;
  }

  /** Asks the page's token source whom it speaks for now, compared with whose conversation this is. */
  async whoIsThere(): Promise<'same' | 'other' | 'unknown'> {
    const known = this.session?.person;
    const answer = await this.tokens.forConnect('expired');
    if (!answer.ok) return 'unknown';
    const { subject = known } = answer.token;
    return known === undefined || subject === known ? 'same' : 'other';
  }

  /** Ends the session at hand; nothing of it is sent or shown after this. */
  end(): void {
    this.unsubscribe?.();
    this.frames.cancel();
    this.session?.dispose();
    this.session = undefined;
    this.held = [];
    this.waiting = [];
    this.tokens.forget();
    this.host.requestUpdate();
  }

  /** Ends it for good: what this tab keeps of it goes too. */
  forget(): void {
    this.end();
    if (this.keeps) forgetKept();
  }

  private fromUrl(url: string | undefined): GetToken | undefined {
    if (url === undefined) return undefined;
    if (this.tokenProvider?.url !== url) {
      const getToken = tokenFromUrl(url, (...request) => fetch(...request), systemClock);
      this.tokenProvider = { url, getToken };
    }
    return this.tokenProvider.getToken;
  }
}
