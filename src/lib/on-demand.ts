/** A file that is not there must not be asked for with every render. */
const TRIES = 3;

/**
 * Code that is fetched when it is first needed, and then once. Elements in it need nothing more: written into a
 * template, they are empty until their definition has come, and the browser upgrades them by itself.
 *
 * @param load an `import()` of a module that is listed in `scripts/build/on-demand.mjs`
 * @returns to be called wherever the code is needed; where it could not be fetched, the next two calls try again, and
 *   each that a person's event asks for
 */
export function onDemand(load: () => Promise<unknown>): (asked?: Event) => void {
  let tries = 0;
  let loading: Promise<unknown> | undefined;
  return (asked) => {
    if (loading || (tries === TRIES && !asked)) return;
    tries = Math.min(TRIES, tries + 1);
    loading = load().catch(() => {
      loading = undefined;
    });
  };
}
