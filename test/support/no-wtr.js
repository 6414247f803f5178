// @open-wc/semantic-dom-diff imports Web Test Runner's commands, which import a URL that only that runner
// serves. This stands in for them (see the alias in vitest.config.ts); stored snapshots are not supported.
const unsupported = () => Promise.reject(new Error('Stored snapshots need @web/test-runner'));

export const getSnapshotConfig = () => Promise.resolve({ updateSnapshots: false });
export const getSnapshot = unsupported;
export const saveSnapshot = unsupported;
