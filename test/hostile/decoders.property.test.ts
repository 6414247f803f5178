import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  ConversationEvent,
  HistoryTurn,
  LocalEvent,
  ServerEvent,
} from '../../src/conversation/event.js';
import { reduce } from '../../src/conversation/reduce.js';
import { selectMessages, selectState } from '../../src/conversation/select-view.js';
import { initialState } from '../../src/conversation/state.js';
import type { ConversationState } from '../../src/conversation/state.js';
import { ClassicDecoder } from '../../src/protocol/classic/decode.js';
import { classic } from '../../src/protocol/classic/index.js';
import { splitLines } from '../../src/protocol/classic/ndjson.js';
import { platformConversations } from '../../src/protocol/history/index.js';
import { isRefusal } from '../../src/protocol/http.js';
import type { Exchange, HttpPort, Refusal } from '../../src/protocol/http.js';
import { decode as decodeFrame } from '../../src/protocol/sessions-connect/decode.js';
import type { Target } from '../../src/protocol/surface.js';
import { decodeTabMessage } from '../../src/protocol/tabs/index.js';
import { decodeLockMessage } from '../../src/protocol/tabs/lock.js';
import { textStream } from '../../src/protocol/text-stream/index.js';
import { decodeToken, readToken } from '../../src/protocol/token/index.js';
import { turnEvents } from '../../src/protocol/turn-events.js';
import { turns } from '../../src/protocol/turns/index.js';
import { decodeSse } from '../../src/protocol/turns/sse.js';
import { expectLinear, stepsOf } from '../support/steps.js';
import { cut, oneSpoilt, spoiltText } from './spoilt.js';

const RUNS = { numRuns: 500 };
const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

const target: Target = {
  baseUrl: 'https://unused.example',
  workspaceId: 'w1',
  serviceId: 's1',
  organizationId: 'o1',
  entityId: 'e1',
  toolEvents: true,
};

