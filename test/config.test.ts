import { describe, expect, it } from 'vitest';
import { DEFAULT_BASE_URL, identityOf, readConfig, type Config, type RawConfig } from '../src/config.js';
import { routes } from '../src/session/surfaces.js';

const PAGE = new URL('https://portal.example/inbox/today');
const raw: RawConfig = {
  baseUrl: '',
  workspaceId: 'w1',
  serviceId: 's1',
  entityId: 'e1',
  conversationId: '',
  transport: 'auto',
  textStreamUrl: '',
  history: 'server',
  tokenUrl: '',
  toolEvents: false,
  organizationId: '',
  classicBaseUrl: '',
  serviceVersionSet: '',
  finishAfter: 0,
};

const read = (changes: Partial<RawConfig>, page = PAGE): ReturnType<typeof readConfig> =>
  readConfig({ ...raw, ...changes }, page, routes);

/** `attribute code`, for each error. */
function errorsOf(changes: Partial<RawConfig>, page = PAGE): readonly string[] {
  const answer = read(changes, page);
  return 'errors' in answer ? answer.errors.map(({ subject, code }) => `${subject ?? ''} ${code}`) : [];
}

function configOf(changes: Partial<RawConfig>, page = PAGE): Config {
  const answer = read(changes, page);
  if ('errors' in answer) throw new Error(JSON.stringify(answer.errors));
  return answer.config;
}

describe('the attributes', () => {
  it('need no more than whom to talk to, and for whom', () => {
    expect(configOf({})).toEqual({
      baseUrl: DEFAULT_BASE_URL,
      workspaceId: 'w1',
      serviceId: 's1',
      entityId: 'e1',
      transport: 'auto',
      history: 'server',
      toolEvents: false,
    });
  });

  it.each<[Partial<RawConfig>, readonly string[]]>([
    [{ workspaceId: '' }, ['workspace-id missing-attribute']],
    [{ serviceId: '' }, ['service-id missing-attribute']],
    [{ entityId: '' }, ['entity-id missing-attribute']],
    [
      { workspaceId: '', serviceId: '', entityId: '' },
      ['workspace-id missing-attribute', 'service-id missing-attribute', 'entity-id missing-attribute'],
    ],
    [{ workspaceId: 'a b' }, ['workspace-id invalid-attribute']],
    [{ serviceId: '../x' }, ['service-id invalid-attribute']],
    [{ workspaceId: '..' }, ['workspace-id invalid-attribute']],
    [{ conversationId: '.' }, ['conversation-id invalid-attribute']],
    [{ entityId: 'x'.repeat(129) }, ['entity-id invalid-attribute']],
    [{ conversationId: 'a?b' }, ['conversation-id invalid-attribute']],
    [{ transport: 'carrier-pigeon' }, ['transport invalid-attribute']],
    [{ transport: '' }, ['transport invalid-attribute']],
    [{ history: 'forever' }, ['history invalid-attribute']],
    [{ finishAfter: Number.NaN }, ['finish-after invalid-attribute']],
    [{ finishAfter: -1 }, ['finish-after invalid-attribute']],
    [{ baseUrl: 'ftp://api.example' }, ['base-url invalid-attribute']],
    [{ baseUrl: 'http://' }, ['base-url invalid-attribute']],
    [{ baseUrl: 'javascript:alert(1)' }, ['base-url invalid-attribute']],
    [{ baseUrl: 'https://user:pass@api.example' }, ['base-url invalid-attribute']],
    [{ baseUrl: 'http://api.example' }, ['base-url invalid-attribute']],
    [{ tokenUrl: 'https://elsewhere.example/token' }, ['token-url invalid-attribute']],
    [{ tokenUrl: '//elsewhere.example/token' }, ['token-url invalid-attribute']],
    [{ tokenUrl: 'data:application/json,{}' }, ['token-url invalid-attribute']],
    [{ entityId: '', transport: 'x' }, ['entity-id missing-attribute', 'transport invalid-attribute']],
  ])('%j are refused, one plain error each', (changes, errors) => {
    expect(errorsOf(changes)).toEqual(errors);
  });

  it.each([
    'b7a1c3de-0000-4000-8000-000000000000',
    'conv_01',
    '65f0c0ffee65f0c0ffee65f0',
    'turn-001',
    'a:b~c.d',
  ])('take any id that a surface gives: %s', (id) => {
    expect(configOf({ entityId: id, conversationId: id })).toMatchObject({
      entityId: id,
      conversationId: id,
    });
  });

  it.each([
    ['', DEFAULT_BASE_URL],
    ['https://api.example/path?query#fragment', 'https://api.example'],
    ['https://api.example:8443', 'https://api.example:8443'],
    ['/amigo', 'https://portal.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://demo.localhost', 'http://demo.localhost'],
  ])('base-url %j is the origin %s', (baseUrl, origin) => {
    expect(configOf({ baseUrl }).baseUrl).toBe(origin);
  });

  it.each([
    ['token', 'https://portal.example/inbox/token'],
    ['/token?a=1', 'https://portal.example/token?a=1'],
    ['https://portal.example/token', 'https://portal.example/token'],
  ])('token-url %j is read against the page', (tokenUrl, expected) => {
    expect(configOf({ tokenUrl }).tokenUrl).toBe(expected);
  });

  it('never tell a value in an error', () => {
    expect(
      JSON.stringify(read({ entityId: 'secret value', tokenUrl: 'https://secret.example' })),
    ).not.toContain('secret');
  });
});

it('finish-after is for conversations that never end by themselves', () => {
  const classic = { transport: 'classic', organizationId: 'o1', serviceId: '68a1c0de5e41f1ce00000004' };
  expect(configOf({ ...classic, finishAfter: 15 }).finishAfter).toBe(15);
  expect(configOf(classic)).not.toHaveProperty('finishAfter');
  expect(configOf({ finishAfter: 15 })).not.toHaveProperty('finishAfter');
});

describe('another identity', () => {
  it.each<[Partial<RawConfig>, boolean]>([
    [{}, false],
    [{ workspaceId: 'w2' }, true],
    [{ serviceId: 's2' }, true],
    [{ entityId: 'e2' }, true],
    [{ baseUrl: 'https://api.example' }, true],
    [{ transport: 'sessions-connect' }, true],
    [{ conversationId: 'c1' }, true],
    [{ toolEvents: true }, false],
    [{ history: 'memory' }, false],
    [{ tokenUrl: '/token' }, false],
  ])('comes with %j: %s', (changes, another) => {
    expect(identityOf(configOf(changes)) !== identityOf(configOf({}))).toBe(another);
  });
});
