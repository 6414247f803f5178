import { describe, expect, it } from 'vitest';
import { Disposer } from '../../src/lib/disposer.js';
import { ConnectGate } from '../../src/session/connect-gate.js';
import { TokenSource } from '../../src/session/token-source.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeEnvironment } from '../support/fake-environment.js';

function gate({ withTokens = true } = {}): {
  readonly gate: ConnectGate;
  readonly clock: FakeClock;
  readonly environment: FakeEnvironment;
  readonly tokens: TokenSource;
  readonly lifetime: Disposer;
  readonly missed: () => number;
} {
  const clock = new FakeClock();
  const environment = new FakeEnvironment();
  const tokens = new TokenSource(clock);
  const lifetime = new Disposer();
  let missed = 0;
  if (withTokens) tokens.use(() => 't');
  const tokenSourceMissing = (): void => {
    missed += 1;
  };
  const options = { clock, environment, tokens, lifetime, tokenSourceMissing };
  return { gate: new ConnectGate(options), clock, environment, tokens, lifetime, missed: () => missed };
}

/** Whether somebody who wants through is through by now. */
function pass(of: ConnectGate): () => boolean {
  let through = false;
  void of.pass().then(() => {
    through = true;
  });
  return () => through;
}

describe('the gate before a connect', () => {
  it('is open where nothing is to be waited for', async () => {
    const { gate: open, clock } = gate();
    const through = pass(open);
    await clock.pass(0);
    expect(through()).toBe(true);
  });

  it('waits for the delay, once', async () => {
    const { gate: delayed, clock } = gate();
    delayed.delay(1_000);
    const first = pass(delayed);
    await clock.pass(999);
    expect(first()).toBe(false);
    await clock.pass(1);
    expect(first()).toBe(true);
    const second = pass(delayed);
    await clock.pass(0);
    expect(second()).toBe(true);
  });

  it('ends the delay for one in a hurry, and leaves no timer', async () => {
    const { gate: delayed, clock } = gate();
    delayed.delay(30_000);
    const through = pass(delayed);
    await clock.pass(10);
    delayed.hurry();
    await clock.pass(0);
    expect(through()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('lets nobody through offline, however much in a hurry', async () => {
    const { gate: offline, clock, environment } = gate();
    environment.goOffline();
    offline.delay(100);
    const through = pass(offline);
    offline.hurry();
    await clock.pass(600_000);
    expect(through()).toBe(false);
    environment.goOnline();
    offline.hurry();
    await clock.pass(0);
    expect(through()).toBe(true);
  });

  it('lets nobody through while the page is away', async () => {
    const { gate: paused, clock } = gate();
    paused.pause();
    const through = pass(paused);
    paused.hurry();
    await clock.pass(600_000);
    expect(through()).toBe(false);
    paused.resume();
    paused.hurry();
    await clock.pass(0);
    expect(through()).toBe(true);
  });

  it('waits for somebody to ask for a token, and says so after five seconds', async () => {
    const { gate: waiting, clock, tokens, missed } = gate({ withTokens: false });
    const through = pass(waiting);
    await clock.pass(4_999);
    expect(missed()).toBe(0);
    await clock.pass(60_000);
    expect([missed(), through()]).toEqual([1, false]);
    tokens.use(() => 't');
    await clock.pass(0);
    expect(through()).toBe(true);
  });

  it('says nothing of a token source that comes in time', async () => {
    const { gate: waiting, clock, tokens, missed } = gate({ withTokens: false });
    const through = pass(waiting);
    await clock.pass(4_000);
    tokens.use(() => 't');
    await clock.pass(60_000);
    expect([missed(), through()]).toEqual([0, true]);
  });

  it('never opens again once its lifetime is over, and leaves no timer', async () => {
    const { gate: over, clock, lifetime } = gate();
    over.delay(1_000);
    const through = pass(over);
    await clock.pass(0);
    lifetime.dispose();
    expect(clock.pending).toBe(0);
    await clock.pass(60_000);
    expect(through()).toBe(false);
  });
});
