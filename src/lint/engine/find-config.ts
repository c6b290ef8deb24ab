import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../errors.js';
import { largestOwnFile, readRegularFile } from '../../input/regular-file.js';

/** The name that a configuration has unless its author chose another of {@link configFileNames}. */
export const configFileName = 'azrbac.config.json';

/** The names under which a configuration is looked for. Beside them, there is the key `azrbac` of `package.json`. */
export const configFileNames = [
  configFileName,
  'azrbac.config.jsonc',
  'azrbac.config.yaml',
  'azrbac.config.yml',
] as const;

/** The key of `package.json` that holds a configuration. */
export const packageKey = 'azrbac';

/** From the folder upwards, up to and including the root of the repository that it is in. */
export function findConfigFile(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = configFileIn(at);
    if (path !== undefined) return path;
    if (isRepositoryRoot(at)) return undefined;
  }
}

/** Whether no folder above it is looked at. */
export function isRepositoryRoot(folder: string): boolean {
  return dirname(folder) === folder || existsSync(join(folder, '.git'));
}

/**
 * The configuration that is directly in the folder.
 * @throws UserError where there are two: neither may win in silence.
 */
export function configFileIn(folder: string): string | undefined {
  const paths = configFileNames.map(name => join(folder, name)).filter(path => existsSync(path));
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && mayConfigure(manifest)) paths.push(manifest);
  const [path, second] = paths;
  if (path === undefined || second === undefined) return path;
  throw new UserError(`Both "${basename(path)}" and "${basename(second)}" in one folder configure azrbac.`, {
    hint: 'Keep one of them, or choose: --config FILE',
  });
}

/** A manifest that names azrbac as a dependency does not configure it. */
function mayConfigure(manifest: string): boolean {
  const text = manifestText(manifest);
  if (!text.includes(`"${packageKey}"`)) return false;
  try {
    const value = JSON.parse(text) as object | null;
    return typeof value === 'object' && value !== null && Object.hasOwn(value, packageKey);
  } catch {
    // npm complains of such a file.
    return false;
  }
}

function manifestText(path: string): string {
  try {
    return readRegularFile(path, largestOwnFile).toString();
  } catch {
    return '';
  }
}
