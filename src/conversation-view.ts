import { html, nothing, type TemplateResult } from 'lit';
import type { ConversationError } from './conversation/error.js';
import type { ConversationState } from './conversation/state.js';
import './elements/composer.js';
import './elements/error-banner.js';
import './elements/message-list.js';
import type { FeedbackValue } from './elements/request.js';
import './elements/tool-event.js';
import { needThumbs } from './feedback.js';
import type { MessageLanguage } from './i18n/guess-language.js';
import type { Strings } from './i18n/strings.js';
import { onDemand } from './lib/on-demand.js';
import type { MessageButton } from './more-menu.js';

const needApproval = onDemand(() => import('./elements/approval.js'));
const needChoice = onDemand(() => import('./elements/choice.js'));
const needQuickReplies = onDemand(() => import('./elements/quick-replies.js'));

/** What is shown of a conversation, besides its state. */
export interface ConversationView {
  readonly state: ConversationState;
  /** Stands in the banner; a configuration's error before one of the conversation. */
  readonly error: ConversationError | undefined;
  readonly draft: string;
  /** The message whose text was copied last. */
  readonly copiedId: string;
  /** What the person made of replies; undefined where the page does not ask. */
  readonly feedback: ReadonlyMap<string, FeedbackValue> | undefined;
  /** What is suggested to be said next. */
  readonly replies: readonly string[];
  /** A button of every reply, rendered, where one is wanted. */
  readonly messageButton: MessageButton | undefined;
  readonly languageOf: MessageLanguage | undefined;
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
    ${state.conflict ? renderChoice(view) : nothing} ${renderMessages(view)} ${renderApprovals(view)}
    ${renderReplies(view)} ${renderComposer(view)}
  `;
}

function renderChoice({ strings }: ConversationView): unknown {
  needChoice();
  return html`<amigo-choice slot="banner" .strings=${strings}
    >${inPlace(strings.unfinished, needChoice, strings)}</amigo-choice
  >`;
}

/**
 * Stands in a card until its file has come, and for good where it cannot be fetched: what is asked is seen, and can be
 * fetched again. The card's own content takes its place.
 */
function inPlace(text: string, again: () => void, strings: Strings): TemplateResult {
  return html`<div class="strip">
    <span dir="auto">${text}</span> <button type="button" @click=${again}>${strings.tryAgain}</button>
  </div>`;
}

function renderMessages(view: ConversationView): unknown {
  const { state, copiedId, messageButton, feedback, languageOf, strings, locale } = view;
  if (feedback && state.items.some(({ kind }) => kind === 'agent')) needThumbs();
  return html`<amigo-message-list
    slot="log"
    exportparts="log, message, bubble, author, time, tool"
    .items=${state.items}
    .turn=${state.turn}
    .history=${state.history}
    .copiedId=${copiedId}
    .button=${messageButton}
    .languageOf=${languageOf}
    .feedback=${feedback}
    .strings=${strings}
    .locale=${locale}
  >
    <slot name="empty" slot="empty"></slot>
  </amigo-message-list>`;
}

function renderApprovals({ state, strings }: ConversationView): unknown {
  if (state.approvals.length > 0) needApproval();
  return state.approvals.map(
    (approval) =>
      html`<amigo-approval slot="composer" exportparts="approval" .approval=${approval} .strings=${strings}
        >${inPlace(`${strings.approvalTitle}: ${approval.summary}`, needApproval, strings)}</amigo-approval
      >`,
  );
}

function renderReplies({ replies, strings }: ConversationView): unknown {
  if (replies.length === 0) return nothing;
  needQuickReplies();
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
