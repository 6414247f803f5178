import type { ServerEvent } from '../conversation/event.js';

/** An HTTP request in words, for whoever carries it out. Never holds a credential. */
export interface RequestDescription {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** Beside `Authorization`, which the session adds. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A form chooses its own boundary and `Content-Type`. */
  readonly body?: string | FormData;
}

/** What came back. Status 0: nothing did. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number;
  /** With status 0: it certainly did not leave, for want of a token. */
  readonly unsent?: boolean;
}

/** An answer whose body arrives over time. A refusal (not 2xx) has its whole text in `body` instead. */
export interface HttpStream extends HttpAnswer {
  /**
   * The text as it arrives, cut anywhere. It ends with the body, or where the connection breaks or falls
   * silent: whether it was whole only the surface can tell, by its own sign of the end.
   */
  readonly chunks: AsyncIterable<string>;
}

/**
 * What an HTTP surface may use of the world; the session implements it. Behind it are the token, one refresh
 * and one repeat after a 401, the time limits and the end of the session. No call ever rejects.
 */
export interface HttpPort {
  request(description: RequestDescription): Promise<HttpAnswer>;
  stream(description: RequestDescription): Promise<HttpStream>;
  /** Lets some time pass. */
  pause(milliseconds: number): Promise<void>;
}

/** Why a call came to nothing, by what is to be done about it (protocol §c, Errors). */
export type RefusalKind =
  /** No answer: it may have arrived all the same. */
  | 'unreachable'
  /** It never left. */
  | 'unsent'
  /** 401, with a fresh token too. */
  | 'signed-out'
  /** 403. */
  | 'forbidden'
  /** 404. */
  | 'missing'
  /** 409, a turn is running: the same again a little later. */
  | 'busy'
  /** 409, the conversation is over. */
  | 'closed'
  /** 429. */
  | 'too-many'
  /** 408 and 5xx: what came of it is unknown. */
  | 'failed'
  /** 422 and other 4xx: the same again will not do. */
  | 'invalid'
  /** A success that makes no sense: what answered is not the platform. */
  | 'unreadable';

export interface Refusal {
  readonly kind: RefusalKind;
  readonly status: number;
  readonly retryAfter?: number;
}

const KINDS: Readonly<Record<number, RefusalKind>> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'missing',
  408: 'failed',
  429: 'too-many',
};

/** No source fixes the words of a 409; these are the ones for "not now". Anything else is the documented "closed". */
const BUSY = /busy|progress|running|in flight|another|locked|concurrent/i;

function kindOf({ status, body, unsent }: HttpAnswer): RefusalKind {
  if (status === 0) return unsent ? 'unsent' : 'unreachable';
  if (status === 409) return BUSY.test(body) ? 'busy' : 'closed';
  return KINDS[status] ?? (status >= 400 && status < 500 ? 'invalid' : 'failed');
}

/** The refusal that an answer stands for; undefined where it is a success. */
export function refusalOf(answer: HttpAnswer): Refusal | undefined {
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return undefined;
  return { kind: kindOf(answer), status, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** The refusal for a success whose body is not what was asked for. */
export const unreadable: Refusal = { kind: 'unreadable', status: 200 };

/** The refusal for want of any answer. */
export const unreachable: Refusal = { kind: 'unreachable', status: 0 };

const DOUBTFUL: ReadonlySet<RefusalKind> = new Set(['unreachable', 'failed', 'unreadable']);

/** Whether a refusal proves that what was posted was not taken. */
export function wasNotTaken({ kind }: Refusal): boolean {
  return !DOUBTFUL.has(kind);
}

export function isRefusal(value: object): value is Refusal {
  return 'kind' in value;
}

/** What cannot stand between two slashes: a dot or two, however they are spelled, shorten the address. */
const NO_SEGMENT = /^\.{0,2}$/;

/**
 * An id as one segment of an address. Ids are the server's own words (protocol G2): whatever they hold, the address
 * keeps its length. One that can be no segment becomes another, which names nothing.
 */
export function pathSegment(id: string): string {
  // Half a character is no text that an address can hold.
  const text = id.replace(/\p{Surrogate}/gu, '%');
  return encodeURIComponent(NO_SEGMENT.test(text) ? `%${text}` : text);
}

/** A POST of JSON. */
export function postJson(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): RequestDescription {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * One exchange with the server: its events as they come, and in the end the refusal it met, if any. An exchange
 * that ends without either a refusal or the end of its turn was cut off.
 */
export type Exchange = AsyncGenerator<ServerEvent, Refusal | undefined>;
