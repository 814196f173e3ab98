import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/support/count-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgresql.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    reporters: ['default', new CountReporter()],
    pool: 'forks',
    maxWorkers: 2,
    // A whole provider with its keys may start on a busy machine; what hangs is still found soon.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
