import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { conversationError } from './conversation/error.js';
import type { ConversationError } from './conversation/error.js';
import { hasFocus } from './lib/deep-active-element.js';
import { shadowRootOf } from './lib/shadow-root.js';

export interface ConsentGateOptions {
  /** The text that the person has to agree to, by the page's own id; undefined or null: none. */
  readonly id: () => string | null | undefined;
  /** Whether the panel is on the screen. */
  readonly visible: () => boolean;
  /** They are asked anew, and were elsewhere: it has to be said. */
  readonly asked: () => void;
  /** The gate falls shut (true): nothing may connect any more. Or it opens. */
  readonly changed: (asking: boolean) => void;
  /** The gate opened where the focus was: it goes to what is shown now. */
  readonly refocus: () => void;
  /** The question could not be fetched, so that nobody can be asked. */
  readonly failed: (error: ConversationError) => void;
}

/**
 * Whether the person has agreed to what the page asks. Nothing connects while they are being asked:
 *
 * ```
 * open ──consent="v1"──▶ asking ──agree()──▶ open ──another id · reset() · another person──▶ asking
 * ```
 *
 * In memory only: a reload asks again, and each tab asks for itself. It owns no timer.
 */
export class ConsentGate implements ReactiveController {
  /** The question is to take the focus when it comes. */
  takesFocus = false;
  /** Why the question cannot be shown. Closing the popup and opening it tries again. */
  error: ConversationError | undefined;
  private agreed: string | null | undefined;
  private was = false;
  private loading: Promise<unknown> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly options: ConsentGateOptions,
  ) {
    host.addController(this);
  }

  /** True while nothing may connect. Follows the attribute at once, before any render. */
  get asking(): boolean {
    const id = this.options.id() ?? undefined;
    return id !== undefined && id !== this.agreed;
  }

  hostUpdate(): void {
    const { asking, options } = this;
    if (!options.visible()) this.rest();
    if (asking !== this.was) this.change();
    if (asking && options.visible()) this.load();
  }

  agree(): void {
    this.agreed = this.options.id();
    this.host.requestUpdate();
  }

  /** Another person is there, or may be: they are asked for themselves. */
  forget(): void {
    this.agreed = undefined;
    this.host.requestUpdate();
  }

  /** Leads the person to the question, as soon as it is there. */
  focus(): void {
    this.takesFocus = true;
    this.host.requestUpdate();
    shadowRootOf(this.host)?.querySelector('amigo-consent')?.focus();
  }

  /** The question takes the place of the conversation, or gives it back; the focus stays where the person was. */
  private change(): void {
    this.was = !this.was;
    const inside = hasFocus(this.host);
    this.takesFocus = this.was && inside;
    this.options.changed(this.was);
    if (this.was && !inside) this.options.asked();
    if (!this.was && inside) this.options.refocus();
  }

  /** The popup is closed. */
  private rest(): void {
    this.takesFocus = false;
    if (this.error) this.loading = undefined;
    this.error = undefined;
  }

  private load(): void {
    this.loading ??= import('./elements/consent.js').catch(() => {
      this.error = conversationError('configuration', 'refused-request', {
        severity: 'fatal',
        retryable: false,
      });
      this.options.failed(this.error);
      this.host.requestUpdate();
    });
  }
}
