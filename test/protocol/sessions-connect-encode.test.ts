import { describe, expect, it } from 'vitest';
import { sessionsConnect } from '../../src/protocol/sessions-connect/index.js';
import { isSubprotocolToken } from '../../src/protocol/subprotocol.js';

const target = {
  baseUrl: 'https://api.platform.amigo.ai',
  workspaceId: 'w1',
  serviceId: 's1',
  entityId: 'e1',
  toolEvents: false,
};

describe('the address of a connect', () => {
  it.each([
    ['wss://api.platform.amigo.ai/v1/w1/sessions/connect?service_id=s1&entity_id=e1&tool_events=false', {}],
    [
      'ws://localhost:8080/v1/w1/sessions/connect?service_id=s1&entity_id=e1&tool_events=true',
      { baseUrl: 'http://localhost:8080', toolEvents: true },
    ],
    [
      'wss://api.platform.amigo.ai/v1/w1/sessions/connect?service_id=s1&entity_id=e1&conversation_id=c1&tool_events=false',
      { conversationId: 'c1' },
    ],
    [
      'wss://api.platform.amigo.ai/v1/a%2Fb/sessions/connect?service_id=s%261&entity_id=e1&tool_events=false',
      { workspaceId: 'a/b', serviceId: 's&1' },
    ],
  ])('is %s', (url, changes) => {
    expect(sessionsConnect.url({ ...target, ...changes })).toBe(url);
  });

  it('never holds the token, which travels as a subprotocol', () => {
    expect(sessionsConnect.subprotocols('secret')).toEqual(['auth', 'secret']);
  });
});

describe('what the person says', () => {
  it.each(['hi', 'say "no"\n</script>', '\u2028 🙂'])('is one user_text frame: %j', (text) => {
    expect(JSON.parse(sessionsConnect.encodeMessage(text))).toEqual({ type: 'user_text', text });
  });
});

describe('a token', () => {
  it.each(['a', 'eyJhbGciOi.eyJzdWIi.c2ln-_', 'key+1', 'x'.repeat(4_096)])(
    'may travel as a subprotocol: %.20s',
    (token) => {
      expect(isSubprotocolToken(token)).toBe(true);
    },
  );

  it.each(['', 'a/b=', 'a:b', 'a b', 'a,b', 'é', 'a\n', 'x'.repeat(4_097)])('may not: %.20j', (token) => {
    expect(isSubprotocolToken(token)).toBe(false);
  });
});
