import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatController } from './chat-controller.js';
import type { LeftAlone } from './left-alone.js';

/** `finish-after`: what watches over a conversation that is left alone is fetched where the page asks for it. */
export class FinishAfter implements ReactiveController {
  /** The conversation is about to be finished. */
  warning = false;
  private watch: LeftAlone | undefined;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly chat: Pick<ChatController, 'state' | 'finishAfter' | 'command'>,
    /** Tells the person. */
    private readonly warned: () => void,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const { finishAfter: minutes, state } = this.chat;
    if (minutes > 0 && this.host.isConnected) this.loading ??= this.load();
    else this.hostDisconnected();
    this.watch?.review(state, minutes);
  }

  hostDisconnected(): void {
    this.watch?.dispose();
    this.watch = undefined;
    this.loading = undefined;
  }

  /** "Keep it open". */
  readonly stay = (): void => {
    this.watch?.stay();
  };

  private async load(): Promise<void> {
    const file = await import('./left-alone.js').catch(() => undefined);
    if (!file || !this.loading || this.watch) return;
    const { host, chat } = this;
    this.watch = new file.LeftAlone({
      host,
      warn: (on) => {
        this.warning = on;
        if (on) this.warned();
        host.requestUpdate();
      },
      finish: () => {
        chat.command({ type: 'end-conversation' });
      },
    });
    this.watch.review(chat.state, chat.finishAfter);
  }
}
