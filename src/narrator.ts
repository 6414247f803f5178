import type { AnnounceOptions } from './announcer/announcement.js';
import type { AnnounceContext } from './announcer/announcements.js';
import { Announcements } from './announcer/announcements.js';
import type { AmigoAnnouncer } from './announcer/announcer.js';
import type { ConversationState } from './conversation/state.js';
import { markdownToPlainText } from './elements/markdown/plain-text.js';

/** The slots whose words are heard before any other. */
const FIRST_HEARD = ['disclosure', 'emergency'];

/**
 * Tells screen readers what changed between two renders. Of two announcers one is heard: what lies outside a modal
 * dialog is silent, and so is what lies inside a closed panel.
 */
export class Narrator {
  private announcements = new Announcements(markdownToPlainText);
  private told: ConversationState | undefined;
  private introduced = false;

  /**
   * @param root where the announcers are
   * @param modal whether the panel covers the page as a modal dialog
   */
  constructor(
    private readonly root: () => ParentNode,
    private readonly modal: () => boolean,
  ) {}

  say(text: string, options?: AnnounceOptions): void {
    const inside = this.modal();
    const heard = this.announcers().find(({ slot }) => (slot === 'announcer') === inside);
    heard?.announce(text, options);
  }

  /** Who answers here, and what to do in an emergency: said once, before anything else. */
  introduce(): void {
    if (this.introduced) return;
    this.introduced = true;
    const words = FIRST_HEARD.flatMap((name) => {
      const slot = this.root().querySelector<HTMLSlotElement>(`slot[name=${name}]`);
      return slot?.assignedNodes({ flatten: true }).map(({ textContent }) => textContent) ?? [];
    });
    this.say(words.join(' ').replace(/\s+/g, ' ').trim());
  }

  /** @param context undefined while nobody may hear what is said: it is not told later either */
  tell(state: ConversationState, context: AnnounceContext | undefined): void {
    const previous = this.told;
    this.told = state;
    if (!previous || previous === state || !context) return;
    const news = this.announcements.next(previous, state, context);
    // A chat that is never opened, because it stands in the page, introduces itself before its first words.
    if (news.length > 0 && context.open) this.introduce();
    for (const { text, ...options } of news) this.say(text, options);
  }

  /** Takes back what was to be said. */
  hush(): void {
    for (const announcer of this.announcers()) announcer.clear();
  }

  /** Knows of nothing that was said. */
  forget(): void {
    this.hush();
    this.announcements = new Announcements(markdownToPlainText);
    this.told = undefined;
    this.introduced = false;
  }

  private announcers(): AmigoAnnouncer[] {
    return [...this.root().querySelectorAll('amigo-announcer')];
  }
}
