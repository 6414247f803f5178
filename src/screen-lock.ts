import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { IdleWatch } from './idle-watch.js';
import { systemClock } from './lib/clock.js';
import type { Cancel } from './lib/clock.js';
import { Disposer } from './lib/disposer.js';
import { decodeLockMessage } from './protocol/tabs/lock.js';
import type { LockMessage, LockReason, Whose } from './protocol/tabs/lock.js';
import { pageChannel } from './transport/tabs.js';
import type { TabChannel } from './transport/tabs.js';

/** Signs that somebody is there. */
const ACTIVITY = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'];
/** Other tabs hear of it at most this often. */
const TELL_EVERY = 5_000;

export interface ScreenLockOptions {
  /** Minutes of nobody being there after which the lock falls; 0: never. */
  readonly minutes: () => number;
  /** Whether there is anything to hide. */
  readonly worthwhile: () => boolean;
  readonly warned: () => void;
  /** Whom the widget speaks for. */
  readonly whose: () => Whose;
  /** Logout, asked for here or in another tab: nothing of the last person may stay. */
  readonly reset: () => void;
}

/**
 * Whether the conversation may be seen. What the page asks for, `lock`, `unlock` and `reset`, acts in every tab of
 * the origin at once; so does activity, which keeps the idle lock away. A person who proves who they are sees their
 * own conversation again, in every tab, and nobody else's. A tab that is opened later asks the others.
 */
export class ScreenLock implements ReactiveController {
  /** Why nothing is shown; undefined while all is. */
  reason: LockReason | undefined;
  /** The lock is about to fall. */
  warning = false;
  private channel: TabChannel | undefined;
  private lifetime = new Disposer();
  private minutes = 0;
  private told = 0;
  private activity: Cancel | undefined;
  private readonly idle: IdleWatch;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: ScreenLockOptions,
  ) {
    host.addController(this);
    this.idle = new IdleWatch(systemClock, {
      warn: (on) => {
        this.warn(on);
      },
      fall: () => {
        this.fall();
      },
    });
  }

  hostConnected(): void {
    this.lifetime = new Disposer();
    this.channel = pageChannel('amigo-chat', (data) => {
      this.receive(data);
    });
    this.post({ type: 'who' });
  }

  hostDisconnected(): void {
    this.lifetime.dispose();
    this.idle.stop();
    this.minutes = 0;
    this.channel?.close();
    this.channel = undefined;
  }

  hostUpdate(): void {
    const minutes = this.reason || this.lifetime.disposed ? 0 : this.options.minutes();
    if (minutes === this.minutes) return;
    this.minutes = minutes;
    if (minutes > 0) this.watch(minutes);
    else {
      this.activity?.();
      this.idle.stop();
    }
  }

  lock(reason: LockReason): void {
    this.set(reason);
    this.tell();
  }

  /** @param whose whose conversations may be seen again; everybody's, where it is left out */
  unlock(whose: Whose = {}): void {
    this.set(undefined);
    this.post({ type: 'unlock', ...whose });
  }

  /** "Show my chat", by the person this widget speaks for. */
  show(): void {
    this.unlock(this.options.whose());
  }

  /** The person has signed in; what the page has locked, or nobody was there to see, stays locked. */
  lift(): void {
    if (this.reason === 'signed-out') this.show();
  }

  /** "Show my chat", by somebody who is not signed in. */
  refuse(): void {
    this.reason = 'signed-out';
    this.host.requestUpdate();
  }

  reset(): void {
    this.post({ type: 'reset' });
    this.forget();
  }

  /** "Keep it open". */
  readonly stay = (): void => {
    this.idle.touch();
    const now = systemClock.now();
    if (now - this.told < TELL_EVERY && !this.warning) return;
    this.told = now;
    this.post({ type: 'active' });
  };

  private watch(minutes: number): void {
    this.activity?.();
    const listening = new Disposer();
    const options = { capture: true, passive: true };
    for (const type of ACTIVITY) {
      addEventListener(type, this.stay, options);
      listening.add(() => {
        removeEventListener(type, this.stay, options);
      });
    }
    listening.listen(document, 'visibilitychange', () => {
      this.idle.check();
    });
    this.activity = this.lifetime.add(() => {
      listening.dispose();
    });
    this.idle.start(minutes * 60_000);
  }

  private warn(on: boolean): void {
    this.warning = on && this.options.worthwhile();
    if (this.warning) this.options.warned();
    this.host.requestUpdate();
  }

  private fall(): void {
    if (this.options.worthwhile()) this.lock('idle');
    else this.idle.check();
  }

  private forget(): void {
    this.set(undefined);
    this.options.reset();
  }

  private set(reason: LockReason | undefined): void {
    // What the page has locked, only the page unlocks; and a sign-in is no sign that somebody is there.
    if (reason && (this.reason === 'host' || (this.reason && reason === 'signed-out'))) return;
    this.reason = reason;
    this.warning = false;
    this.host.requestUpdate();
  }

  private receive(data: unknown): void {
    const message = decodeLockMessage(data);
    if (!message || !this.concerns(message)) return;
    if (message.type === 'lock') this.set(message.reason);
    else if (message.type === 'unlock') this.set(undefined);
    else if (message.type === 'reset') this.forget();
    else if (message.type === 'active') this.idle.touch();
    else this.tell();
  }

  /** Tells the others why nothing is to be seen. */
  private tell(): void {
    const { reason } = this;
    if (reason) this.post({ type: 'lock', reason, ...(reason === 'host' ? {} : this.options.whose()) });
  }

  /** Whether what is said is for this widget too: not where it is known to speak for somebody else. */
  private concerns({ entity, subject }: Whose): boolean {
    const mine = this.options.whose();
    const same = (one?: string, other?: string): boolean => !one || !other || one === other;
    return subject && mine.subject ? subject === mine.subject : same(entity, mine.entity);
  }

  private post(message: LockMessage): void {
    this.channel?.post(message);
  }
}
