import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the package is installed: the folder with `role-catalog/` and `rules/`. The bundled command line stands as deep
 * in `dist/` as this module does, so both find it.
 */
export function packageFolder(): string {
  return fileURLToPath(new URL('../..', import.meta.url));
}

/** The version of the package. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** The catalog that comes with the package. */
export function shippedCatalogFolder(): string {
  return join(packageFolder(), 'role-catalog');
}
