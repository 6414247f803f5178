import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { StarterWishes } from './conversation/command.js';

/** What is said with `quick-replies`: yes or no, or the page's own. */
export type QuickReplies = boolean | readonly string[];

/** The properties of `<amigo-chat>` that classic conversations need, and those that it brought. */
export class ClassicProperties extends LitElement {
  /** With `transport="classic"`: the organization to talk to. Required there. */
  @property({ attribute: 'organization-id' }) organizationId = '';

  /** Origin of the classic API in the organization's region. Default: `https://api.amigo.ai`. */
  @property({ attribute: 'classic-base-url' }) classicBaseUrl = '';

  /** With `transport="classic"`: which set of versions of the service answers. Default: `release`. */
  @property({ attribute: 'service-version-set' }) serviceVersionSet = '';

  /**
   * With `transport="classic"`: minutes after which a conversation is finished that nobody is at any more, one at least.
   * A warning comes 30 s before, and any key puts the end off. 0: never; such a conversation then waits to be resumed.
   */
  @property({ type: Number, attribute: 'finish-after' }) finishAfter = 0;

  /**
   * Buttons with what the person may want to say next. The attribute asks the platform for them (classic only);
   * as a property it may be the page's own texts, on any surface.
   */
  @property({
    attribute: 'quick-replies',
    converter: { fromAttribute: (value: string | null): boolean => value !== null },
  })
  quickReplies: QuickReplies = false;

  /** With `transport="classic"` and `quick-replies`: what conversation starters are asked with. */
  @property({ attribute: false }) starters: StarterWishes | undefined;
}
