import type { ReactiveControllerHost } from 'lit';
import type { FeedbackValue } from './elements/request.js';
import { onDemand } from './lib/on-demand.js';
import { AmigoFeedbackEvent } from './public-events.js';

/** Fetches the buttons. */
export const needThumbs: () => void = onDemand(() => import('./elements/thumbs.js'));

/** What the person made of replies, for as long as these are on the screen. The page is told, and keeps it. */
export class Feedback {
  ratings: ReadonlyMap<string, FeedbackValue> = new Map();

  /** @param taken called for each answer that is taken */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly taken: () => void,
  ) {}

  /** Takes an answer, but the one that stands. */
  rate(messageId: string, value: FeedbackValue): void {
    if (this.ratings.get(messageId) === value) return;
    this.ratings = new Map(this.ratings).set(messageId, value);
    this.host.requestUpdate();
    this.host.dispatchEvent(new AmigoFeedbackEvent({ messageId, value }));
    this.taken();
  }

  clear(): void {
    this.ratings = new Map();
  }
}
