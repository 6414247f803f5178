import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change is judged by what it changes. To look further:
 * `PROPERTY_SEED=random npm run test:unit`. A counterexample prints its seed, and becomes a test with a name.
 */
const wanted = (globalThis as { process?: NodeJS.Process }).process?.env['PROPERTY_SEED'] ?? '20261121';

if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
