import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as classic from '../../src/protocol/classic/encode.js';
import { closeConversation, readConversation } from '../../src/protocol/history/index.js';
import type { RequestDescription } from '../../src/protocol/http.js';
import { connectUrl } from '../../src/protocol/sessions-connect/encode.js';
import { streamUrl } from '../../src/protocol/text-stream/encode.js';
import type { Target } from '../../src/protocol/surface.js';
import { acknowledge, approval, pollTurn, streamTurn } from '../../src/protocol/turns/encode.js';

const target: Target = {
  baseUrl: 'https://api.example',
  workspaceId: 'w1',
  serviceId: 's1',
  organizationId: 'o1',
  classicBaseUrl: 'https://classic.example',
  toolEvents: true,
};
const receipt = { request_id: 'r', receipt: 'r' };

/** Every request whose address holds an id that a server gave, and how it has to look for any id. */
const requests: Readonly<Record<string, readonly [(id: string) => RequestDescription, RegExp]>> = {
  read: [(id) => readConversation(target, id), /^\/v1\/w1\/conversations\/[^/]+$/],
  close: [(id) => closeConversation(target, id), /^\/v1\/w1\/conversations\/[^/]+$/],
  turn: [(id) => streamTurn(target, id, 'Hi', undefined), /^\/v1\/w1\/conversations\/[^/]+\/turns\/stream$/],
  poll: [(id) => pollTurn(target, id, undefined), /^\/v1\/w1\/conversations\/[^/]+\/turns$/],
  receipt: [
    (id) => acknowledge(target, 'c1', { delivery_id: id, ...receipt }),
    /^\/v1\/w1\/conversations\/c1\/turns\/[^/]+\/ack$/,
  ],
  approval: [
    (id) => approval(target, id, { decision: 'approve' }),
    /^\/v1\/w1\/conversations\/[^/]+\/approval$/,
  ],
  interact: [
    (id) => classic.interact(target, id, { text: 'Hi' }),
    /^\/v1\/o1\/conversation\/[^/]+\/interact$/,
  ],
  finish: [(id) => classic.finish(target, id), /^\/v1\/o1\/conversation\/[^/]+\/finish\/$/],
  messages: [(id) => classic.messages(target, id, undefined), /^\/v1\/o1\/conversation\/[^/]+\/messages\/$/],
  recommend: [
    (id) => classic.recommend(target, 'c1', id),
    /^\/v1\/o1\/conversation\/c1\/interaction\/[^/]+\/recommend_responses$/,
  ],
};

/** The path that a browser really asks for: it folds dot segments before it sends. */
const pathOf = (request: RequestDescription): string => new URL(request.url).pathname;

describe.each(Object.keys(requests))('the address of "%s"', (name) => {
  const [make, shape] = requests[name] ?? [];

  it.each([
    '..',
    '.',
    '',
    '%2e%2e',
    '.%2E',
    'a/b',
    '../../token',
    'a?b#c',
    '\\..\\',
    '..;',
    ' ',
    '\ud800',
    '.\udc00',
  ])('keeps its length with the id %j', (id) => {
    expect(make && pathOf(make(id))).toMatch(shape ?? '');
  });

  it('keeps its length with any id', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        fc.string({ unit: fc.constantFrom('.', '%', '2', 'e', '/') }),
        (one, other) => {
          for (const id of [one, other]) expect(make && pathOf(make(id))).toMatch(shape ?? '');
        },
      ),
    );
  });
});

it('a workspace or an organization is one segment too', () => {
  expect(new URL(connectUrl({ ...target, workspaceId: '..' })).pathname).toMatch(
    /^\/v1\/[^/]+\/sessions\/connect$/,
  );
  expect(pathOf(classic.unfinished({ ...target, organizationId: '..' }))).toMatch(
    /^\/v1\/[^/]+\/conversation\/$/,
  );
});

it('a socket names its conversation in the query, where nothing can shorten the path', () => {
  const named = { ...target, conversationId: '../..', entityId: '..' };
  for (const url of [connectUrl(named), streamUrl(named)]) {
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe(new URL(url.split('?')[0] ?? '').pathname);
    expect(searchParams.get('conversation_id')).toBe('../..');
  }
});
