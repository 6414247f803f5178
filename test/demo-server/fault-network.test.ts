import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Stage } from './client.js';
import { conversationId, count, Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe('network', () => {
  it('drops by FIN and by RST', async () => {
    const client = await stage.greeted();
    set('drop', { at: 'received' });
    client.say('hello');
    expect((await client.closed).code).toBe(1006);
    const second = stage.connect();
    await second.next('session.created');
    set('drop', { at: 'processed', reset: true });
    second.say('again');
    expect((await second.closed).code).toBe(1006);
    expect(await second.outcome).toBe('open');
    expect(proof.userTexts()).toEqual([
      ['hello', false],
      ['again', true],
    ]);
  });

  it('stalls for good: what is sent is read, nothing comes back', async () => {
    const client = await stage.greeted();
    const from = client.frames.length;
    set('stall', { at: 'processed' });
    client.say('hello');
    await expect.poll(() => stage.control.conversations()[0]?.turns.length).toBe(3);
    expect(client.frames.length).toBe(from);
    expect(client.socket.readyState).toBe(1);
  });

  it('stalls for a while: the held frames come in order', async () => {
    const client = await stage.greeted();
    set('stall', { at: 'mid-reply', ms: 20 });
    const turn = await client.ask('hello');
    expect(turn.at(-2)?.data['text']).toBe(
      turn
        .filter((frame) => frame.name === 'token')
        .map((frame) => frame.data['text'])
        .join(''),
    );
  });

  it('goes half open: nothing is read, a close is not answered', async () => {
    const client = await stage.greeted();
    set('half-open', { at: 'now' });
    client.say('hello');
    client.socket.ping();
    client.socket.close(1000);
    await stage.history(conversationId(client));
    expect(client.socket.readyState).toBe(2);
    expect(proof.userTexts()).toEqual([]);
  });

  it('comes back from half open, and reads what was sent meanwhile', async () => {
    const client = await stage.greeted();
    set('half-open', { at: 'now', ms: 20 });
    expect((await client.ask('hello')).at(-1)?.name).toBe('done');
  });

  it('pings', async () => {
    set('pings', { every_ms: 5 });
    const client = await stage.greeted();
    await client.until(() => count(client, 'ping') >= 2);
  });
});

describe('handshake', () => {
  it.each([401, 403, 404, 429, 500, 502, 503])('HTTP %i', async (status) => {
    set('http-status', { status });
    expect(await stage.connect().outcome).toBe(status);
    expect(await stage.connect().outcome).toBe('open');
  });

  it('slow, and a late session', async () => {
    set('slow-handshake', { ms: 10 });
    set('slow-session', { ms: 10 });
    const client = await stage.greeted();
    expect(client.names[0]).toBe('session.created');
  });

  it('a text that comes before a late session is answered after it', async () => {
    set('slow-session', { ms: 10 });
    const client = stage.connect();
    await client.outcome;
    client.say('hello');
    await client.until((frames) => frames.filter((frame) => frame.name === 'done').length === 2);
    expect(client.names[0]).toBe('session.created');
    expect(proof.userTexts()).toEqual([['hello', true]]);
  });

  it('a text that comes before a session which never begins is logged as not kept', async () => {
    set('slow-session', { ms: 60_000 });
    const client = stage.connect();
    await client.outcome;
    client.say('hello');
    client.socket.close(1000);
    await client.closed;
    await expect.poll(() => proof.userTexts()).toEqual([['hello', false]]);
  });

  it('never answered', async () => {
    set('hung-handshake');
    const client = stage.connect();
    await stage.greeted({ query: { entity_id: '11111111-2222-4333-8444-555555555555' } });
    expect(client.socket.readyState).toBe(0);
  });

  it('no subprotocol, the token as one, one that was not offered', async () => {
    set('subprotocol', { select: 'none' });
    expect(await stage.connect().outcome).toBe('Server sent no subprotocol');
    set('subprotocol', { select: 'other' });
    expect(await stage.connect().outcome).toBe('Server sent an invalid subprotocol');
    set('subprotocol', { select: 'token' });
    const token = stage.server.issueToken();
    const client = stage.connect({ token });
    expect(await client.outcome).toBe('open');
    expect(client.socket.protocol).toBe(token);
  });
});

it('leaves out none of its faults', () => {
  proof.expectAll('network', 'handshake');
});
