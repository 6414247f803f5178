import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeConversation, decodeHistory, readConversation } from '../../src/protocol/history/index.js';

const workspace = { baseUrl: 'https://api.platform.amigo.ai', workspaceId: 'w1' };

describe('the requests for a conversation', () => {
  it('name it by its id, whatever the id holds', () => {
    expect(readConversation(workspace, 'a/b?c')).toEqual({
      method: 'GET',
      url: 'https://api.platform.amigo.ai/v1/w1/conversations/a%2Fb%3Fc',
    });
    expect(closeConversation(workspace, 'c1')).toEqual({
      method: 'DELETE',
      url: 'https://api.platform.amigo.ai/v1/w1/conversations/c1',
    });
  });
});

describe('a history', () => {
  const read = (...turns: readonly unknown[]): unknown => decodeHistory(JSON.stringify({ id: 'c1', turns }));

  it.each([
    [
      'a turn with all it may have',
      { role: 'user', text: 'hi', timestamp: '2026-01-05T09:00:00Z', turn_id: 't1' },
      [{ role: 'user', text: 'hi', at: Date.UTC(2026, 0, 5, 9), turnId: 't1' }],
    ],
    ['a bare turn', { role: 'agent', text: 'Hello' }, [{ role: 'agent', text: 'Hello' }]],
    ['nulls', { role: 'system', text: null, timestamp: null, turn_id: null }, [{ role: 'system', text: '' }]],
    ['a time that is none', { role: 'agent', text: 'x', timestamp: 'soon' }, [{ role: 'agent', text: 'x' }]],
    ['a role we do not know', { role: 'supervisor', text: 'x' }, []],
    ['a role that every object has', { role: 'constructor', text: 'x' }, []],
    ['a text of the wrong type', { role: 'user', text: 7 }, []],
    ['something else', 'turn', []],
  ])('reads %s', (_title, turn, expected) => {
    expect(read(turn)).toEqual(expected);
  });

  it('leaves single misshapen turns out and keeps the others', () => {
    expect(read({ role: 'user', text: 'hi' }, null, { role: 'agent', text: 'Friday' })).toHaveLength(2);
  });

  it.each(['', 'null', '[]', '{}', '{"turns":{}}', '<html>'])('is none where the answer is %j', (body) => {
    expect(decodeHistory(body)).toBeUndefined();
  });

  it('may be longer than any frame', () => {
    const turns = Array.from({ length: 20_000 }, () => ({ role: 'user', text: 'x'.repeat(100) }));
    expect(decodeHistory(JSON.stringify({ turns }))).toHaveLength(20_000);
  });

  it('is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.jsonValue()).map((turns) => JSON.stringify({ turns })),
        ),
        (body) => {
          const turns = decodeHistory(body);
          expect(turns === undefined || Array.isArray(turns)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
