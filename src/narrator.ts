import type { AnnounceContext } from './announcer/announcements.js';
import { Announcements } from './announcer/announcements.js';
import type { AmigoAnnouncer } from './announcer/announcer.js';
import type { ConversationState } from './conversation/state.js';
import { markdownToPlainText } from './elements/markdown/plain-text.js';

/** Tells screen readers what changed between two renders. */
export class Narrator {
  private announcements = new Announcements(markdownToPlainText);
  private told: ConversationState | undefined;

  /** @param context undefined while nobody may hear what is said: it is not told later either */
  tell(announcer: AmigoAnnouncer, state: ConversationState, context: AnnounceContext | undefined): void {
    const previous = this.told;
    this.told = state;
    if (!previous || previous === state || !context) return;
    for (const { text, ...options } of this.announcements.next(previous, state, context)) {
      announcer.announce(text, options);
    }
  }

  /** Knows of nothing that was said. */
  forget(): void {
    this.announcements = new Announcements(markdownToPlainText);
    this.told = undefined;
  }
}
