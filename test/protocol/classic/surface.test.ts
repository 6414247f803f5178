import { describe, expect, it } from 'vitest';
import { classic } from '../../../src/protocol/classic/index.js';
import type { Exchange, HttpAnswer, HttpPort, RequestDescription } from '../../../src/protocol/http.js';
import type { Target } from '../../../src/protocol/surface.js';

const ID = '68a1c0de5e41f1ce00000009';
const target: Target = {
  baseUrl: 'https://unused.example',
  workspaceId: '',
  serviceId: '68a1c0de5e41f1ce00000004',
  organizationId: 'demo clinic',
  toolEvents: false,
};

/** Answers requests in order, and keeps what was asked. */
class ScriptedPort implements HttpPort {
  readonly asked: RequestDescription[] = [];

  constructor(private readonly answers: readonly (Partial<HttpAnswer> | readonly object[])[]) {}

  async request(description: RequestDescription): Promise<HttpAnswer> {
    const answer = this.next(description);
    return Promise.resolve({ status: 200, body: JSON.stringify(answer), ...answer });
  }

  async stream(description: RequestDescription): ReturnType<HttpPort['stream']> {
    const answer = this.next(description);
    const lines = Array.isArray(answer) ? (answer as readonly object[]) : [];
    async function* chunks(): AsyncGenerator<string> {
      for (const line of lines) yield await Promise.resolve(`${JSON.stringify(line)}\n`);
    }
    return Promise.resolve({
      status: 200,
      body: '',
      ...(Array.isArray(answer) ? {} : answer),
      chunks: chunks(),
    });
  }

  async pause(): Promise<void> {
    return Promise.resolve();
  }

  get calls(): readonly string[] {
    return this.asked.map(
      ({ method, url }) => `${method} ${new URL(url).pathname.replace('/v1/demo%20clinic/', '')}`,
    );
  }

  private next(description: RequestDescription): Partial<HttpAnswer> | readonly object[] {
    this.asked.push(description);
    return this.answers[this.asked.length - 1] ?? { status: 500, body: '' };
  }
}

const page = (body: object): Partial<HttpAnswer> => ({ status: 200, body: JSON.stringify(body) });

async function follow(exchange: Exchange): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for (;;) {
    const step = await exchange.next();
    if (step.done) return [...seen, step.value];
    seen.push(step.value);
  }
}

