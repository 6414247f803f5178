/** A file that is not there must not be asked for with every render. */
const TRIES = 3;

/**
 * Code that is fetched when it is first needed, and then once. Elements in it need nothing more: written into a
 * template, they are empty until their definition has come, and the browser upgrades them by itself.
 *
 * @param load an `import()` of a module that is listed in `scripts/build/on-demand.mjs`
 * @returns to be called wherever the code is needed; where it could not be fetched, the next two calls try again
 */
export function onDemand(load: () => Promise<unknown>): () => void {
  let tries = 0;
  let loading: Promise<unknown> | undefined;
  return () => {
    if (loading || tries === TRIES) return;
    tries += 1;
    loading = load().catch(() => {
      loading = undefined;
    });
  };
}
