import { sentences } from './announcer/spoken-text.js';

/** What speaks: `speechSynthesis` in the browser. */
export type Speech = Pick<
  SpeechSynthesis,
  'getVoices' | 'speak' | 'cancel' | 'addEventListener' | 'removeEventListener'
>;

/** Voices stop in the middle of very long texts (Chromium after a quarter of a minute): they get pieces. */
const LONGEST_PIECE = 200;

/**
 * Reads texts out, with voices of the device alone: those of a service in the network would be sent the text.
 * One text at a time; those that come meanwhile wait. Everything stops at {@link stop}.
 */
export class ReadAloud {
  /** Id of what is being read out. */
  reading: string | undefined;
  private readonly waiting: { readonly id: string; readonly text: string; readonly language: string }[] = [];
  /** Kept, or browsers collect them and never tell that they ended. */
  private pieces: SpeechSynthesisUtterance[] = [];

  /** @param changed told when something begins or ends, and when the device's voices become known */
  constructor(
    private readonly changed: () => void,
    private readonly speech: Speech | undefined = globalThis.speechSynthesis,
  ) {
    // Chromium has them only after it was asked.
    speech?.getVoices();
    speech?.addEventListener('voiceschanged', changed);
  }

  /** Whether the device has a voice of its own for a language. @param language BCP 47 */
  speaks(language: string): boolean {
    return this.voiceFor(language) !== undefined;
  }

  /** Reads a text, after what is being read. Without a voice for its language nothing happens. */
  read(id: string, text: string, language: string): void {
    if (!text.trim() || !this.speaks(language)) return;
    this.waiting.push({ id, text, language });
    if (this.reading === undefined) this.next();
  }

  /** Stops at once, what waits too. Leaves alone what the page itself has spoken. */
  stop(): void {
    this.waiting.length = 0;
    if (this.reading === undefined) return;
    this.reading = undefined;
    this.pieces = [];
    this.speech?.cancel();
    this.changed();
  }

  /** Stops, and listens to the device no more. */
  dispose(): void {
    this.stop();
    this.speech?.removeEventListener('voiceschanged', this.changed);
  }

  private next(): void {
    const now = this.waiting.shift();
    this.reading = now?.id;
    this.pieces = now ? this.piecesOf(now.text, now.language) : [];
    for (const piece of this.pieces) this.speech?.speak(piece);
    this.changed();
  }

  private piecesOf(text: string, language: string): SpeechSynthesisUtterance[] {
    const voice = this.voiceFor(language) ?? null;
    const made = inPieces(text, language).map((piece) =>
      Object.assign(new SpeechSynthesisUtterance(piece), { voice, lang: voice?.lang ?? language }),
    );
    const over = (event: Event): void => {
      // What was stopped ends too, when something else may be on its way.
      if (this.pieces === made && (event.type === 'error' || event.target === made.at(-1))) this.ended(event);
    };
    for (const piece of made) {
      piece.addEventListener('end', over);
      piece.addEventListener('error', over);
    }
    return made;
  }

  private ended(event: Event): void {
    if (event.type === 'error') this.stop();
    else this.next();
  }

  private voiceFor(language: string): SpeechSynthesisVoice | undefined {
    const own = (this.speech?.getVoices() ?? []).filter(({ localService }) => localService);
    const wanted = kinds(language);
    for (const [level, kind] of wanted.entries()) {
      const fitting = own.filter(({ lang }) => kinds(lang)[level] === kind);
      const found = fitting.find((voice) => voice.default) ?? fitting[0];
      if (found) return found;
    }
    return undefined;
  }
}

/**
 * From the exact to the merely related: `zh-TW`, `zh-Hant`, `zh`. Android writes `en_US`; `tl` is `fil`, which WebKit's
 * `Intl.Locale` does not know.
 */
function kinds(tag: string): readonly string[] {
  try {
    const locale = new Intl.Locale(tag.replaceAll('_', '-').replace(/^tl\b/i, 'fil'));
    const { language, script = '' } = locale.maximize();
    return [locale.baseName, `${language}-${script}`, language];
  } catch {
    return [tag];
  }
}

/** Whole sentences, as many as fit; none is lost. */
function inPieces(text: string, language: string): string[] {
  const pieces: string[] = [];
  for (const sentence of sentences(text, language)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= LONGEST_PIECE)
      pieces[pieces.length - 1] = last + sentence;
    else pieces.push(sentence);
  }
  return pieces.filter((piece) => piece.trim() !== '');
}
