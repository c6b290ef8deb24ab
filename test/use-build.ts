import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const source = fileURLToPath(new URL('../src', import.meta.url));
/** Code for browsers, which is built as a whole. */
const notBuilt = 'reporters/report-page/';
const built = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * Tests name files of `src`, and run what was built of them: Node loads that by itself, for each of hundreds of test files,
 * in a fraction of the time. Where a file has changed since the build, `src` is run as it is.
 */
export function useBuild(): Plugin {
  const isFresh = isBuildFresh();
  return {
    name: 'use-build',
    enforce: 'pre',
    resolveId(specifier, importer) {
      if (!isFresh || importer === undefined || !specifier.startsWith('.')) return undefined;
      const path = relative(source, resolve(dirname(importer), specifier));
      const file = join(built, path);
      return path.startsWith('..') || !path.endsWith('.js') || !existsSync(file) ? undefined : file;
    },
  };
}

/** Whether all that is built is at least as new as what it is built of. */
function isBuildFresh(): boolean {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith(notBuilt))
    .every(file => {
      const of = statSync(join(built, file.replace(/ts$/, 'js')), { throwIfNoEntry: false });
      return of !== undefined && of.mtimeMs >= statSync(join(source, file)).mtimeMs;
    });
}
