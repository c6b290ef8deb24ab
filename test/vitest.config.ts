import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { useBuild } from './use-build.js';

/** What holds for every run of tests. */
export const base = defineConfig({
  plugins: [useBuild()],
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
    globalSetup: ['test/compile-rules.ts'],
    setupFiles: ['test/leave-no-trace.ts'],
    testTimeout: 60_000,
    // As many as there are cores.
    maxWorkers: '100%',
    // What the executable keeps between runs, of the many copies of it that tests make, too.
    env: { XDG_CACHE_HOME: fileURLToPath(new URL('../node_modules/.cache', import.meta.url)) },
  },
});

/**
 * Tests of what has no state: neither the source that they run nor what helps them counts or keeps anything, so that files share
 * a process and what it has loaded. A third of all files are these, and most take less time than a process takes to start.
 */
const stateless = [
  'test/{rbac,input,text,laws}/**/*.test.ts',
  'test/lint/{engine,fix}/**/*.test.ts',
  'test/lint/checks/*.test.ts',
];

export default mergeConfig(base, {
  test: {
    projects: [
      { extends: true, test: { name: 'stateless', include: stateless, isolate: false } },
      // Each file has its modules to itself: the order of files must not decide what passes.
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...stateless],
        },
      },
    ],
  },
});
