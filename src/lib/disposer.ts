import type { Cancel } from './clock.js';

/** Everything that one lifetime has to undo: whoever starts a timer or a listener adds its end here. */
export class Disposer {
  private readonly cancels = new Set<Cancel>();
  private over = false;

  /** True once {@link dispose} has run; nothing may be started after that. */
  get disposed(): boolean {
    return this.over;
  }

  /** Keeps a cancel for the end. Returns it, wrapped so that an early call also forgets it. */
  add(cancel: Cancel): Cancel {
    if (this.over) {
      cancel();
      return cancel;
    }
    const once = (): void => {
      if (this.cancels.delete(once)) cancel();
    };
    this.cancels.add(once);
    return once;
  }

  /** Listens until disposed. */
  listen(target: EventTarget, type: string, listener: (event: Event) => void): Cancel {
    target.addEventListener(type, listener);
    return this.add(() => {
      target.removeEventListener(type, listener);
    });
  }

  dispose(): void {
    this.over = true;
    for (const cancel of [...this.cancels]) cancel();
  }
}
