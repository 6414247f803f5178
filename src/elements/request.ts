import type { LitElement, ReactiveController } from 'lit';

/** What the person makes of a reply. */
export type FeedbackValue = 'up' | 'down';

/** What an element may ask for. Elements never act: `<amigo-chat>` turns requests into commands. */
export type Request =
  | { readonly type: 'toggle' }
  | { readonly type: 'hide' }
  /** The composer's text, exactly as typed. */
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'draft'; readonly text: string }
  /** The buttons under one of the person's messages. */
  | { readonly type: 'withdraw'; readonly id: string }
  | { readonly type: 'edit'; readonly id: string }
  | { readonly type: 'resend'; readonly id: string }
  | { readonly type: 'check'; readonly id: string }
  | { readonly type: 'confirm'; readonly id: string }
  | { readonly type: 'ask-again'; readonly id: string }
  | { readonly type: 'copy'; readonly id: string }
  /** The thumbs under a reply. */
  | { readonly type: 'feedback'; readonly id: string; readonly value: FeedbackValue }
  /** "Try now" and "Use it here" in the banner. */
  | { readonly type: 'reconnect' }
  | { readonly type: 'new-conversation' }
  | { readonly type: 'end-conversation' }
  /** The choice about an unfinished chat. */
  | { readonly type: 'continue-conversation' }
  | { readonly type: 'start-over' }
  /** A suggested reply was chosen. */
  | { readonly type: 'quick-reply'; readonly text: string }
  | { readonly type: 'dismiss-error' }
  /** "Check again" in the banner: an answer takes long. */
  | { readonly type: 'collect' }
  /** The buttons of a request for approval. */
  | { readonly type: 'decide'; readonly id: string; readonly decision: 'approve' | 'reject' }
  | { readonly type: 'stop' }
  /** Another language was picked. */
  | { readonly type: 'language'; readonly tag: string }
  /** The person agrees that the chat may connect. */
  | { readonly type: 'agree' }
  /** "Show my chat" on the lock screen. */
  | { readonly type: 'unlock' }
  /** The newest message is in view (or no longer is): what arrives while true counts as read. */
  | { readonly type: 'following'; readonly following: boolean }
  | { readonly type: 'focus-composer' }
  /** The header's menu was opened; or what was chosen in the part of it that is loaded on demand. */
  | { readonly type: 'menu'; readonly wish?: Wish };

/** What a person may choose in the menu besides what concerns the conversation itself. */
export type Wish =
  | { readonly type: 'text-size'; readonly size: number }
  | { readonly type: 'read-aloud'; readonly on: boolean }
  | { readonly type: 'stop-reading' }
  | { readonly type: 'save'; readonly format: 'text' | 'json' }
  | { readonly type: 'print' };

/**
 * A request on its way up. It bubbles but is not composed, so that it never leaves the shadow root it was
 * raised in: the host page must not see what a person typed. An element that has other elements of ours
 * inside its own shadow root passes theirs on with a {@link RequestRelay}.
 */
export class RequestEvent extends Event {
  static readonly type = 'amigo-request';
  constructor(readonly request: Request) {
    super(RequestEvent.type, { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'amigo-request': RequestEvent;
  }
}

/** Raises a request from an element. */
export function request(from: EventTarget, what: Request): void {
  from.dispatchEvent(new RequestEvent(what));
}

/** Carries requests raised inside the host's shadow root out to the tree that the host stands in. */
export class RequestRelay implements ReactiveController {
  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.renderRoot.addEventListener(RequestEvent.type, this.relay);
  }

  hostDisconnected(): void {
    this.host.renderRoot.removeEventListener(RequestEvent.type, this.relay);
  }

  private readonly relay = (event: Event): void => {
    event.stopPropagation();
    request(this.host, (event as RequestEvent).request);
  };
}
