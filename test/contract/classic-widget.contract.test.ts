import { describe, expect, it } from 'vitest';

import { demoIds, profiles, type Profile } from '../../demo/server/index.js';
import * as requests from '../../src/protocol/classic/encode.js';
import { classic } from '../../src/protocol/classic/index.js';
import type {
  Exchange,
  HttpAnswer,
  HttpPort,
  HttpStream,
  RequestDescription,
} from '../../src/protocol/http.js';
import type { Target } from '../../src/protocol/surface.js';
import { Contract, type Recorded } from './contract.js';
import { Recorder } from './recorder.js';

const contract = new Contract('classic.json');

/** Carries out what the surface asks for, and writes it down. */
class RecordingPort implements HttpPort {
  constructor(private readonly recorder: Recorder) {}

  async request(description: RequestDescription): Promise<HttpAnswer> {
    const { status, body } = await this.recorder.perform(description);
    return { status, body };
  }

  async stream(description: RequestDescription): Promise<HttpStream> {
    const { status, body } = await this.recorder.perform(description);
    async function* chunks(): AsyncGenerator<string> {
      yield await Promise.resolve(body);
    }
    return { status, body, chunks: chunks() };
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }
}

interface Told {
  readonly type: string;
  readonly conversationId?: string;
  readonly turnId?: string;
}

async function follow(exchange: Exchange): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (;;) {
    const step = await exchange.next();
    if (step.done) return told;
    told.push(step.value);
  }
}

/** Everything that the widget ever asks of the classic platform, tools and their silence included. */
async function talk(recorder: Recorder, toolEvents: boolean): Promise<readonly Told[]> {
  const port = new RecordingPort(recorder);
  const { organizationId, classicServiceId: serviceId } = demoIds;
  const target: Target = {
    baseUrl: 'https://unused.example',
    workspaceId: '',
    classicBaseUrl: recorder.baseUrl,
    organizationId,
    serviceId,
    toolEvents,
  };
  const wishes = { facets: ['visits'], instructions: 'Short.', min: 1, max: 3 };
  const told = [...(await follow(classic.open(port, target)))];
  const id = told[0]?.conversationId ?? '';
  await classic.starters?.(port, target, wishes);
  told.push(...(await follow(classic.say(port, target, id, 'When is my next visit?', {}))));
  told.push(...(await follow(classic.say(port, target, id, 'A fall was seen.', { event: true }))));
  const turnId = told.findLast(({ type }) => type === 'turn.completed')?.turnId ?? latestTurn(recorder);
  await classic.recommend?.(port, target, id, turnId);
  // A second conversation is refused, and the unfinished one found; then it is resumed, read and finished.
  told.push(...(await follow(classic.open(port, target))));
  told.push(...(await follow(classic.open(port, { ...target, conversationId: id }))));
  await classic.history(port, target, id);
  await recorder.perform(requests.messages(target, id, '1'));
  await classic.finish?.(port, target, id);
  const first = { text: 'Hello', event: false };
  const begun = await follow(classic.open(port, { ...target, serviceVersionSet: 'edge' }, first));
  await classic.finish?.(port, target, begun[0]?.conversationId ?? '');
  return [...told, ...begun];
}

/** Bare completions do not say which interaction it was: the messages do. */
function latestTurn({ exchanges }: Recorder): string {
  const ids = exchanges.flatMap(({ body }) => [...body.matchAll(/"interaction_id":\s*"([a-f0-9]{24})"/g)]);
  return ids.at(-1)?.[1] ?? 'f'.repeat(24);
}

const wanted = [
  'POST /v1/{organization}/conversation/',
  'POST /v1/{organization}/conversation/{conversation_id}/interact',
  'POST /v1/{organization}/conversation/{conversation_id}/finish/',
  'GET /v1/{organization}/conversation/',
  'GET /v1/{organization}/conversation/{conversation_id}/messages/',
  'POST /v1/{organization}/conversation/conversation_starter',
  'POST /v1/{organization}/conversation/{conversation_id}/interaction/{interaction_id}/recommend_responses',
];

async function record(
  profile: Profile,
  toolEvents: boolean,
): Promise<[readonly Recorded[], readonly Told[]]> {
  const recorder = await Recorder.open({ profile });
  const told = await talk(recorder, toolEvents);
  await recorder.server.close();
  return [recorder.exchanges, told];
}

describe.each(profiles)('what the widget asks of the classic platform (%s profile)', (profile) => {
  it.each([true, false])('fits the description, with tool events: %s', async (toolEvents) => {
    const [exchanges] = await record(profile, toolEvents);
    expect(exchanges.flatMap((exchange) => contract.checkRequest(exchange))).toEqual([]);
    const asked = new Set(exchanges.map((exchange) => contract.operationOf(exchange)));
    expect([...asked].sort()).toEqual([...wanted].sort());
    const refused = exchanges.filter(({ status }) => status >= 400).map(({ status }) => status);
    // The second conversation, and in the guides' profile a recommendation for a turn that was not named.
    expect(refused.filter((status) => status !== 400)).toEqual([]);
    expect(refused.length).toBeLessThanOrEqual(profile === 'openapi' ? 1 : 2);
  });

  it('is understood: a conversation from its greeting to the choice and the end', async () => {
    const [, told] = await record(profile, true);
    const kinds = new Set(told.map(({ type }) => type));
    // A completion of the guides is bare: there the pieces are the reply.
    const words = profile === 'openapi' ? 'agent.message' : 'agent.delta';
    for (const kind of ['session.opened', words, 'turn.completed', 'session.conflict'])
      expect(kinds).toContain(kind);
    for (const kind of ['frame.dropped', 'turn.failed']) expect(kinds).not.toContain(kind);
  });
});

it('the description notices what does not fit', async () => {
  const [exchanges] = await record('openapi', false);
  const interact = exchanges.find(({ url }) => url.pathname.endsWith('/interact'));
  const starter = exchanges.find(({ url }) => url.pathname.endsWith('conversation_starter'));
  if (!interact || !starter) throw new Error('not recorded');
  const wrong = { ...(interact.requestBody as object), initial_message_type: 'shout' };
  expect(contract.checkRequest({ ...interact, requestBody: wrong })).toHaveLength(1);
  const few = { ...(starter.requestBody as object), facets: [] };
  expect(contract.checkRequest({ ...starter, requestBody: few })).toHaveLength(1);
  const url = new URL(`${interact.url.href}&limit=1`);
  expect(contract.checkRequest({ ...interact, url })).toHaveLength(1);
});
