import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

import { HttpError, type Exchange } from '../http/exchange.js';
import { invalid } from '../http/validation.js';

/** What a user sends in an interaction. */
export interface Said {
  readonly type: 'user-message' | 'external-event' | 'skip';
  /** Empty for `skip`, and for speech until it has been transcribed. */
  readonly text: string;
  /** Media type of speech; undefined for text. */
  readonly audio: string | undefined;
  /** What happened outside of the conversation, oldest first. */
  readonly events: readonly string[];
}

/** What the sources disagree about in the body (protocol C17, C18). */
export interface BodyStyle {
  /** `any`, `type-required` or `no-type`. */
  readonly fields: string;
  /** `both`, `multipart` or `raw`. */
  readonly voice: string;
}

const LARGEST = 10_485_760;
const AUDIO = /^audio\//;

/** Reads the body of an interaction. @throws HttpError 400, 413, 415 or 422 */
export async function readSaid(exchange: Exchange, style: BodyStyle): Promise<Said> {
  const { request, url } = exchange;
  const type = request.headers['content-type'] ?? '';
  const isVoice = url.searchParams.get('request_format') === 'voice';
  if (isVoice && AUDIO.test(type)) return readRaw(request, type, style);
  if (!type.startsWith('multipart/form-data')) throw new HttpError(415, 'Expected multipart/form-data.');
  if (isVoice && style.voice === 'raw') throw invalid(['body'], 'Expected the bytes of a recording');
  return readForm(await formOf(request), isVoice, style);
}

async function readRaw(request: IncomingMessage, type: string, style: BodyStyle): Promise<Said> {
  if (style.voice === 'multipart') throw invalid(['body'], 'Expected multipart/form-data');
  const bytes = await bytesOf(request);
  refuseFormat(type);
  if (bytes.length === 0) throw new HttpError(400, 'The recording is empty.');
  return { type: 'user-message', text: '', audio: type, events: [] };
}

function readForm(form: FormData, isVoice: boolean, style: BodyStyle): Said {
  const type = typeOf(form, style);
  const message = form.get('recorded_message');
  if (message === null) throw invalid(['body', 'recorded_message'], 'Field required', 'missing');
  const events = eventsOf(form);
  if (typeof message !== 'string') return recording(message, type, events, isVoice);
  if (isVoice) throw invalid(['body', 'recorded_message'], 'Expected a recording');
  if (type === 'skip' && (message !== '' || events.length > 0))
    throw invalid(['body', 'recorded_message'], 'Must be empty for skip', 'string_too_long');
  if (type !== 'skip' && message.trim() === '') throw new HttpError(400, 'The message is empty.');
  return { type, text: message, audio: undefined, events };
}

function recording(file: File, type: Said['type'], events: readonly string[], isVoice: boolean): Said {
  if (!isVoice) throw invalid(['body', 'recorded_message'], 'Expected a text');
  refuseFormat(file.type);
  if (file.size === 0) throw new HttpError(400, 'The recording is empty.');
  return { type, text: '', audio: file.type, events };
}

function typeOf(form: FormData, { fields }: BodyStyle): Said['type'] {
  const type = form.get('initial_message_type');
  const loc = ['body', 'initial_message_type'];
  if (type === null && fields === 'type-required') throw invalid(loc, 'Field required', 'missing');
  if (type !== null && fields === 'no-type')
    throw invalid(loc, 'Extra inputs are not permitted', 'extra_forbidden');
  if (type === null) return 'user-message';
  if (type === 'user-message' || type === 'external-event' || type === 'skip') return type;
  throw invalid(loc, 'Input should be user-message, external-event or skip', 'enum');
}

/** Each event has its time, and the times go up (400 "inconsistent" otherwise). */
function eventsOf(form: FormData): readonly string[] {
  const contents = textsOf(form, 'external_event_message_content');
  const times = textsOf(form, 'external_event_message_timestamp').map((time) => Date.parse(time));
  const inOrder = times.every((time, at) => time >= (times[at - 1] ?? -Infinity));
  if (contents.length !== times.length || !inOrder)
    throw new HttpError(400, 'The times of the external events are inconsistent.');
  return contents;
}

function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}

/** FLAC is named by one source only and taken by none (protocol C19). */
function refuseFormat(type: string): void {
  if (!/^audio\/(?:wav|x-wav|wave|mpeg|mp3|l16|pcm)/i.test(type))
    throw new HttpError(415, `Recordings of type ${type || 'unknown'} are not supported.`);
}

async function formOf(request: IncomingMessage): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  try {
    return await new Response(await bytesOf(request), { headers: { 'content-type': type } }).formData();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw invalid(['body'], 'Not a readable form');
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of Readable.from(request)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LARGEST) throw new HttpError(413, 'The body is larger than 10 MiB.');
  }
  return Buffer.concat(chunks);
}
