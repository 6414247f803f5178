/** Something to be said to people who use a screen reader. */
export interface Announcement extends AnnounceOptions {
  readonly text: string;
}

export interface AnnounceOptions {
  /** `assertive` interrupts; only for what cannot wait. Default `polite`. */
  readonly priority?: 'polite' | 'assertive';
  /** Of texts with the same key that wait, only the last is said. */
  readonly key?: string;
  /** Least milliseconds after the last text of the same key, or without a key after the last text at all. */
  readonly spacing?: number;
}
