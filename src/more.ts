import { html, nothing } from 'lit';
import type { ReactiveController } from 'lit';
import type { AgentMessage } from './conversation/state.js';
import { buttonName } from './elements/button-name.js';
import { stopIcon } from './elements/icons.js';
import { markdownToPlainText } from './elements/markdown/plain-text.js';
import { beginning } from './elements/message-name.js';
import './elements/more.js';
import { speakIcon } from './elements/more-icons.js';
import type { Wish } from './elements/request.js';
import { messageLanguage } from './i18n/guess-language.js';
import { moreWords, withOwnWords } from './i18n/own-words.js';
import { systemClock } from './lib/clock.js';
import type { Cancel, Clock } from './lib/clock.js';
import type { MessageButton, MorePorts } from './more-menu.js';
import { printTranscript } from './print-transcript.js';
import type { AmigoMessageEvent } from './public-events.js';
import { ReadAloud } from './read-aloud.js';
import { saveFile } from './save-file.js';

/**
 * What the menu offers besides a new chat and the end of this one, and reading aloud. A file of its own: most
 * conversations need none of it.
 */
export class More implements ReactiveController {
  /** The button of each reply; another function whenever it would show something else. */
  messageButton: MessageButton | undefined;
  private readonly voice: ReadAloud;
  private offered = false;
  private forget: Cancel = () => undefined;

  constructor(
    private readonly ports: MorePorts,
    private readonly clock: Clock = systemClock,
  ) {
    this.voice = new ReadAloud(() => {
      this.offer();
    });
    ports.chat.addController(this);
  }

  hostConnected(): void {
    this.ports.chat.addEventListener('amigo-message', this.onMessage);
  }

  hostDisconnected(): void {
    this.ports.chat.removeEventListener('amigo-message', this.onMessage);
    this.leave();
  }

  hostUpdated(): void {
    const { chat } = this.ports;
    if (chat.readAloud !== this.offered) this.offer();
    if (!this.ports.hasTalk()) this.leave();
    else if (!chat.readAloud || !chat.state.open) this.voice.stop();
    else if (this.voice.reading !== undefined && !this.find(this.voice.reading)) this.voice.stop();
  }

  /** The part of the menu. */
  render(): unknown {
    const { chat, words } = this.ports;
    const { strings, locale } = words();
    return html`<amigo-more
      slot="menu"
      .textSize=${this.textSize}
      .readAloud=${chat.readAloud}
      .reading=${this.voice.reading !== undefined}
      .voiceless=${!this.voice.speaks(locale)}
      .hasTalk=${this.ports.hasTalk()}
      .strings=${strings}
      .locale=${locale}
    ></amigo-more>`;
  }

  /** Does what the person asked for in the menu. */
  act(wish: Wish): void {
    switch (wish.type) {
      case 'text-size':
        this.resize(wish.size);
        break;
      case 'read-aloud':
        this.switchReading(wish.on);
        break;
      case 'stop-reading':
        this.voice.stop();
        break;
      case 'save':
        this.save(wish.format);
        break;
      case 'print':
        this.print();
        break;
    }
  }

  /** As it is shown: what is no size counts as 1. */
  private get textSize(): number {
    const { textSize } = this.ports.chat;
    return textSize >= 1 && textSize <= 2 ? textSize : 1;
  }

  private resize(size: number): void {
    const { chat, words, announce } = this.ports;
    const { strings, locale } = words();
    chat.textSize = size;
    const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(size);
    announce(`${withOwnWords(strings, moreWords).textSize}: ${percent}`);
  }

  private switchReading(on: boolean): void {
    const { chat, words, announce } = this.ports;
    const { strings, locale } = words();
    chat.readAloud = on;
    if (on && !this.voice.speaks(locale)) announce(withOwnWords(strings, moreWords).noVoice);
  }

  private save(format: 'text' | 'json'): void {
    const { chat, words, hasTalk } = this.ports;
    if (!hasTalk()) return;
    const text = chat.getTranscript(format);
    this.forget();
    this.forget =
      format === 'json'
        ? saveFile(text, 'chat-transcript.json', 'application/json', this.clock)
        : saveFile(
            `${words().strings.disclosure}\n\n${text}\n`,
            'chat-transcript.txt',
            'text/plain;charset=utf-8',
            this.clock,
          );
  }

  private print(): void {
    const { chat, words, hasTalk } = this.ports;
    if (!hasTalk()) return;
    const { strings, locale, dir } = words();
    this.forget();
    this.forget = printTranscript(chat.renderRoot, { messages: chat.messages, strings, locale, dir });
  }

  /** Nothing of the conversation is heard or kept here any more. */
  private leave(): void {
    this.voice.stop();
    this.forget();
    this.forget = () => undefined;
  }

  private readonly onMessage = ({ detail }: AmigoMessageEvent): void => {
    const { chat, hasTalk } = this.ports;
    if (detail.role !== 'agent' || !chat.readAloud || !chat.state.open || !hasTalk()) return;
    const message = this.find(detail.id);
    if (message) this.read(message);
  };

  private find(id: string): { readonly id: string; readonly text: string } | undefined {
    return this.ports.chat.messages.find((message) => message.id === id);
  }

  private read({ id, text }: { readonly id: string; readonly text: string }): void {
    const plain = markdownToPlainText(text, this.ports.words().strings);
    this.voice.read(id, plain, this.languageOf({ text: plain }));
  }

  private languageOf(message: { readonly text: string }): string {
    const { locale } = this.ports.words();
    return messageLanguage(message, locale) ?? locale;
  }

  private offer(): void {
    const { chat } = this.ports;
    this.offered = chat.readAloud;
    this.messageButton = this.offered ? (message) => this.button(message) : undefined;
    chat.requestUpdate();
  }

  private button(message: AgentMessage): unknown {
    if (!this.voice.speaks(this.languageOf(message))) return nothing;
    const strings = withOwnWords(this.ports.words().strings, moreWords);
    const reading = this.voice.reading === message.id;
    const press = (): void => {
      this.voice.stop();
      if (!reading) this.read(message);
    };
    return html`<button class="quiet" type="button" @click=${press}>
      ${reading ? stopIcon : speakIcon}${buttonName(
        reading ? strings.stopReading : strings.readThis,
        strings.aboutMessage(beginning(message.text)),
      )}
    </button>`;
  }
}
