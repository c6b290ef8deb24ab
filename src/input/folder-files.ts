import { compareText } from '../compare-text.js';
import { lstatSync, statSync } from 'node:fs';
import { posix, relative } from 'node:path';
import { globMatcher, type PathGlob } from './glob.js';
import { isFoundInFolders, readerFor } from './readers.js';
import { insideOf, slashed } from './slashed-path.js';
import { passedByGit } from './tracked-files.js';
import { walk, type Walked } from './walk.js';

/** How many files of folders were passed over that have names such as are read. None of them was opened. */
export interface PassedOver {
  /** Files left out by `exclude`. What is in an excluded folder is not counted. */
  readonly excludedFiles: number;
  readonly excludedFolders: number;
  /** Files left out by `include`. */
  readonly notIncludedFiles: number;
  /** Files left out by the rules of Git, where nobody can say whether Git tracks them. */
  readonly ignoredFiles: number;
  readonly ignoredFolders: number;
  /** Tracked by Git, in folders named `node_modules`. */
  readonly nodeModulesFiles: number;
}

export interface FolderOptions {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** What the globs are relative to. Absolute, with `/`. */
  readonly globFolder: string;
  /** Whether what Git ignores or a glob takes away is read all the same. */
  readonly ignored: 'pass over' | 'read';
}

/** The files of a folder that are to be read, sorted, and what the walk came upon. */
export interface FilesOfFolder {
  readonly files: readonly string[];
  readonly walked: Walked;
}

/** Says which files of folders are read, and counts those that are not. Paths are absolute, with `/`. */
export class FolderFiles {
  /** Paths, since folders may be named twice. */
  private readonly passed = {
    excludedFiles: new Set<string>(),
    excludedFolders: new Set<string>(),
    notIncludedFiles: new Set<string>(),
    ignoredFiles: new Set<string>(),
    ignoredFolders: new Set<string>(),
    nodeModulesFiles: new Set<string>(),
  } satisfies Record<keyof PassedOver, Set<string>>;
  private readonly included: readonly ((path: string) => boolean)[];
  private readonly excluded: readonly ((path: string) => boolean)[];

  constructor(private readonly options: FolderOptions) {
    this.included = options.include.map(globMatcher);
    this.excluded = options.ignored === 'read' ? [] : options.exclude.flatMap(withFolder).map(globMatcher);
  }

  /** Finds files by their names and the globs of the configuration. */
  in(root: string): FilesOfFolder {
    const isIncluded = (path: string): boolean => this.isIncluded(path);
    const isWanted = (path: string): boolean => isFound(path) || isIncluded(path);
    const walked = this.withTracked(
      root,
      this.walk(root, () => true),
      isWanted,
    );
    return { files: walked.files.filter(path => this.takes(path, isIncluded)), walked };
  }

  /** Finds files by a glob of the command line, which is relative to the folder. */
  matching(root: string, { matches, mayMatchInside }: PathGlob): FilesOfFolder {
    const isWanted = (path: string): boolean => matches(insideOf(root, path));
    const walked = this.withTracked(
      root,
      this.walk(root, folder => mayMatchInside(insideOf(root, folder))),
      isWanted,
    );
    const files = walked.files.filter(path => isWanted(path) && this.takes(path, () => true));
    return { files, walked };
  }

  passedOver(): PassedOver {
    const counts = Object.entries(this.passed).map(([what, paths]) => [what, paths.size]);
    return Object.fromEntries(counts) as Record<keyof PassedOver, number>;
  }

  private walk(root: string, mayMatchInside: (folder: string) => boolean): Walked {
    const enters = (folder: string): boolean => {
      if (!mayMatchInside(folder)) return false;
      const isExcluded = this.isExcluded(folder);
      if (isExcluded) this.passed.excludedFolders.add(folder);
      return !isExcluded;
    };
    return walk(root, { enters, ignored: this.options.ignored });
  }

  /** With those that Git tracks although it ignores them: whoever commits a file has it linted. */
  private withTracked(root: string, walked: Walked, isWanted: (path: string) => boolean): Walked {
    const { tracked, inNodeModules, unknown } = passedByGit(root, walked, isWanted);
    if (unknown) {
      for (const path of walked.ignoredFolders) this.passed.ignoredFolders.add(path);
      for (const path of walked.ignoredFiles.filter(isFound)) this.passed.ignoredFiles.add(path);
    }
    const isRead = this.options.ignored === 'read';
    if (!isRead) for (const path of inNodeModules.filter(isFound)) this.passed.nodeModulesFiles.add(path);
    const more = [...tracked, ...(isRead ? inNodeModules : [])].filter(isThere);
    if (more.length === 0) return walked;
    const files = [...new Set([...walked.files, ...more])].sort(compareText);
    return { ...walked, files, links: new Set([...walked.links, ...more.filter(isLink)]) };
  }

  private takes(path: string, isIncluded: (path: string) => boolean): boolean {
    const isTaken = isIncluded(path);
    if (!isTaken) {
      if (isFound(path) && !this.isExcluded(path)) this.passed.notIncludedFiles.add(path);
      return false;
    }
    const isExcluded = this.isExcluded(path);
    if (isExcluded) this.passed.excludedFiles.add(path);
    return !isExcluded;
  }

  private isIncluded(path: string): boolean {
    const isByName = isFoundInFolders(posix.basename(path));
    if (this.included.length === 0 || (this.options.ignored === 'read' && isByName)) return isByName;
    const inside = this.insideGlobFolder(path);
    return this.included.some(matches => matches(inside));
  }

  private isExcluded(path: string): boolean {
    if (this.excluded.length === 0) return false;
    const inside = this.insideGlobFolder(path);
    return this.excluded.some(matches => matches(inside));
  }

  private insideGlobFolder(path: string): string {
    return slashed(relative(this.options.globFolder, path));
  }
}

/** Whether its name is one that is looked at in folders, and its format one that is read. */
function isFound(path: string): boolean {
  const name = posix.basename(path);
  return isFoundInFolders(name) && readerFor(name)?.read !== undefined;
}

/** `vendor` and `vendor/` exclude what is inside as well, `vendor/**` the folder as well. */
function withFolder(glob: string): string[] {
  const folder = glob.replace(/\/(\*\*)?$/, '');
  return folder === '' ? [glob] : [glob, folder, `${folder}/**`];
}

/** What Git tracks may have been deleted meanwhile. */
function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink();
}
