import { dirname, resolve } from 'node:path';
import type { InputFile } from '../input/files.js';
import { configFileIn, isRepositoryRoot } from '../lint/engine/find-config.js';
import type { Workspace } from './workspace.js';

/** Which configuration is the nearest one of a folder, where that is not the one of the run. By absolute paths. */
export type NearerConfigFiles = ReadonlyMap<string, string | undefined>;

/**
 * Looks for configurations between the files and the configuration of the run. Undefined where there are none, or where the
 * command line chose the configuration: then nothing that comes with the files overrules it.
 */
export function nearerConfigFiles(
  files: readonly InputFile[],
  { configuration, isConfigNamed, cwd }: Workspace,
): NearerConfigFiles | undefined {
  if (isConfigNamed) return undefined;
  const found = new Map<string, string | undefined>([[configuration.folder, undefined]]);
  const find = (start: string): string | undefined => {
    const passed: string[] = [];
    let nearest: string | undefined;
    for (let folder = start; ; folder = dirname(folder)) {
      if (found.has(folder)) nearest = found.get(folder);
      else {
        passed.push(folder);
        nearest = configFileIn(folder);
        if (nearest === undefined && !isRepositoryRoot(folder)) continue;
      }
      for (const each of passed) found.set(each, nearest);
      return nearest;
    }
  };
  const nearer = files.map(file => find(dirname(pathOf(file, cwd))));
  return nearer.some(path => path !== undefined) ? found : undefined;
}

/** What comes through standard input is where its name says. */
function pathOf({ path, shown }: InputFile, cwd: string): string {
  return path === '-' ? resolve(cwd, shown) : path;
}
