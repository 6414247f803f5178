/**
 * For `addInitScript`: time in the page passes `factor` times as fast, so that waits of seconds take
 * milliseconds. Order and ratios of all waits stay as they are.
 */
export function fastTime(factor: number): void {
  const { setTimeout: schedule, performance } = globalThis;
  const now = performance.now.bind(performance);
  performance.now = () => now() * factor;
  const fast = (run: () => void, ms = 0): ReturnType<typeof schedule> => schedule(run, ms / factor);
  Object.assign(globalThis, { setTimeout: fast });
}
