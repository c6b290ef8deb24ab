import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/compile-rules.ts'],
    testTimeout: 60_000,
    // What the executable keeps between runs, of the many copies of it that tests make, too.
    env: { XDG_CACHE_HOME: fileURLToPath(new URL('../node_modules/.cache', import.meta.url)) },
  },
});
