import { describe, expect, it } from 'vitest';
import { noTurn, type Turn } from '../../src/conversation/state.js';
import { TurnLimit } from '../../src/session/turn-limit.js';
import { FakeClock } from '../support/fake-clock.js';

function watch(): { readonly clock: FakeClock; readonly limit: TurnLimit; readonly exceeded: string[] } {
  const clock = new FakeClock();
  const exceeded: string[] = [];
  return { clock, limit: new TurnLimit(clock, (reason) => exceeded.push(reason)), exceeded };
}

const turn = (startedAt: number, rest: Partial<Turn> = {}): Turn => ({
  ...noTurn(),
  phase: 'replying',
  startedAt,
  ...rest,
});

describe('a turn', () => {
  it('may take ten minutes, however often it is looked at', () => {
    const { clock, limit, exceeded } = watch();
    for (let minute = 0; minute < 10; minute += 1) {
      limit.review(turn(1));
      expect(exceeded).toEqual([]);
      clock.advance(60_000);
    }
    expect(exceeded).toEqual(['reply-timeout']);
    expect(clock.pending).toBe(0);
  });

  it('has ten minutes of its own', () => {
    const { clock, limit, exceeded } = watch();
    limit.review(turn(1));
    clock.advance(599_000);
    limit.review(turn(2));
    clock.advance(599_000);
    expect(exceeded).toEqual([]);
  });

  it.each(['idle', 'background'] as const)('that is %s has no limit', (phase) => {
    const { clock, limit, exceeded } = watch();
    limit.review(turn(1));
    limit.review(turn(1, { phase }));
    clock.advance(3_600_000);
    expect(exceeded).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('may say 1 MiB, and no more', () => {
    const { limit, exceeded } = watch();
    limit.review(turn(1, { size: 1_048_576 }));
    expect(exceeded).toEqual([]);
    limit.review(turn(1, { size: 1_048_577 }));
    expect(exceeded).toEqual(['reply-too-long']);
  });

  it('is not watched any more once told to stop', () => {
    const { clock, limit } = watch();
    limit.review(turn(1));
    limit.stop();
    expect(clock.pending).toBe(0);
  });
});
