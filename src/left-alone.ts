import type { ConversationState } from './conversation/state.js';
import { FinishWatch } from './finish-watch.js';
import { systemClock } from './lib/clock.js';
import { Disposer } from './lib/disposer.js';
import { pageChannel } from './transport/tabs.js';

/** Signs that somebody is at the conversation. */
const ACTIVITY = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'];
/** Other tabs hear of it at most this often. */
const TELL_EVERY = 5_000;
/** All that the tabs say to each other. */
const ACTIVE = 'active';

export interface LeftAloneOptions {
  /** What somebody touches who is at the conversation. */
  readonly host: EventTarget;
  readonly warn: (on: boolean) => void;
  readonly finish: () => void;
}

/**
 * Finishes a conversation that nobody is at any more (`finish-after`): no key, finger, pointer or wheel on the widget
 * and no word of either side, in any tab of the origin. While the warning stands, any key on the page counts too. It
 * owns the watch with its timer, and every listener, from its making to {@link dispose}.
 */
export class LeftAlone {
  private readonly lifetime = new Disposer();
  private readonly watch: FinishWatch;
  private readonly channel = pageChannel('amigo-chat finish', (data) => {
    if (data === ACTIVE) this.watch.touch();
  });
  private warning = false;
  private told = 0;
  private items: ConversationState['items'] = [];

  constructor({ host, warn, finish }: LeftAloneOptions) {
    this.watch = new FinishWatch(systemClock, {
      warn: (on) => {
        this.warning = on;
        warn(on);
      },
      finish,
    });
    for (const type of ACTIVITY) this.listen(host, type, this.stay);
    this.listen(window, 'keydown', () => {
      if (this.warning) this.stay();
    });
    this.lifetime.add(() => {
      this.watch.stop();
      this.channel?.close();
    });
  }

  /** How the conversation stands now. What is under way is not left alone, and what is over needs no end. */
  review({ connection, turn, items }: ConversationState, minutes: number): void {
    if (items !== this.items) this.watch.touch();
    this.items = items;
    if (connection.status === 'open' && turn.phase === 'idle') this.watch.start(minutes * 60_000);
    else this.watch.stop();
  }

  /** "Keep it open". */
  readonly stay = (): void => {
    const urgent = this.warning;
    this.watch.touch();
    const now = systemClock.now();
    if (now - this.told < TELL_EVERY && !urgent) return;
    this.told = now;
    this.channel?.post(ACTIVE);
  };

  /** On the way down: what our own elements or the page keep to themselves is a sign all the same. */
  private listen(target: EventTarget, type: string, listener: () => void): void {
    const options = { capture: true, passive: true };
    target.addEventListener(type, listener, options);
    this.lifetime.add(() => {
      target.removeEventListener(type, listener, options);
    });
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}
