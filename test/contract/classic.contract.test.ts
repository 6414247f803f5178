import { describe, expect, it } from 'vitest';

import { DEMO_API_KEY, demoIds, type Profile } from '../../demo/server/index.js';
import { createClassicClient, signInWithApiKey } from '../../src/platform.js';
import { postJson } from '../../src/protocol/http.js';
import { Contract, type Recorded } from './contract.js';
import { Recorder } from './recorder.js';

const contract = new Contract('classic.json');
const { organizationId, classicServiceId: service_id } = demoIds;
const stream = { accept: 'application/x-ndjson' };

type Line = Readonly<Record<string, unknown>>;
const linesOf = ({ body, contentType }: Recorded): Line[] =>
  contentType === 'application/x-ndjson'
    ? body.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Line] : []))
    : [];

/** The same calls in every profile; the requests are all meant to be right. */
async function talk(recorder: Recorder): Promise<void> {
  const base = `${recorder.baseUrl}/v1/${organizationId}`;
  const text = 'request_format=text&response_format=text&current_agent_action_type=.*';
  const say = (id: string, words: string, type = 'user-message'): Promise<Recorded> => {
    const body = new FormData();
    body.append('initial_message_type', type);
    body.append('recorded_message', words);
    const url = `${base}/conversation/${id}/interact?${text}`;
    return recorder.perform({ method: 'POST', url, headers: stream, body });
  };
  const begin = async (first: object = {}): Promise<string> => {
    const url = `${base}/conversation/?response_format=text`;
    const created = await recorder.perform(postJson(url, { service_id, ...first }, stream));
    return String(linesOf(created)[0]?.['conversation_id']);
  };
  const get = (path: string): Promise<Recorded> =>
    recorder.perform({ method: 'GET', url: `${base}/${path}` });
  const finish = (id: string): Promise<Recorded> =>
    recorder.perform(postJson(`${base}/conversation/${id}/finish/`, {}));

  const id = await begin();
  await begin();
  await say(id, 'check my insurance');
  await say(id, 'A fall was seen.', 'external-event');
  const skipped = await say(id, '', 'skip');
  recorder.server.control.set({ fault: 'error', at: 'mid-reply' });
  await say(id, 'hello');
  await get(`conversation/?is_finished=false&service_id=${service_id}&limit=1&sort_by=-created_at`);
  await get(`conversation/${id}/messages/?limit=2&sort_by=%2Bcreated_at`);
  const messages = await get(`conversation/${id}/messages/?message_type=agent-message&continuation_token=1`);
  const { messages: all } = JSON.parse(messages.body) as {
    messages: { id: string; interaction_id: string }[];
  };
  await get(`conversation/${id}/messages/${all[0]!.id}/source`);
  const told = linesOf(skipped).at(-1)!['interaction_id'];
  const latest = typeof told === 'string' ? told : all.at(-1)!.interaction_id;
  await recorder.perform(
    postJson(`${base}/conversation/${id}/interaction/${latest}/recommend_responses`, {}),
  );
  const starter = {
    service_id,
    facets: ['visits'],
    min_count: 1,
    max_count: 3,
    generation_instructions: 'Short.',
  };
  await recorder.perform(postJson(`${base}/conversation/conversation_starter`, starter));
  await get('service/?is_active=true&limit=5');
  await finish(id);
  await finish(id);
  await say(id, 'hello');
  await begin({ initial_message: 'hello', initial_message_type: 'user-message' });
  await monitor(recorder, id);
}

/** What a backend asks for, through amigo-chat/platform. */
async function monitor({ baseUrl, fetch }: Recorder, conversationId: string): Promise<void> {
  const key = {
    baseUrl,
    fetch,
    organizationId,
    apiKey: DEMO_API_KEY,
    apiKeyId: 'k1',
    userId: 'a'.repeat(24),
  };
  const classic = createClassicClient({
    baseUrl,
    fetch,
    organizationId,
    getToken: () => signInWithApiKey(key),
  });
  await classic.evaluateMetrics({ metricIds: ['b'.repeat(24)], conversationId });
  const dynamicBehaviorSetId = 'c'.repeat(24);
  await classic.getDynamicBehaviorSetVersions({
    dynamicBehaviorSetId,
    version: '1-2',
    limit: 1,
    sortBy: '-version',
  });
}

async function record(profile: Profile): Promise<readonly Recorded[]> {
  const recorder = await Recorder.open({ profile });
  await talk(recorder);
  await recorder.server.close();
  return recorder.exchanges;
}

describe('the openapi profile', () => {
  it('fits the description: every answer, and every request', async () => {
    const exchanges = await record('openapi');
    expect(exchanges.flatMap((exchange) => contract.checkAnswer(exchange))).toEqual([]);
    expect(exchanges.flatMap((exchange) => contract.checkRequest(exchange))).toEqual([]);
    expect(new Set(exchanges.map(({ status }) => status))).toEqual(new Set([200, 201, 204, 400, 409]));
    const met = new Set(exchanges.map((exchange) => contract.operationOf(exchange)));
    expect(contract.operations.filter((operation) => !met.has(operation))).toEqual([
      'GET /v1/{organization}/conversation/{conversation_id}/interaction/{interaction_id}/insights',
      'POST /v1/{organization}/conversation/{conversation_id}/tags/',
      'POST /v1/{organization}/user/signin',
    ]);
  });
});

describe('the seed profile', () => {
  /** Protocol §e and §g, in the guides' form: the fields a line may have, by its type. */
  const fields: Readonly<Record<string, readonly string[]>> = {
    'conversation-created': ['conversation_id'],
    'user-message-available': ['message_id', 'user_message'],
    'current-agent-action': ['action'],
    'new-message': [
      'message',
      'message_id',
      'sequence_number',
      'stop',
      'transcript_alignment',
      'message_metadata',
    ],
    'interaction-complete': [],
    error: ['code', 'message'],
  };

  it('fits the tables: the lines of every stream, and their order', async () => {
    const exchanges = await record('seed');
    const streams = exchanges.map(linesOf).filter((lines) => lines.length > 0);
    const seen = new Set<string>();
    for (const { type, ...rest } of streams.flat()) {
      seen.add(String(type));
      expect([type, Object.keys(rest).sort()]).toEqual([
        type,
        [...(fields[String(type)] ?? ['unknown'])].sort(),
      ]);
      if (type === 'current-agent-action') expect(typeof rest['action']).toBe('string');
      if (type === 'new-message') expect(rest['stop']).toBe(false);
    }
    expect([...seen].sort()).toEqual(Object.keys(fields).sort());
    for (const lines of streams) expect(lines.at(-1)!['type']).toMatch(/^(?:interaction-complete|error)$/);
    const created = streams.find(
      (lines) => lines[0]?.['type'] === 'conversation-created' && lines.length > 2,
    );
    expect(created).toBeDefined();
  });

  it('is what the description rejects, which is why there are two', async () => {
    const exchanges = await record('seed');
    const streamed = exchanges.filter((exchange) => linesOf(exchange).length > 0);
    expect(streamed.every((exchange) => contract.checkAnswer(exchange).length > 0)).toBe(true);
    const rest = exchanges.filter((exchange) => linesOf(exchange).length === 0);
    expect(rest.flatMap((exchange) => contract.checkAnswer(exchange))).toEqual([]);
  });
});
