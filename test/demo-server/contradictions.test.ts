import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { catalogue, createDevServer, type FaultRequest } from '../../demo/server/index.js';

/** One cell of "Development server must offer" (protocol §g): how each of its words is switched on, and where it is shown. */
interface Cell {
  readonly offers: Readonly<Record<string, FaultRequest | 'always'>>;
  /** File under test/, and the beginning of a test's title in it. */
  readonly shownBy: readonly [file: string, title: string];
}

const shown = (title: string): readonly [string, string] => [
  'demo-server/fault-contradictions.test.ts',
  title,
];
const classicTest = (title: string): readonly [string, string] => ['demo-server/classic.test.ts', title];
const turnsTest = (title: string): readonly [string, string] => ['demo-server/turns.test.ts', title];
const closing = (title: string): readonly [string, string] => ['demo-server/fault-closing.test.ts', title];

const cells: Readonly<Record<string, Cell>> = {
  C1: {
    offers: {
      enveloped: { fault: 'wire', style: 'enveloped' },
      unwrapped: { fault: 'wire', style: 'unwrapped' },
      flat: { fault: 'wire', style: 'flat' },
    },
    shownBy: shown('C1: unwrapped, flat'),
  },
  C2: {
    offers: { both: { fault: 'opening', frame: 'both' }, neither: { fault: 'opening', frame: 'neither' } },
    shownBy: shown('C2: either opening frame, both, or neither'),
  },
  C3: {
    offers: {
      'false by default': { fault: 'tool-events', absent: 'false' },
      'true by default': { fault: 'tool-events', absent: 'true' },
    },
    shownBy: shown('C3, C12: tools by default'),
  },
  C4: {
    offers: {
      honour: { fault: 'conversation-id', is: 'honoured' },
      ignore: { fault: 'conversation-id', is: 'ignored' },
      'refuse with 4000': { fault: 'conversation-id', is: 'refused', code: 4000 },
      'refuse with 4004': { fault: 'conversation-id', is: 'refused', code: 4004 },
    },
    shownBy: shown('C4: a conversation_id is honoured, ignored or refused'),
  },
  C5: {
    offers: {
      upstream_error: { fault: 'error', code: 'upstream_error' },
      stream_interrupted: { fault: 'error', code: 'stream_interrupted' },
      client_error: { fault: 'error', code: 'client_error' },
      turn_timeout: { fault: 'error', code: 'turn_timeout' },
      idle_timeout: { fault: 'error', code: 'idle_timeout' },
      unknown: { fault: 'error', code: 'unknown' },
      bare: { fault: 'error-style', fields: 'message-only' },
    },
    shownBy: shown('C5, C30: errors without retryable, or with a message alone'),
  },
  C6: {
    offers: {
      'on new only': { fault: 'greeting', on: 'new' },
      always: { fault: 'greeting', on: 'always' },
      never: { fault: 'greeting', on: 'never' },
    },
    shownBy: shown('C6: greets always, or never'),
  },
  C7: {
    offers: {
      'after accept': { fault: 'refusals', where: 'after-accept', credentials_code: 4001 },
      'before accept': { fault: 'refusals', where: 'at-upgrade', credentials_code: 4403 },
      'another code': { fault: 'refusals', credentials_code: 4100 },
    },
    shownBy: shown('C7: credentials refused with another code'),
  },
  C8: {
    offers: {
      'at start': { fault: 'close', code: 4004, at: 'accept' },
      'mid-session': { fault: 'close', code: 4004, at: 'mid-reply' },
    },
    shownBy: closing('%i before the session, and in the middle of a reply'),
  },
  C9: {
    offers: { 'a silent stall': { fault: 'stall', at: 'mid-reply' } },
    shownBy: ['demo-server/fault-network.test.ts', 'stalls for good'],
  },
  C10: {
    offers: {
      'strict-bare': { fault: 'client-frames', understood: 'bare' },
      'strict-typed': { fault: 'client-frames', understood: 'typed' },
    },
    shownBy: ['demo-server/text-stream.test.ts', 'C10: strict servers understand one form'],
  },
  C11: {
    offers: {
      with: { fault: 'turn-end', is: 'response_complete' },
      without: { fault: 'turn-end', is: 'nothing' },
      pings: { fault: 'pings', every_ms: 100 },
    },
    shownBy: ['demo-server/text-stream.test.ts', 'C11: a turn may end without response_complete'],
  },
  C12: {
    offers: {
      live: { fault: 'tool-events', pairing: 'live' },
      'post hoc': { fault: 'tool-events', pairing: 'post-hoc' },
      orphan: { fault: 'tool-events', pairing: 'orphan-end' },
    },
    shownBy: shown('C3, C12: tools by default'),
  },
  C13: {
    offers: {
      'close at once': { fault: 'classic-close', when: 'at-once' },
      late: { fault: 'classic-close', when: 'late' },
      never: { fault: 'classic-close', when: 'never' },
    },
    shownBy: classicTest('C13: the stream stays open, and the next operation is refused until it closes'),
  },
  C14: {
    offers: {
      completed: { fault: 'classic-end', sign: 'completed' },
      'end-session': { fault: 'classic-end', sign: 'end-session' },
      both: { fault: 'classic-end', sign: 'both' },
    },
    shownBy: classicTest('C14: the end has two signs'),
  },
  C15: {
    offers: {
      bare: { fault: 'classic-completion', fields: 'bare' },
      full: { fault: 'classic-completion', fields: 'full' },
    },
    shownBy: classicTest('C14: the end has two signs, C15: completion two forms'),
  },
  C16: {
    offers: {
      'code and message': { fault: 'classic-errors', fields: 'code-message' },
      'http_error_code and error_description': { fault: 'classic-errors', fields: 'http-error-code' },
    },
    shownBy: classicTest('C14: the end has two signs, C15: completion two forms, C16: errors two shapes'),
  },
  C17: {
    offers: {
      'accept both': { fault: 'classic-fields', are: 'any' },
      'strict on the type': { fault: 'classic-fields', are: 'type-required' },
      'strict on one field': { fault: 'classic-fields', are: 'no-type' },
    },
    shownBy: classicTest('C17: the type of a message is optional, required or refused'),
  },
  C18: {
    offers: {
      'accept both': { fault: 'classic-voice', is: 'supported', body: 'both' },
      'strict multipart': { fault: 'classic-voice', is: 'supported', body: 'multipart' },
      'strict raw': { fault: 'classic-voice', is: 'supported', body: 'raw' },
    },
    shownBy: classicTest('C18 to C20: recordings by form or as bytes'),
  },
  C19: {
    offers: { '415 for FLAC': 'always' },
    shownBy: classicTest(
      'C18 to C20: recordings by form or as bytes, replies in three formats, FLAC by nobody',
    ),
  },
  C20: {
    offers: {
      wav: { fault: 'classic-voice', is: 'supported', reply: 'wav' },
      mp3: { fault: 'classic-voice', is: 'supported', reply: 'mp3' },
      pcm: { fault: 'classic-voice', is: 'supported', reply: 'pcm' },
      '406': { fault: 'classic-accept', audio: 'refused' },
    },
    shownBy: classicTest('C18 to C20: recordings by form or as bytes'),
  },
  C21: {
    offers: {
      string: { fault: 'classic-actions', shape: 'string' },
      object: { fault: 'classic-actions', shape: 'object' },
      unasked: { fault: 'classic-actions', shape: 'unasked' },
      none: { fault: 'classic-actions', shape: 'none' },
    },
    shownBy: classicTest('C21: actions are objects, words, unasked for, or none'),
  },
  C22: {
    offers: {
      top: { fault: 'action-too-long', where: 'top' },
      inside: { fault: 'action-too-long', where: 'inside' },
    },
    shownBy: classicTest('C22: a filler is at the top, inside an action, or both'),
  },
  C23: {
    offers: {
      with: { fault: 'classic-transcript', at_create: 'with' },
      without: { fault: 'classic-transcript', at_create: 'without' },
    },
    shownBy: classicTest('C23: a transcript at create'),
  },
  C24: {
    offers: {
      '400': { fault: 'classic-active', second: '400' },
      '409': { fault: 'classic-active', second: '409' },
    },
    shownBy: classicTest('C23: a transcript at create; C24: what a second conversation gets'),
  },
  C25: {
    offers: {
      deletes: { fault: 'classic-empty-finish', status: '204' },
      '400': { fault: 'classic-empty-finish', status: '400' },
      '404': { fault: 'request-fails', request: 'finish', status: 404 },
      '409': { fault: 'request-fails', request: 'finish', status: 409 },
    },
    shownBy: classicTest(
      'C23: a transcript at create; C24: what a second conversation gets; C25: an empty finish',
    ),
  },
  C26: {
    offers: {
      both: { fault: 'sse-event', in: 'both' },
      'the line': { fault: 'sse-event', in: 'line' },
      'the body': { fault: 'sse-event', in: 'body' },
    },
    shownBy: turnsTest('C26: the event is named by its line, its body, or both'),
  },
  C27: {
    offers: {
      string: { fault: 'tool-input', shape: 'string' },
      object: { fault: 'tool-input', shape: 'object' },
      null: { fault: 'tool-input', shape: 'null' },
      'bad JSON': { fault: 'tool-input', shape: 'bad-json' },
    },
    shownBy: turnsTest('C27: input is a string, an object, null, or bad JSON'),
  },
  C28: {
    offers: { 'old values': { fault: 'conversation-status', words: 'old' } },
    shownBy: turnsTest('C27: input is a string, an object, null, or bad JSON; C28: old words for the status'),
  },
  C29: {
    offers: {
      v1: { fault: 'delivery-protocol', version: '1' },
      v2: { fault: 'delivery-protocol', version: '2' },
      downgrade: { fault: 'delivery-protocol', version: 'downgrade' },
    },
    shownBy: turnsTest('a downgraded server promises receipts and gives none'),
  },
  C30: {
    offers: {
      with: { fault: 'error-style', fields: 'full' },
      without: { fault: 'error-style', fields: 'no-retryable' },
    },
    shownBy: shown('C5, C30: errors without retryable, or with a message alone'),
  },
  C31: { offers: { PO: 'always' }, shownBy: turnsTest('lists calls, and takes guidance for them') },
  C32: {
    offers: {
      text: { fault: 'classic-alignment', pairs: 'text' },
      schema: { fault: 'classic-alignment', pairs: 'schema' },
    },
    shownBy: classicTest(
      'C22: a filler is at the top, inside an action, or both; C32: pairs in either order',
    ),
  },
  C33: {
    offers: {
      discovery: { fault: 'scopes', turns: 'conversations:turn' },
      'the SDK’s': { fault: 'scopes', turns: 'conversations:turns:create' },
    },
    shownBy: turnsTest('a refresh token is good once; grants ask for what they need'),
  },
  C34: {
    offers: {
      'error then go on': { fault: 'error', at: 'mid-reply', then: 'go-on' },
      'error then close': { fault: 'error', at: 'mid-reply', then: 'close' },
    },
    shownBy: closing('closes after the error where asked to'),
  },
  C35: {
    offers: {
      key: { fault: 'api-key', is: 'accepted' },
      'no key': { fault: 'api-key', is: 'refused' },
      JWT: 'always',
      'expired JWT': { fault: 'token-stale' },
    },
    shownBy: shown('C35: no API keys'),
  },
};

const { control } = createDevServer();
const switches = ({ offers }: Cell): readonly FaultRequest[] =>
  Object.values(offers).filter((one) => one !== 'always');

it('what the sources disagree about is offered: C1 to C35, and no other', () => {
  expect(Object.keys(cells)).toEqual(Array.from({ length: 35 }, (_, index) => `C${String(index + 1)}`));
});

describe.each(Object.entries(cells))('%s', (_name, cell) => {
  it('is offered in every form, each by a switch of its own', () => {
    // What a switch does not know, it refuses.
    for (const one of switches(cell)) expect(() => control.set(one)).not.toThrow();
    expect(new Set(switches(cell).map((one) => JSON.stringify(one))).size).toBe(switches(cell).length);
  });

  it(`is shown by a test: ${cell.shownBy[1]}`, () => {
    const [file, title] = cell.shownBy;
    expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(`'${title}`);
  });
});

it('every setting that names a contradiction is in the table', () => {
  const used = new Set<string>(
    Object.values(cells).flatMap((cell) => switches(cell).map(({ fault }) => fault)),
  );
  const named = catalogue.filter(({ title }) => /^C\d/.test(title)).map(({ id }) => id);
  expect(named.filter((id) => !used.has(id))).toEqual([]);
});
