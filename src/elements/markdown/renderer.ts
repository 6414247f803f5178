/** What the parser can ask for. The names are HTML's; `h1`…`h6` are one tag with a `level`. */
export type MarkdownTag =
  | 'a' | 'blockquote' | 'br' | 'code' | 'del' | 'em' | 'h' | 'hr' | 'li' | 'ol' | 'p' | 'pre'
  | 'strong' | 'table' | 'tbody' | 'td' | 'th' | 'thead' | 'tr' | 'ul'; // prettier-ignore

/** Alignment of a table column, from the colons of its delimiter row. */
export type Alignment = 'start' | 'center' | 'end' | undefined;

/** Everything a tag can carry. Text of the reply reaches an attribute only through these. */
export interface MarkdownAttributes {
  /** `h`: 1 to 6, as written. */
  readonly level?: number;
  /** `ol`: number of the first item, where it is not 1. */
  readonly start?: number;
  /** `code` within `pre`: first word after the fence. */
  readonly language?: string;
  /** `a`: checked and normalised by `safeHref`. */
  readonly href?: string;
  /** `a`: advisory title. */
  readonly title?: string | undefined;
  /** `th`, `td`. */
  readonly align?: Alignment;
}

/** Receives the document as it is understood: strictly nested, strictly forwards, nothing taken back. */
export interface Renderer {
  open(tag: MarkdownTag, attributes?: MarkdownAttributes): void;
  /** Closes the innermost open tag. */
  close(): void;
  /** Adds text to the innermost open tag; runs of one piece of text may come in any number of calls. */
  text(value: string): void;
}
