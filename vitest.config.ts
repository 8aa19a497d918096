import { defineConfig } from 'vitest/config';

const update = process.argv.includes('--update');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**', 'node_modules/**'],
    // A missing golden file must fail, never be written in passing.
    update: update ? 'all' : 'none',
    // Workers do not see the arguments of the command.
    env: update ? { UPDATE_GOLDEN: 'true' } : {},
    // Generous: a loaded machine is no failure.
    testTimeout: 180_000,
  },
});
