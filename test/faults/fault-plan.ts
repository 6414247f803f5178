import type { Control, FaultRequest } from '../../demo/server/index.js';
import type { FaultProxy, NetworkFault } from '../support/fault-proxy.js';

/** What goes wrong around one message. */
export interface Mishap {
  readonly name: string;
  readonly server?: readonly FaultRequest[];
  readonly network?: NetworkFault;
}

type Random = () => number;

const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[Math.floor(random() * values.length)] as Value;

const stages = ['received', 'processed', 'mid-reply', 'before-done', 'after-done'] as const;

/** Every point of a turn, and every way in which a server or a network can break there. */
const mishaps: readonly ((random: Random) => Mishap)[] = [
  (random) => {
    const [at, reset] = [pick(random, stages), random() < 0.5];
    return { name: `drop ${at}`, server: [{ fault: 'drop', at, reset, after: Math.floor(random() * 8) }] };
  },
  (random) => {
    const [at, code] = [pick(random, stages), pick(random, [1001, 1006, 1011, 1012, 1013, 4001, 4503])];
    return { name: `close ${at}`, server: [{ fault: 'close', at, code }] };
  },
  (random) => {
    const at = pick(random, ['received', 'processed', 'mid-reply', 'before-done']);
    const code = pick(random, ['upstream_error', 'stream_interrupted', 'turn_timeout', 'unknown']);
    // A reply that is half said and never kept stays cut off for good: no soak can wait for it.
    const reply = at === 'mid-reply' ? 'kept' : pick(random, ['lost', 'kept']);
    const then = pick(random, ['go-on', 'close']);
    return { name: `error ${at}`, server: [{ fault: 'error', at, code, reply, then }] };
  },
  () => ({ name: 'refused', server: [{ fault: 'error', at: 'received', code: 'client_error' }] }),
  (random) => ({ name: 'stall', server: [{ fault: 'stall', at: pick(random, ['processed', 'mid-reply']) }] }),
  (random) => ({
    name: 'half open',
    server: [{ fault: 'half-open', at: pick(random, ['processed', 'mid-reply']) }],
  }),
  () => ({ name: 'no done', server: [{ fault: 'no-done' }, { fault: 'drop', at: 'before-done' }] }),
  (random) => ({ name: 'hole up', network: { kind: 'hole', way: 'up', after: Math.floor(random() * 60) } }),
  (random) => ({
    name: 'hole down',
    network: { kind: 'hole', way: 'down', after: Math.floor(random() * 600) },
  }),
  (random) => ({ name: 'reset up', network: { kind: 'reset', way: 'up', after: Math.floor(random() * 60) } }),
  (random) => ({
    name: 'reset down',
    network: { kind: 'reset', way: 'down', after: Math.floor(random() * 600) },
  }),
  (random) => ({
    name: 'limit down',
    network: { kind: 'limit', way: 'down', after: Math.floor(random() * 600) },
  }),
  (random) => ({ name: 'limit up', network: { kind: 'limit', way: 'up', after: Math.floor(random() * 60) } }),
  () => ({ name: 'slice', network: { kind: 'slice', way: 'down' } }),
  (random) => ({ name: 'delay', network: { kind: 'delay', ms: 5 + random() * 60 } }),
];

/** What makes coming back harder. */
const relapses: readonly FaultRequest[] = [
  { fault: 'http-status', status: 503 },
  { fault: 'http-status', status: 401 },
  { fault: 'close', at: 'accept', code: 4503 },
  { fault: 'drop', at: 'created' },
  { fault: 'hung-handshake' },
  { fault: 'token-fails', status: 500 },
  { fault: 'token-stale' },
  { fault: 'history-fails', status: 500, times: 2 },
  { fault: 'history-fails', status: 503, times: 4 },
  { fault: 'history-slow', ms: 50 },
  { fault: 'greeting', on: 'always' },
  { fault: 'running-turn', is: 'joined' },
];

/** The next message's fate: nothing, or with this probability one mishap, at times with a relapse after it. */
export function nextMishap(random: Random, probability: number): Mishap {
  if (random() > probability) return { name: 'none' };
  const mishap = pick(random, mishaps)(random);
  if (random() > 0.4) return mishap;
  const relapse = pick(random, relapses);
  return {
    ...mishap,
    name: `${mishap.name}, then ${relapse.fault}`,
    server: [...(mishap.server ?? []), relapse],
  };
}

/** Arms it for one person, after everything that was armed for them has been taken off. */
export function arm(
  mishap: Mishap,
  { control, network, entityId }: { control: Control; network: FaultProxy; entityId: string },
): void {
  control.clear(undefined, entityId);
  network.set(mishap.network);
  // A token request names nobody: whoever asks next meets the fault.
  const scoped = ({ fault }: FaultRequest): object => (fault.startsWith('token-') ? {} : { scope: entityId });
  for (const fault of mishap.server ?? []) control.set({ ...fault, ...scoped(fault) });
}
