import type { Cancel, Clock } from '../lib/clock.js';
import type { Disposer } from '../lib/disposer.js';
import type { Environment } from '../transport/environment.js';
import type { TokenSource } from './token-source.js';

/** A missing token source is waited for this long before it is named. */
const TOKEN_SOURCE_PATIENCE = 5_000;

export interface ConnectGateOptions {
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'online'>;
  readonly tokens: Pick<TokenSource, 'available' | 'whenAvailable'>;
  /** The open lifetime of the link: its end takes every timer of the gate with it. */
  readonly lifetime: Disposer;
  readonly tokenSourceMissing: () => void;
}

/**
 * Everything that an attempt to connect waits for: the backoff, the browser being online, the page being
 * shown, somebody to ask for a token. {@link pass} resolves when all of it is given, and never once the
 * lifetime is over.
 */
export class ConnectGate {
  private due = 0;
  private paused = false;
  private wake: Cancel | undefined;

  constructor(private readonly options: ConnectGateOptions) {}

  /** Makes the next attempt wait. */
  delay(milliseconds: number): void {
    this.due = milliseconds;
  }

  /** Ends the wait at hand, as far as the browser and the page allow. */
  hurry(): void {
    if (this.clear) this.wake?.();
  }

  /** Lets nothing through until {@link resume}. */
  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  async pass(): Promise<void> {
    if (this.due > 0) await this.backoff(this.due);
    this.due = 0;
    // Time spent offline or hidden is neither tried nor counted.
    while (!this.clear) await this.untilWoken();
    if (!this.options.tokens.available) await this.untilTokenSource();
  }

  private get clear(): boolean {
    return this.options.environment.online && !this.paused;
  }

  private backoff(milliseconds: number): Promise<void> {
    const { clock, lifetime } = this.options;
    return new Promise((resolve) => {
      const cancel = lifetime.add(clock.after(milliseconds, resolve));
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }

  private untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async untilTokenSource(): Promise<void> {
    const { clock, lifetime, tokens, tokenSourceMissing } = this.options;
    const cancel = lifetime.add(clock.after(TOKEN_SOURCE_PATIENCE, tokenSourceMissing));
    await new Promise<void>((resolve) => {
      lifetime.add(tokens.whenAvailable(resolve));
    });
    cancel();
  }
}
