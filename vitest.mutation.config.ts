import { defineConfig } from 'vitest/config';

/** The tests that import the source: the others run the bundle, which is not mutated. */
export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/{monocloud,removal,report,checker}/**/*.test.ts'],
    // Proves the checker, and not the source.
    exclude: ['test/checker/checker.test.ts'],
    testTimeout: 30_000,
    // What a thousand seeds do not show, the next fourteen thousand seldom do: it would take hours.
    env: { CHECKER_SEEDS: '1000' },
  },
});
