import { posix } from 'node:path';
import { gitFolderOf, repositoryOf } from './git-ignore.js';
import { trackedPaths } from './git-index.js';
import { childOf, liesIn } from './slashed-path.js';
import type { Walked } from './walk.js';

/** What a walk passed over because Git ignores it, as Git sees it. Paths are absolute, with `/`. */
export interface PassedByGit {
  /** Git tracks them: what `.gitignore` says of them holds nobody back from committing them. */
  readonly tracked: readonly string[];
  /** Files in `node_modules`. */
  readonly inNodeModules: readonly string[];
  /** Nobody can say what Git tracks: there is no repository, or its index cannot be read. */
  readonly unknown: boolean;
}

/** `isWanted` tells by the path which files matter. An index is read only where something was passed over. */
export function passedByGit(
  root: string,
  { ignoredFiles, ignoredFolders, nodeModules, repositories }: Walked,
  isWanted: (path: string) => boolean,
): PassedByGit {
  const passed = new Set([...ignoredFiles, ...ignoredFolders, ...nodeModules]);
  if (passed.size === 0) return nothing;
  const around = repositoryOf(root);
  const all = new Set([...(around === undefined ? [] : [around]), ...repositories]);
  const indexes = Array.from(all, absolutePaths);
  const files = indexes
    .flatMap(paths => paths ?? [])
    .filter(path => isWanted(path) && liesIn(root, path) && liesInOne(passed, path, root));
  return {
    tracked: files.filter(path => !isInNodeModules(path)),
    inNodeModules: files.filter(isInNodeModules),
    unknown: indexes.length === 0 || indexes.includes(undefined),
  };
}

const nothing: PassedByGit = { tracked: [], inNodeModules: [], unknown: false };

function absolutePaths(repository: string): string[] | undefined {
  return trackedPaths(gitFolderOf(repository))?.map(path => childOf(repository, path));
}

function liesInOne(passed: ReadonlySet<string>, path: string, root: string): boolean {
  for (let at = path; at.length > root.length; at = posix.dirname(at)) if (passed.has(at)) return true;
  return false;
}

function isInNodeModules(path: string): boolean {
  return path.includes('/node_modules/');
}
