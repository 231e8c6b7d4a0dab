import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/tests.json' }]],
    // Whole processes are started: on a busy machine one can take a while.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most of the time is spent waiting for those processes, and no test file leaves anything behind.
    maxWorkers: '100%',
    isolate: false,
    // What the steps run of the bundle is counted afterwards (scripts/coverage.ts).
    globalSetup: 'test/runner/coverage.ts',
    env: { ACTION_COVERAGE: resolve('coverage/raw') },
  },
});