describe('a classic conversation', () => {
  it('begins with the agent, under the default region, organization and version set', async () => {
    const port = new ScriptedPort([[{ type: 'conversation-created', conversation_id: ID }]]);
    expect(await follow(classic.open(port, target))).toMatchObject([
      { type: 'session.opened', greets: true },
      undefined,
    ]);
    const [asked] = port.asked;
    const url = new URL(asked?.url ?? '');
    expect(url.origin + url.pathname).toBe('https://api.amigo.ai/v1/demo%20clinic/conversation/');
    expect([...url.searchParams]).toEqual([
      ['response_format', 'text'],
      ['current_agent_action_type', '^$'],
    ]);
    expect(JSON.parse(asked?.body as string)).toEqual({
      service_id: target.serviceId,
      service_version_set_name: 'release',
    });
    expect(asked?.headers).toMatchObject({ accept: 'application/x-ndjson' });
  });

  it.each([
    [{ text: 'Hi' }, 'user-message'],
    [{ text: 'Visit moved', event: true }, 'external-event'],
  ])('may begin with %j', async (first, type) => {
    const port = new ScriptedPort([[{ type: 'conversation-created', conversation_id: ID }]]);
    const region = {
      ...target,
      classicBaseUrl: 'https://api-eu-central-1.amigo.ai',
      serviceVersionSet: 'edge',
    };
    expect(await follow(classic.open(port, region, first))).toMatchObject([{ greets: false }, undefined]);
    expect(port.asked[0]?.url).toContain('https://api-eu-central-1.amigo.ai/v1/');
    expect(JSON.parse(port.asked[0]?.body as string)).toMatchObject({
      initial_message: first.text,
      initial_message_type: type,
      service_version_set_name: 'edge',
    });
  });

  it.each([400, 409])('offers the unfinished one after a %d (C24)', async (status) => {
    const port = new ScriptedPort([
      { status, body: '' },
      page({ conversations: [{ id: ID, is_finished: false }] }),
    ]);
    expect(await follow(classic.open(port, target))).toEqual([
      { type: 'session.conflict', conversationId: ID },
      undefined,
    ]);
    expect(port.calls).toEqual(['POST conversation/', 'GET conversation/']);
    expect(Object.fromEntries(new URL(port.asked[1]?.url ?? '').searchParams)).toMatchObject({
      is_finished: 'false',
      service_id: target.serviceId,
    });
  });

  it('passes a 400 on that has another reason', async () => {
    const port = new ScriptedPort([{ status: 400, body: '' }, page({ conversations: [] })]);
    expect(await follow(classic.open(port, target))).toMatchObject([{ kind: 'invalid', status: 400 }]);
  });

  it.each([
    [
      [{ id: ID, is_finished: false }],
      [{ type: 'session.opened', conversationId: ID, greets: false }, undefined],
    ],
    [
      [{ id: ID, is_finished: true }],
      [{ type: 'session.opened' }, { type: 'session.ended', reason: 'completed' }, undefined],
    ],
    [[{ id: 'another' }], [{ kind: 'missing', status: 404 }]],
  ])('is resumed where the server has it: %j', async (conversations, expected) => {
    const port = new ScriptedPort([page({ conversations })]);
    expect(await follow(classic.open(port, { ...target, conversationId: ID }))).toMatchObject(expected);
  });

  it('is told as a form, the type before the text', async () => {
    const port = new ScriptedPort([[]]);
    await follow(classic.say(port, { ...target, toolEvents: true }, ID, 'Hello', {}));
    const body = port.asked[0]?.body;
    expect(body instanceof FormData && [...body]).toEqual([
      ['initial_message_type', 'user-message'],
      ['recorded_message', 'Hello'],
    ]);
    expect(port.asked[0]?.headers).not.toHaveProperty('content-type');
    const wanted = new RegExp(
      new URL(port.asked[0]?.url ?? '').searchParams.get('current_agent_action_type') ?? '',
    );
    expect(['tool-call-started', 'tool-call-ended', 'engage-user'].map((type) => wanted.test(type))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is finished where the server broke after the reply', async () => {
    const port = new ScriptedPort([
      [{ type: 'interaction-complete' }, { type: 'error' }],
      { status: 204, body: '' },
    ]);
    const events = await follow(classic.say(port, target, ID, 'Hello', {}));
    expect(events).toMatchObject([
      { type: 'turn.completed' },
      { type: 'session.notice' },
      { type: 'session.ended' },
      undefined,
    ]);
    expect(port.calls[1]).toBe(`POST conversation/${ID}/finish/`);
  });

  it.each([
    [204, undefined],
    [400, undefined],
    [404, undefined],
    [409, undefined],
    [503, { kind: 'failed' }],
  ])('counts a %d as finished, or not (C25)', async (status, expected) => {
    const refusal = await classic.finish?.(new ScriptedPort([{ status, body: '' }]), target, ID);
    if (expected) expect(refusal).toMatchObject(expected);
    else expect(refusal).toBeUndefined();
  });
});

describe('its history', () => {
  const message = (text: string, type: string): object => ({
    sender: type.split('-')[0],
    message: text,
    message_type: type,
    interaction_id: 'i',
    created_at: '2026-01-05T09:00:00Z',
  });

  it('is read page by page', async () => {
    const port = new ScriptedPort([
      page({ messages: [message('Hi', 'agent-message'), 'junk'], has_more: true, continuation_token: 500 }),
      page({
        messages: [
          message('Hello', 'user-message'),
          message('Moved', 'external-event'),
          message('hm', 'agent-inner-thought'),
        ],
        has_more: false,
        continuation_token: null,
      }),
    ]);
    expect(await classic.history(port, target, ID)).toMatchObject([
      { role: 'agent', text: 'Hi', turnId: 'i' },
      { role: 'user', text: 'Hello' },
      { role: 'user', text: 'Moved', event: true },
    ]);
    expect(port.asked.map(({ url }) => new URL(url).searchParams.get('continuation_token'))).toEqual([
      null,
      '500',
    ]);
    expect(port.asked[0]?.url).toContain('sort_by=%2Bcreated_at');
  });

  it('ends where a page leads back to itself, and after very many', async () => {
    const again = page({ messages: [], has_more: true, continuation_token: 7 });
    const port = new ScriptedPort(Array.from({ length: 100 }, () => again));
    await classic.history(port, target, ID);
    expect(port.asked).toHaveLength(2);
    const endless = new ScriptedPort(
      Array.from({ length: 100 }, (_, index) =>
        page({ messages: [], has_more: true, continuation_token: index }),
      ),
    );
    await classic.history(endless, target, ID);
    expect(endless.asked).toHaveLength(40);
  });

  it('is refused, or unreadable, as such', async () => {
    expect(await classic.history(new ScriptedPort([{ status: 404, body: '' }]), target, ID)).toMatchObject({
      kind: 'missing',
    });
    expect(
      await classic.history(new ScriptedPort([{ status: 200, body: '<html>' }]), target, ID),
    ).toMatchObject({ kind: 'unreadable' });
  });
});

it('suggestions are had, or none', async () => {
  const wishes = { facets: ['visits'], instructions: 'Short.', min: 1, max: 3 };
  const port = new ScriptedPort([
    page({ prompts: [{ prompt: 'Move my visit', facets: [] }] }),
    page({ recommended_responses: ['Yes'] }),
    { status: 400, body: '' },
  ]);
  expect(await classic.starters?.(port, target, wishes)).toEqual(['Move my visit']);
  expect(JSON.parse(port.asked[0]?.body as string)).toMatchObject({
    facets: ['visits'],
    generation_instructions: 'Short.',
    min_count: 1,
    max_count: 3,
  });
  expect(await classic.recommend?.(port, target, ID, 'i1')).toEqual(['Yes']);
  expect(await classic.recommend?.(port, target, ID, 'i1')).toEqual([]);
});
