/** Milliseconds of sound for a character of a reply: nobody listens, the length only has to be plausible. */
const MS_PER_CHARACTER = 20;
const SAMPLE_RATE = 16_000;
const PIECE_BYTES = 8_192;
const PITCH = 220;
const VOLUME = 2_000;

/** One silent MPEG-1 layer III frame (64 kbit/s, 44.1 kHz, mono): 26 ms. */
const MP3_FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x50, 0xc4]), Buffer.alloc(204)]);

/**
 * A reply as speech: a hum as long as the text, in base64 pieces (protocol §e, Voice; C20).
 *
 * @param format `wav` (16 kHz PCM16 with a header), `mp3` or `pcm` (without a header)
 * @param continued the sound goes on, so that no second header comes
 */
export function spoken(text: string, format: string, continued: boolean): readonly string[] {
  const ms = Math.min(text.length * MS_PER_CHARACTER, 3_000);
  const sound = format === 'mp3' ? mp3(ms) : pcm(ms);
  const whole = format === 'wav' && !continued ? Buffer.concat([wavHeader(sound.length), sound]) : sound;
  const pieces = [];
  for (let at = 0; at < whole.length; at += PIECE_BYTES) {
    pieces.push(whole.subarray(at, at + PIECE_BYTES).toString('base64'));
  }
  return pieces;
}

/** Pairs of a character and its time, in the order that one of the sources names (protocol C32). */
export function alignment(style: string, text: string): unknown {
  if (style === 'none') return null;
  const pairs = [...text].map((character, index): [string, number] => [character, index * MS_PER_CHARACTER]);
  return style === 'schema' ? pairs.map(([character, ms]) => [ms, character]) : pairs;
}

function pcm(ms: number): Buffer {
  const samples = Math.round((ms / 1000) * SAMPLE_RATE);
  const sound = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1) {
    sound.writeInt16LE(Math.round(VOLUME * Math.sin((2 * Math.PI * PITCH * at) / SAMPLE_RATE)), at * 2);
  }
  return sound;
}

function mp3(ms: number): Buffer {
  return Buffer.concat(Array<Buffer>(Math.max(1, Math.ceil(ms / 26))).fill(MP3_FRAME));
}

function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}
