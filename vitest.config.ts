import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgresql.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A whole provider with its keys may start on a busy machine; what hangs is still found soon.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
