import { expect } from '@open-wc/testing';
import { ReadAloud } from '../src/read-aloud.js';

/** What speaks, in place of the device: it ends a piece when a test says so. */
class FakeSpeech extends EventTarget {
  voices: SpeechSynthesisVoice[];
  queue: SpeechSynthesisUtterance[] = [];
  cancelled = 0;

  constructor(...tags: string[]) {
    super();
    this.voices = tags.map((lang) => voice(lang));
  }

  getVoices(): SpeechSynthesisVoice[] {
    return this.voices;
  }

  speak(utterance: SpeechSynthesisUtterance): void {
    this.queue.push(utterance);
  }

  cancel(): void {
    this.cancelled += 1;
    for (const piece of this.queue.splice(0)) piece.dispatchEvent(new Event('error'));
  }

  /** The piece that is being spoken has been. */
  end(): void {
    this.queue.shift()?.dispatchEvent(new Event('end'));
  }
}

/** A plain object: the browser makes its own voices. Spoken without one, by the language alone. */
function voice(lang: string, localService = true): SpeechSynthesisVoice {
  return { lang, localService, default: false, name: lang, voiceURI: lang };
}

const LONG = Array.from({ length: 20 }, (_, index) => `This is sentence number ${index}. `).join('');

/** The fake's voices are no voices to the browser's own utterances, which need none here. */
class Utterance extends EventTarget {
  voice: SpeechSynthesisVoice | null = null;
  lang = '';
  constructor(readonly text: string) {
    super();
  }
}

describe('reading aloud', () => {
  const original = globalThis.SpeechSynthesisUtterance;
  let changes: number;

  beforeEach(() => {
    changes = 0;
    Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance });
  });
  afterEach(() => {
    Object.assign(globalThis, { SpeechSynthesisUtterance: original });
  });

  const reader = (speech: FakeSpeech): ReadAloud => new ReadAloud(() => (changes += 1), speech);

  it('speaks a long text in pieces of whole sentences, none lost', () => {
    const speech = new FakeSpeech('en-US');
    reader(speech).read('a', LONG, 'en');
    expect(speech.queue.length).to.be.greaterThan(2);
    expect(speech.queue.map(({ text }) => text).join('')).to.equal(LONG);
    for (const { text } of speech.queue) {
      expect(text.length).to.be.at.most(200);
      expect(text.trim()).to.match(/\.$/);
    }
  });

  it('reads one text after the other, and tells when it begins and ends', () => {
    const speech = new FakeSpeech('en-US');
    const aloud = reader(speech);
    aloud.read('a', 'One.', 'en');
    aloud.read('b', 'Two.', 'en');
    expect(aloud.reading).to.equal('a');
    expect(speech.queue.map(({ text }) => text)).to.deep.equal(['One.']);
    speech.end();
    expect(aloud.reading).to.equal('b');
    expect(speech.queue.map(({ text }) => text)).to.deep.equal(['Two.']);
    speech.end();
    expect(aloud.reading).to.equal(undefined);
    expect(changes).to.equal(3);
  });

  it('stops at once, with what waits, and the end of what was stopped moves nothing', () => {
    const speech = new FakeSpeech('en-US');
    const aloud = reader(speech);
    aloud.read('a', LONG, 'en');
    const first = speech.queue[0]!;
    aloud.read('b', 'Two.', 'en');
    aloud.stop();
    expect(speech.queue).to.deep.equal([]);
    aloud.read('c', 'Three.', 'en');
    first.dispatchEvent(new Event('end'));
    expect(aloud.reading).to.equal('c');
  });

  it('leaves alone what the page has spoken itself', () => {
    const speech = new FakeSpeech('en-US');
    reader(speech).stop();
    expect(speech.cancelled).to.equal(0);
  });

  it('never speaks with a voice of the network', () => {
    const speech = new FakeSpeech();
    speech.voices = [voice('en-US', false)];
    const aloud = reader(speech);
    aloud.read('a', 'One.', 'en');
    expect([aloud.speaks('en'), speech.queue.length, aloud.reading]).to.deep.equal([false, 0, undefined]);
  });

  for (const [language, tags, chosen] of [
    ['en-GB', ['en-US', 'en-GB'], 'en-GB'],
    ['en', ['fr-FR', 'en-AU'], 'en-AU'],
    ['es', ['es_MX'], 'es_MX'],
    ['fil', ['tl-PH'], 'tl-PH'],
    ['zh-Hant', ['zh-CN', 'zh-TW'], 'zh-TW'],
    ['zh', ['zh-TW', 'zh-CN'], 'zh-CN'],
    ['zh', ['zh-TW'], 'zh-TW'],
    ['ko', ['en-US'], undefined],
  ] as const) {
    it(`for ${language} among ${tags.join(', ')}: ${chosen ?? 'none'}`, () => {
      const speech = new FakeSpeech(...tags);
      reader(speech).read('a', 'One.', language);
      expect(speech.queue[0]?.voice?.lang).to.equal(chosen);
    });
  }

  it('goes on where the device refuses to speak, as it does before the first gesture', () => {
    const speech = new FakeSpeech('en-US');
    const aloud = reader(speech);
    aloud.read('a', 'One.', 'en');
    speech.queue[0]!.dispatchEvent(new Event('error'));
    expect(aloud.reading).to.equal(undefined);
    aloud.read('b', 'Two.', 'en');
    expect(aloud.reading).to.equal('b');
  });

  it('says nothing of nothing', () => {
    const aloud = reader(new FakeSpeech('en-US'));
    aloud.read('a', ' \n', 'en');
    expect(aloud.reading).to.equal(undefined);
  });
});
