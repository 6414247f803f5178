import type { StarterWishes } from '../conversation/command.js';
import type { HistoryTurn } from '../conversation/event.js';
import type { Refusal } from '../protocol/http.js';
import type { Collected, Decision, Surface, Target } from '../protocol/surface.js';
import type { AuthorizedHttp } from './http-port.js';

/** What stands for "there is no such call here": nothing was asked. */
const unsupported: Refusal = { kind: 'missing', status: 0 };

/**
 * The surface that the session speaks now, and the conversation that it speaks of: the one place that knows
 * which conversation a call names.
 */
export class SurfaceInUse {
  private surface: Surface | undefined;
  /** The conversation that the host named; forgotten once it proves dead. */
  private named: string | undefined;
  /** The one that the session is in. */
  private known: string | undefined;
  private readonly base: Target;

  constructor(
    { conversationId, ...base }: Target,
    readonly http: AuthorizedHttp,
  ) {
    this.base = base;
    this.named = conversationId;
  }

  get baseUrl(): string {
    return this.base.baseUrl;
  }

  /** The conversation that the session is in. */
  get conversationId(): string | undefined {
    return this.known;
  }

  /** Milliseconds before its end from which on a token is renewed. */
  get renewBefore(): number | undefined {
    return this.surface?.renewBefore;
  }

  /** Whether what happened can be told apart from what is said. */
  get tellsEvents(): boolean {
    return this.surface?.tellsEvents === true;
  }

  use(surface: Surface): void {
    this.surface = surface;
  }

  /** What a surface is to connect to, as of now. */
  target(surface: Surface): Target {
    const id = surface.namesConversation ? (this.known ?? this.named) : this.named;
    return id === undefined ? this.base : { ...this.base, conversationId: id };
  }

  /** The session is in this conversation. */
  learn(conversationId: string): void {
    this.known = conversationId;
  }

  /** Whatever comes next is another conversation. */
  forget(): void {
    this.named = undefined;
    this.known = undefined;
  }

  async starters(wishes: StarterWishes): Promise<readonly string[]> {
    const { surface, http } = this;
    return (await surface?.starters?.(http, this.target(surface), wishes)) ?? [];
  }

  async recommend(conversationId: string, turnId: string): Promise<readonly string[]> {
    const { surface, http } = this;
    return (await surface?.recommend?.(http, this.target(surface), conversationId, turnId)) ?? [];
  }

  async history(conversationId: string): Promise<readonly HistoryTurn[] | Refusal> {
    const { surface, http } = this;
    return surface ? surface.history(http, this.target(surface), conversationId) : unsupported;
  }

  /** Ends the conversation on the server, as far as it lets us: the person leaves either way. */
  async finish(conversationId: string): Promise<void> {
    const { surface, http } = this;
    await surface?.finish?.(http, this.target(surface), conversationId);
  }

  async collect(conversationId: string, key: string | undefined): Promise<Collected | Refusal> {
    const { surface, http } = this;
    return (await surface?.collect?.(http, this.target(surface), conversationId, key)) ?? unsupported;
  }

  /** Passes on a decision. Answers a refusal, or nothing where it got through. */
  async decide(conversationId: string, decision: Decision): Promise<Refusal | undefined> {
    const { surface, http } = this;
    return surface?.decide
      ? surface.decide(http, this.target(surface), conversationId, decision)
      : unsupported;
  }
}
