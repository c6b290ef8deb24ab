import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { useBuild } from './use-build.js';

export default defineConfig({
  plugins: [useBuild()],
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/compile-rules.ts'],
    setupFiles: ['test/leave-no-trace.ts'],
    testTimeout: 60_000,
    // As many as there are cores. Each file has its modules to itself: the order of files must not decide what passes.
    maxWorkers: '100%',
    // What the executable keeps between runs, of the many copies of it that tests make, too.
    env: { XDG_CACHE_HOME: fileURLToPath(new URL('../node_modules/.cache', import.meta.url)) },
  },
});
