import { nothing } from 'lit';
import type { ReactiveController } from 'lit';
import type { AmigoChat } from './amigo-chat.js';
import type { AgentMessage } from './conversation/state.js';
import type { Wish } from './elements/request.js';
import type { Strings } from './i18n/strings.js';
import type { More } from './more.js';

/** A button of a reply, rendered. */
export type MessageButton = (message: AgentMessage) => unknown;

export interface MorePorts {
  readonly chat: AmigoChat;
  readonly words: () => { readonly strings: Strings; readonly locale: string; readonly dir: string };
  readonly announce: (text: string) => void;
  /** Whether there is a conversation, and it may be seen. */
  readonly hasTalk: () => boolean;
}

/** Brings the rest of the menu when it is first opened, or where the page wants replies read out. */
export class MoreMenu implements ReactiveController {
  private more: More | undefined;
  private loading: Promise<void> | undefined;

  constructor(private readonly ports: MorePorts) {
    ports.chat.addController(this);
  }

  hostUpdate(): void {
    if (this.ports.chat.readAloud) this.load();
  }

  /** The menu was opened, or something in it was chosen. */
  use(wish: Wish | undefined): void {
    if (wish) this.more?.act(wish);
    else this.load();
  }

  /** What stands in the menu; nothing until it has come. */
  render(): unknown {
    return this.more?.render() ?? nothing;
  }

  /** What every reply gets; nothing where nobody wants it. */
  get messageButton(): MessageButton | undefined {
    return this.more?.messageButton;
  }

  /** Where it could not be fetched, the next opening tries again. */
  private load(): void {
    this.loading ??= import('./more.js').then(
      ({ More }) => {
        this.more = new More(this.ports);
        this.ports.chat.requestUpdate();
      },
      () => {
        this.loading = undefined;
      },
    );
  }
}
