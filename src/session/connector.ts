import { conversationError } from '../conversation/error.js';
import type { ConversationError, ErrorCode } from '../conversation/error.js';
import type { SessionOpened } from '../conversation/event.js';
import type { Cancel, Clock } from '../lib/clock.js';
import { Disposer } from '../lib/disposer.js';
import type { Surface } from '../protocol/surface.js';
import type { Random } from '../transport/backoff.js';
import type { Environment, Signal } from '../transport/environment.js';
import { ConnectGate } from './connect-gate.js';
import type { LinkEnd, LinkObserver } from './link.js';
import { RetryPolicy } from './retry-policy.js';
import type { Decision } from './retry-policy.js';
import type { TokenSource } from './token-source.js';

export interface ConnectorOptions {
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  /** The conversation id that was sent is of no use any more. */
  readonly forgetConversation: () => void;
}

/** Errors that whoever set up the page has to mend, and which attributes to look at. */
const SUBJECTS: Partial<Record<ErrorCode, keyof Surface['attributes']>> = {
  'invalid-attribute': 'address',
  'not-found': 'ids',
  'refused-request': 'ids',
};

/** A session counts as healthy once it has been open this long; until then the retry counts go on. */
const HEALTHY_AFTER = 3_000;

/**
 * What every link goes through to get connected and to stay it, whatever it connects: the waits, the token, the
 * counting of failures and what they mean, and telling how things stand. One lifetime from {@link begin} to
 * {@link end}.
 */
export class Connector {
  /** Owns every timer and listener of the time between begin and end. */
  lifetime = new Disposer();
  readonly policy: RetryPolicy;
  private gate: ConnectGate;
  private isOpen = false;
  private everOpen = false;
  private health: Cancel | undefined;

  constructor(
    private readonly options: ConnectorOptions & { readonly surface: Pick<Surface, 'attributes'> },
    private readonly observer: LinkObserver,
    /** Lets go of whatever the link has open. */
    private readonly shut: () => void,
  ) {
    this.policy = new RetryPolicy(options.random);
    this.gate = this.newGate();
  }

  /** Whether a session is open. */
  get open(): boolean {
    return this.isOpen;
  }

  begin(onSignal: (signal: Signal) => void): void {
    this.lifetime = new Disposer();
    this.gate = this.newGate();
    // Somebody asked: what failed before is no reason to give up sooner now.
    this.policy.startAnew();
    this.lifetime.add(this.options.environment.observe(onSignal));
    this.report();
  }

  end(): void {
    this.isOpen = false;
    this.lifetime.dispose();
  }

  /** Ends the wait before the next attempt. */
  hurry(): void {
    this.gate.hurry();
  }

  /** Lets no attempt through until {@link resume}. */
  pause(): void {
    this.gate.pause();
  }

  resume(): void {
    this.gate.resume();
  }

  /** A token for the next attempt, after every wait it has to wait. Never rejects; never resolves once ended. */
  async token(accepts: (token: string) => boolean = () => true): Promise<string> {
    for (;;) {
      const { lifetime } = this;
      await this.gate.pass();
      const answer = await this.options.tokens.forConnect(this.policy.suspectsToken ? 'rejected' : 'connect');
      if (lifetime.disposed) return new Promise(() => undefined);
      if (!answer.ok) this.act(this.policy.tokenFailed(answer.error));
      else if (!accepts(answer.token.token)) this.fail(invalidToken(this.options.tokens.name));
      else {
        if (answer.token.subject !== undefined) this.observer.subject(answer.token.subject);
        // Telling whose token it is may have ended this link.
        if (!lifetime.disposed) return answer.token.token;
      }
      if (lifetime.disposed) return new Promise(() => undefined);
    }
  }

  /** The session is open. */
  opened(event: SessionOpened): void {
    this.isOpen = true;
    this.everOpen = true;
    this.health = this.lifetime.add(
      this.options.clock.after(HEALTHY_AFTER, () => {
        this.policy.startAnew();
        this.report();
      }),
    );
    // The session first: whom it is for, and whether a greeting comes, decides what may go out once it is open.
    this.observer.event(event);
    this.report();
    this.observer.trouble(undefined);
  }

  /** The session is gone; what that means is for a {@link Decision} to say. */
  closed(): void {
    this.isOpen = false;
    this.health?.();
  }

  act(decision: Decision): void {
    if (decision.next === 'end') this.stop({ reason: 'ended', announced: false });
    else if (decision.next === 'fail') this.fail(decision.error);
    else if (decision.next === 'reauthenticate') this.stop({ reason: 'signed-out', error: decision.error });
    else {
      if (decision.forgetConversation) this.options.forgetConversation();
      this.gate.delay(decision.delay);
      this.report();
      this.observer.trouble(decision.error);
    }
  }

  stop(end: LinkEnd): void {
    this.shut();
    this.observer.stopped(end);
  }

  private fail(error: ConversationError): void {
    const which = SUBJECTS[error.code];
    const named = which ? { subject: this.options.surface.attributes[which] } : {};
    this.stop({ reason: 'failed', error: { ...error, ...named } });
  }

  /** Tells how things stand. */
  report(): void {
    const trying = this.everOpen || this.policy.attempt > 0 ? 'reconnecting' : 'connecting';
    const offline = !this.options.environment.online;
    this.observer.status(this.isOpen ? 'open' : trying, this.policy.attempt, offline);
  }

  private newGate(): ConnectGate {
    const { clock, environment, tokens } = this.options;
    return new ConnectGate({
      clock,
      environment,
      tokens,
      lifetime: this.lifetime,
      tokenSourceMissing: () => {
        this.observer.trouble(
          conversationError('configuration', 'missing-token-source', { retryable: false }),
        );
      },
    });
  }
}

function invalidToken(subject: string): ConversationError {
  return conversationError('authentication', 'token-invalid', {
    severity: 'fatal',
    retryable: false,
    subject,
  });
}
