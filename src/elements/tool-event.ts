import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ToolCall, ToolStatus } from '../conversation/state.js';
import { formatDuration } from '../i18n/formats.js';
import { define } from '../lib/define.js';
import { parseJson } from '../lib/json.js';
import { buttonName } from './button-name.js';
import { alertIcon, checkIcon, chevronIcon, infoIcon, waitIcon } from './icons.js';
import { LogItem } from './log-item.js';
import { toolEventStyles } from './tool-event.styles.js';
import { toolNameInWords } from './tool-name.js';

type ToolText = 'toolRunning' | 'toolSucceeded' | 'toolFailed' | 'toolFinished';

const views: Readonly<Record<ToolStatus, readonly [icon: TemplateResult, text: ToolText]>> = {
  running: [waitIcon, 'toolRunning'],
  succeeded: [checkIcon, 'toolSucceeded'],
  failed: [alertIcon, 'toolFailed'],
  unknown: [infoIcon, 'toolFinished'],
};

/** JSON with line breaks and indents; anything else as it came. */
function readable(text: string): string {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : text;
}

/**
 * One tool the agent used: its name in words, how it went and how long it took; what went in and came out
 * behind a disclosure button, as text.
 *
 * @summary A tool call in the flow of the conversation.
 * @csspart tool - The card.
 */
export class AmigoToolEvent extends LogItem {
  static override styles: CSSResultGroup = toolEventStyles;

  @state() private open = false;

  @property({ attribute: false }) call: ToolCall | undefined;

  protected override readonly lineRole = 'group';

  private readonly toggle = (): void => {
    this.open = !this.open;
  };

  protected override label(): string {
    if (!this.call) return '';
    return this.strings[views[this.call.status][1]](toolNameInWords(this.call.toolName));
  }

  override render(): unknown {
    if (!this.call) return nothing;
    const { status, durationMs, input, result } = this.call;
    const more = input !== undefined || result !== undefined;
    return html`
      <div class="tool ${status}" part="tool">
        <div class="line">
          ${views[status][0]}
          <span class="text">
            <bdi>${this.label()}</bdi>
            ${
              durationMs === undefined
                ? nothing
                : html`<span class="duration" dir="auto">${formatDuration(this.locale, durationMs)}</span>`
            }
          </span>
          ${more ? this.disclosure() : nothing}
        </div>
        ${
          more
            ? html`<div id="details" class="details" ?hidden=${!this.open}>
                ${this.open ? this.details(input, result) : nothing}
              </div>`
            : nothing
        }
      </div>
    `;
  }

  private disclosure(): unknown {
    return html`<button
      class="quiet"
      type="button"
      aria-expanded=${this.open ? 'true' : 'false'}
      aria-controls="details"
      @click=${this.toggle}
    >
      ${buttonName(this.strings.toolDetails, `: ${this.label()}`)}${chevronIcon}
    </button>`;
  }

  private details(input: string | undefined, result: string | undefined): unknown {
    const { toolInput, toolResult } = this.strings;
    return [
      input === undefined ? nothing : block('input', toolInput, input),
      result === undefined ? nothing : block('result', toolResult, result),
    ];
  }
}

function block(id: string, label: string, text: string): TemplateResult {
  return html`<p id=${id}>${label}</p>
    <pre role="region" aria-labelledby=${id} tabindex="0" dir="auto">${readable(text)}</pre>`;
}

define('amigo-tool-event', AmigoToolEvent);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-tool-event': AmigoToolEvent;
  }
}
