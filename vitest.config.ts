import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole processes are started: on a busy machine one can take a while.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
