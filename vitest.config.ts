import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**', 'node_modules/**'],
    // A missing golden file must fail, never be written in passing.
    update: process.argv.includes('--update') ? 'all' : 'none',
    testTimeout: 30_000,
  },
});
