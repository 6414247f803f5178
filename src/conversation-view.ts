import { html, nothing } from 'lit';
import type { ConversationError } from './conversation/error.js';
import type { ConversationState } from './conversation/state.js';
import './elements/approval.js';
import './elements/choice.js';
import './elements/composer.js';
import './elements/error-banner.js';
import './elements/message-list.js';
import './elements/quick-replies.js';
import type { Strings } from './i18n/strings.js';
import type { MessageButton } from './more-menu.js';

/** What is shown of a conversation, besides its state. */
export interface ConversationView {
  readonly state: ConversationState;
  /** Stands in the banner; a configuration's error before one of the conversation. */
  readonly error: ConversationError | undefined;
  readonly draft: string;
  /** The message whose text was copied last. */
  readonly copiedId: string;
  /** What is suggested to be said next. */
  readonly replies: readonly string[];
  /** A button of every reply, rendered, where one is wanted. */
  readonly messageButton: MessageButton | undefined;
  readonly strings: Strings;
  readonly locale: string;
}

/** The panel's content while it is not locked: banner, messages, what asks for an answer, composer. */
export function renderConversation(view: ConversationView): unknown {
  const { state, error, strings } = view;
  return html`
    <amigo-error-banner
      slot="banner"
      exportparts="banner"
      .error=${error}
      .connection=${state.connection}
      .strings=${strings}
    ></amigo-error-banner>
    ${state.conflict ? html`<amigo-choice slot="banner" .strings=${strings}></amigo-choice>` : nothing}
    ${renderMessages(view)} ${renderApprovals(view)} ${renderReplies(view)} ${renderComposer(view)}
  `;
}

function renderMessages({ state, copiedId, messageButton, strings, locale }: ConversationView): unknown {
  return html`<amigo-message-list
    slot="log"
    exportparts="log, message, bubble, author, time, tool"
    .items=${state.items}
    .turn=${state.turn}
    .history=${state.history}
    .copiedId=${copiedId}
    .button=${messageButton}
    .strings=${strings}
    .locale=${locale}
  >
    <slot name="empty" slot="empty"></slot>
  </amigo-message-list>`;
}

function renderApprovals({ state, strings }: ConversationView): unknown {
  return state.approvals.map(
    (approval) =>
      html`<amigo-approval
        slot="composer"
        exportparts="approval"
        .approval=${approval}
        .strings=${strings}
      ></amigo-approval>`,
  );
}

function renderReplies({ replies, strings }: ConversationView): unknown {
  if (replies.length === 0) return nothing;
  return html`<amigo-quick-replies
    slot="composer"
    exportparts="quick-reply"
    .replies=${replies}
    .strings=${strings}
  ></amigo-quick-replies>`;
}

function renderComposer({ state: { turn }, draft, strings }: ConversationView): unknown {
  return html`<amigo-composer
    slot="composer"
    exportparts="composer, input, send"
    .draft=${draft}
    .stoppable=${(turn.phase === 'waiting' || turn.phase === 'replying') && !turn.stopped}
    .strings=${strings}
  >
    <slot name="composer-actions" slot="actions"></slot>
  </amigo-composer>`;
}
