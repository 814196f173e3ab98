import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change is judged by what it changes. To look further, give
 * another seed: FAST_CHECK_SEED=42 npm test. What that finds becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_123) });