async function* arriving(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

async function all<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const seen: Value[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}

/** Whatever came through the door can be taken in, shown, and told to the host page. */
function takeIn(events: readonly (ServerEvent | LocalEvent)[], from = asked()): ConversationState {
  let count = 0;
  const state = events.reduce<ConversationState>(
    (before, event) => reduce(before, { at: 1_000, id: `i${String((count += 1))}`, ...event }),
    from,
  );
  show(state);
  return state;
}

function show(state: ConversationState): void {
  for (const { text, role } of selectMessages(state.items, () => 'a note'))
    expect([typeof text, typeof role]).toEqual(['string', 'string']);
  for (const item of state.items)
    if (item.kind === 'tool')
      expect([item.toolName, item.input ?? '', item.result ?? ''].map((one) => typeof one)).toEqual(
        Array.from({ length: 3 }, () => 'string'),
      );
  const { error } = selectState(state, { open: true, unread: 0, locked: false });
  if (error) expect(typeof error.code).toBe('string');
}

/** Something was said, and is on its way. */
function asked(): ConversationState {
  const at = 0;
  const events: readonly ConversationEvent[] = [
    { type: 'session.opened', conversationId: 'c1', at, id: 'e1' },
    { type: 'user.message', text: 'Hi', at, id: 'm1' },
    { type: 'turn.started', messageId: 'm1', at, id: 'e2' },
  ];
  return events.reduce(reduce, initialState('sessions-connect'));
}

/** A port that answers every request with the next of some bodies, and every stream with one of them. */
function portWith(bodies: readonly string[]): HttpPort {
  let next = 0;
  const body = (): string => bodies[next++ % bodies.length] ?? '';
  return {
    request: () => Promise.resolve({ status: 200, body: body() }),
    stream: () => Promise.resolve({ status: 200, body: '', chunks: arriving([body()]) }),
    pause: () => Promise.resolve(),
  };
}

async function follow(exchange: Exchange): Promise<readonly ServerEvent[]> {
  const seen: ServerEvent[] = [];
  for (;;) {
    const { value, done } = await exchange.next();
    if (done) return seen;
    seen.push(value);
  }
}

const frames = [
  { event: 'session.created', data: { conversation_id: 'c1', entity_id: 'e1' } },
  { event: 'token', data: { text: 'Good ' } },
  { event: 'thinking', data: { tier: 1 } },
  { event: 'message', data: { role: 'agent', text: 'Good morning' } },
  { event: 'tool_call_started', data: { tool_name: 'lookup', call_id: 'k1', input: { a: 1 } } },
  {
    event: 'tool_call_completed',
    data: { tool_name: 'lookup', call_id: 'k1', result: '{}', succeeded: true, duration_ms: 5 },
  },
  {
    event: 'done',
    data: {
      turn_id: 't1',
      turn_count: 1,
      conversation_id: 'c1',
      background_pending: true,
      delivery_protocol_version: 2,
    },
  },
  { event: 'error', data: { code: 'upstream_error', message: 'x', retryable: true, status_code: 503 } },
  { event: 'ping', data: {} },
];
const flat = [
  ...frames.map(({ event, data }) => ({ type: event, ...data })),
  { type: 'session_started', session_id: 's', conversation_id: 'c1' },
  { type: 'typing' },
  { type: 'response_complete', turn_id: 't1' },
  { type: 'session_ended', reason: 'escalated' },
];
const lines = [
  { type: 'conversation-created', conversation_id: 'c1' },
  { type: 'user-message-available', message: 'Hi' },
  { type: 'current-agent-action', action: { type: 'tool-call-started', tool_id: 'k1', tool_round_index: 0, input_params: {} } },
  { type: 'current-agent-action', action: { type: 'tool-call-ended', tool_id: 'k1', result: 'x', duration: 0.2 } },
  { type: 'current-agent-action', action: { type: 'action-too-long', filler: 'One moment.' } },
  { type: 'new-message', message: 'Good ' },
  { type: 'interaction-complete', interaction_id: 't1', full_message: 'Good morning', conversation_completed: false },
  { type: 'end-session' },
  { type: 'error', code: 503, http_error_code: '503' },
]; // prettier-ignore
const detail = {
  id: 'c1', status: 'active', lifecycle: 'active', turn_count: 1,
  turns: [
    { role: 'user', text: 'Hi', timestamp: '2026-01-05T09:00:00Z', turn_id: 't1' },
    {
      role: 'agent', text: 'Good morning', timestamp: '2026-01-05T09:00:01Z',
      tool_calls: [{ tool_name: 'lookup', call_id: 'k1', input: {}, result: [], succeeded: true, duration_ms: 7 }],
    },
  ],
}; // prettier-ignore
const messagesPage = {
  messages: [
    { sender: 'user', message: 'Hi', message_type: 'user-message', created_at: '2026-01-05T09:00:00Z', interaction_id: 't1' },
    { sender: 'agent', message: 'Good morning', message_type: 'agent-message' },
    { sender: 'user', message: 'Moved in', message_type: 'external-event' },
  ],
  has_more: true, continuation_token: 'next',
}; // prettier-ignore
const started = { conversation_id: 'c1', session_status: 'created', entity_id: 'e1' };
const created = { id: 'c1', entity_id: 'e1' };
const turnResponse = {
  output: [{ role: 'agent', text: 'Here it is.' }], tool_calls: detail.turns[1]?.tool_calls, background_pending: false,
  turn_id: 't1', delivery_protocol_version: 2, delivery: { delivery_id: 'd1', request_id: 'k', receipt: 'r' },
}; // prettier-ignore
const conversations = { conversations: [{ id: 'c1', is_finished: false }] };
const token = { token: 't', expires_at: '2026-01-05T09:00:00Z', subject: 'ann' };

const history = (turnsRead: readonly HistoryTurn[] | Refusal): readonly LocalEvent[] =>
  isRefusal(turnsRead) ? [] : [{ type: 'history.loaded', turns: turnsRead, earlier: true }];

const asSse = (text: string, name: string): string =>
  `event: ${name}\ndata: ${text.replaceAll('\n', '\ndata: ')}\n\n`;

describe('every decoder takes whatever comes, and lets through only what can be shown', () => {
  it('sessions/connect', () => {
    fc.assert(
      fc.property(fc.array(spoiltText([...frames, ...flat]), { maxLength: 6 }), (texts) => {
        takeIn(texts.flatMap((text) => decodeFrame(text)));
      }),
      RUNS,
    );
  });

  it('text-stream', () => {
    const decode = textStream({ turnEvents, ...platformConversations }).decoder();
    fc.assert(
      fc.property(fc.array(spoiltText(flat), { maxLength: 6 }), (texts) => {
        takeIn(texts.flatMap((text) => decode(text)));
      }),
      RUNS,
    );
  });

  it('server-sent events of a turn, cut anywhere', async () => {
    const name = fc.constantFrom(...frames.map(({ event }) => event), '', 'from_the_future', '__proto__');
    const blocks = fc.array(
      fc
        .tuple(spoiltText([...frames.map(({ data }) => data), ...flat]), name)
        .map(([text, event]) => asSse(text, event)),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(blocks, sizes, async (texts, pieces) => {
        takeIn(await all(decodeSse(arriving(cut(texts.join(''), pieces)))));
      }),
      RUNS,
    );
  });

  it('lines of a classic stream, cut anywhere', async () => {
    const stream = fc.array(spoiltText(lines), { maxLength: 6 }).map((texts) => texts.join('\n'));
    await fc.assert(
      fc.asyncProperty(stream, sizes, fc.boolean(), async (text, pieces, creates) => {
        const decoder = new ClassicDecoder({ creates, createId: () => 'k' });
        const read = await all(splitLines(arriving(cut(text, pieces))));
        takeIn(read.flatMap((line) => decoder.decode(line)));
      }),
      RUNS,
    );
  });

  it.each([
    ['of the platform', platformConversations.history, detail],
    ['of classic, page by page', classic.history, messagesPage],
  ] as const)('the history %s', async (_title, read, valid) => {
    await fc.assert(
      fc.asyncProperty(fc.array(spoiltText([valid]), { minLength: 1, maxLength: 3 }), async (bodies) => {
        takeIn(history(await read(portWith(bodies), target, 'c1')));
      }),
      RUNS,
    );
  });

  it.each([
    ['sessions/start, and the greeting after it', turns, target, [started, detail]],
    [
      'POST conversations',
      turns,
      { ...target, entityId: undefined } as unknown as Target,
      [created, started],
    ],
    ['a conversation that is resumed', turns, { ...target, conversationId: 'c1' }, [detail, created]],
    ['a classic conversation that is resumed', classic, { ...target, conversationId: 'c1' }, [conversations]],
    ['a classic conversation that is begun', classic, target, [lines[0], conversations]],
  ] as const)('the answer to %s', async (_title, surface, to, valid) => {
    await fc.assert(
      fc.asyncProperty(fc.array(spoiltText(valid), { minLength: 1, maxLength: 3 }), async (bodies) => {
        takeIn(await follow(surface.open(portWith(bodies), to)));
      }),
      RUNS,
    );
  });

  it('the answer to a poll', async () => {
    await fc.assert(
      fc.asyncProperty(spoiltText([turnResponse]), async (body) => {
        const answer = await turns.collect!(portWith([body]), target, 'c1', 'k');
        if (isRefusal(answer)) return;
        takeIn(answer.events);
        await answer.acknowledge?.();
      }),
      RUNS,
    );
  });

  it('suggestions of classic', async () => {
    const valid = [{ prompts: [{ prompt: 'Move my visit' }] }, { recommended_responses: ['Yes'] }];
    const wishes = { facets: [], instructions: '', min: 1, max: 3 };
    await fc.assert(
      fc.asyncProperty(spoiltText(valid), async (body) => {
        const texts = [
          ...(await classic.starters!(portWith([body]), target, wishes)),
          ...(await classic.recommend!(portWith([body]), target, 'c1', 't1')),
        ];
        for (const text of texts) expect(typeof text).toBe('string');
      }),
      RUNS,
    );
  });

  it('a token, as a text and as what a script answers', () => {
    const check = (read: ReturnType<typeof readToken>): void => {
      if (!read) return;
      expect(read.token).toMatch(/[^]/);
      for (const value of Object.values(read)) expect(typeof value).toBe('string');
    };
    fc.assert(
      fc.property(
        spoiltText([token, 'bare']),
        oneSpoilt([token, { ...token, expiresAt: 'x' }, 'bare']),
        (body, answer) => {
          check(decodeToken(body));
          check(readToken(answer));
        },
      ),
      RUNS,
    );
  });

  it('what other tabs say of the lock', () => {
    fc.assert(
      fc.property(
        oneSpoilt([
          { type: 'lock', reason: 'idle', entity: 'e1', subject: 'ann' },
          { type: 'unlock', entity: 'e1' },
          { type: 'who' },
        ]),
        (data) => {
          const message = decodeLockMessage(data);
          if (!message) return;
          expect(['lock', 'unlock', 'reset', 'active', 'who']).toContain(message.type);
          for (const who of [message.entity, message.subject])
            expect(['string', 'undefined']).toContain(typeof who);
        },
      ),
      RUNS,
    );
  });
});

const mirrored = takeIn([
  { type: 'agent.message', text: 'Good morning' },
  { type: 'tool.started', callId: 'k1', toolName: 'lookup', input: '{}' },
  { type: 'approval.requested', approvalId: 'a1', summary: 'Cancel' },
  { type: 'note.added', note: 'idle' },
]);
const events: readonly object[] = [
  { type: 'agent.delta', text: 'a' },
  { type: 'agent.message', text: 'b' },
  { type: 'tool.completed', callId: 'k1', toolName: 'lookup', result: 'x' },
  { type: 'turn.completed', turnId: 't1' },
  { type: 'turn.failed', error: { origin: 'server', code: 'reply-failed', severity: 'error', retryable: true }, rolledBack: true },
  { type: 'message.status', messageId: 'm1', status: 'delivered' },
  { type: 'history.loaded', turns: [{ role: 'user', text: 'Hi', at: 7 }, { role: 'agent', text: 'c', tools: [] }], earlier: true },
  { type: 'suggestions.offered', texts: ['Yes'] },
  { type: 'connection.changed', status: 'open', attempt: 0 },
  { type: 'approval.decided', approvalId: 'a1', decision: 'approve' },
]; // prettier-ignore

describe('what other tabs say', () => {
  const messages = [
    { type: 'snapshot', term: 1, seq: 0, state: mirrored, subject: 'ann' },
    ...events.map((event, seq) => ({
      type: 'event', term: 1, seq, event: { ...event, at: 5, id: `i${String(seq)}` }, ack: 'c1',
    })),
    { type: 'handing-over', term: 1, messageId: 'm1' },
    { type: 'command', id: 'c1', at: 1, command: { type: 'send', id: 'm9', text: 'Hi' } },
    { type: 'ack', id: 'c1' },
    { type: 'hello' },
  ]; // prettier-ignore

  /** A time that no calendar has is let through: only a script of this origin could say so, and it can do anything. */
  const impossible = (text: string): boolean =>
    [...text.matchAll(/"at":(-?[\d.e+]+)/g)].some(([, at]) => Math.abs(Number(at)) > 8.64e15);

  it('is taken in and shown, or it is nothing', () => {
    const through = new Set<string>();
    fc.assert(
      fc.property(oneSpoilt(messages), (data) => {
        const message = decodeTabMessage(data);
        if (!message || impossible(JSON.stringify(message))) return;
        through.add(message.type);
        if (message.type === 'snapshot') takeIn([{ type: 'state.mirrored', state: message.state }]);
        if (message.type === 'event') show(reduce(mirrored, message.event));
      }),
      { numRuns: 3_000 },
    );
    expect([...through].sort()).toEqual(['ack', 'command', 'event', 'handing-over', 'hello', 'snapshot']);
  });
});

describe('the work on what arrives', () => {
  const line = (length: number): string => `{"type":"new-message","message":"${'a'.repeat(length)}"}`;
  const inPieces = (text: string): readonly string[] => cut(text, [10]);
  const decoders: readonly (readonly [string, (size: number) => unknown])[] = [
    ['one long classic line in small pieces', (size) => all(splitLines(arriving(inPieces(line(size)))))],
    ['many classic lines in small pieces', (size) => all(splitLines(arriving(inPieces(`${line(9)}\n`.repeat(size / 10)))))],
    ['one long server-sent event in small pieces', (size) => all(decodeSse(arriving(inPieces(asSse(line(size), 'token')))))],
    ['many server-sent events', (size) => all(decodeSse(arriving(inPieces(asSse('{"text":"a"}', 'token').repeat(size / 10)))))],
    ['a server-sent event of many lines', (size) => all(decodeSse(arriving([asSse('{}\n'.repeat(size / 10), 'token')])))],
    ['a long history', (size) => platformConversations.history(portWith([JSON.stringify({ turns: Array.from({ length: size / 10 }, () => detail.turns[1]) })]), target, 'c1')],
    ['a tab’s snapshot of many messages', (size) => decodeTabMessage({ ...{ type: 'snapshot', term: 1, seq: 0 }, state: { ...mirrored, items: Array.from({ length: size / 10 }, () => mirrored.items[0]) } })],
    ['a token of any length', (size) => decodeToken(JSON.stringify({ token: 'a'.repeat(size) }))],
  ]; // prettier-ignore

  it.each(decoders)('grows with its length and no faster: %s', async (_title, work) => {
    const steps: number[] = [];
    for (const size of [1_000, 10_000, 100_000]) steps.push(await stepsOf(() => work(size)));
    expectLinear(steps);
  });

  it('is seen to grow faster where it does', async () => {
    const quadratic = (size: number): unknown => {
      let rest = '';
      for (const piece of inPieces('a'.repeat(size))) rest = (rest + piece).split('\n').pop() ?? '';
      return rest;
    };
    const steps: number[] = [];
    for (const size of [1_000, 10_000, 100_000]) steps.push(await stepsOf(() => quadratic(size)));
    expect(() => {
      expectLinear(steps);
    }).toThrow();
  });
});
