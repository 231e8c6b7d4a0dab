import { defineConfig } from 'vitest/config';

/** The tests that import the source: the others run the bundle, which is not mutated. */
export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/{monocloud,removal,report,checker}/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
