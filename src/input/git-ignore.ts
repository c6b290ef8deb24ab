import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { Minimatch } from 'minimatch';
import { readRegularFile } from './regular-file.js';
import { childOf, insideOf } from './slashed-path.js';

/**
 * The ignore rules of Git that stand in one file (https://git-scm.com/docs/gitignore), and those of the folders
 * around it. Git itself is not asked: starting it costs more than a whole run. A user's own rules
 * (`core.excludesFile`) are not known here.
 */
export interface GitIgnore {
  /** What the paths in the rules are relative to; with `/`. */
  readonly folder: string;
  readonly rules: readonly IgnoreRule[];
  readonly around: GitIgnore | undefined;
}

interface IgnoreRule {
  /** `!pattern`: takes back what an earlier rule ignores. */
  readonly isException: boolean;
  readonly isForFolders: boolean;
  matches(path: string, name: string): boolean;
}

/** The rules that hold inside of a folder, up to the repository that it belongs to. All paths are absolute, with `/`. */
export function gitIgnoreOf(folder: string): GitIgnore | undefined {
  const folders = foldersInRepository(folder);
  const [repository] = folders;
  if (repository === undefined) return gitIgnoreInside(folder, undefined);
  const outermost = readRules(repository, excludeFileOf(repository), undefined);
  return folders.reduce((around, each) => gitIgnoreInside(each, around), outermost);
}

/** The rules that hold inside of a folder, given those that hold around it. */
export function gitIgnoreInside(folder: string, around: GitIgnore | undefined): GitIgnore | undefined {
  return readRules(folder, childOf(folder, '.gitignore'), around);
}

/** Whether Git passes over the path. What lies in an ignored folder is not asked for: nobody goes in. */
export function isIgnored(path: string, kind: 'file' | 'folder', rules: GitIgnore | undefined): boolean {
  const name = posix.basename(path);
  for (let from = rules; from !== undefined; from = from.around) {
    const inside = insideOf(from.folder, path);
    const decisive = from.rules.findLast(
      rule => (kind === 'folder' || !rule.isForFolders) && rule.matches(inside, name),
    );
    if (decisive !== undefined) return !decisive.isException;
  }
  return false;
}

/** From the repository's folder down to the given one; empty outside of a repository. */
function foldersInRepository(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder; ; at = posix.dirname(at)) {
    folders.unshift(at);
    if (existsSync(childOf(at, '.git'))) return folders;
    if (isTopmost(at)) return [];
  }
}

/** The root of a POSIX system, a drive of Windows. */
function isTopmost(folder: string): boolean {
  const around = posix.dirname(folder);
  return around === folder || around === '.';
}

/** The folder of the repository that a folder belongs to; undefined outside of one. */
export function repositoryOf(folder: string): string | undefined {
  return foldersInRepository(folder)[0];
}

/** Where Git keeps what is the repository's alone. In a worktree or a submodule `.git` is a file that says where. */
export function gitFolderOf(repository: string): string {
  const git = childOf(repository, '.git');
  const pointer = /^gitdir: *(.+?) *$/m.exec(textOf(git))?.[1];
  return pointer === undefined ? git : posix.resolve(repository, pointer);
}

function excludeFileOf(repository: string): string {
  const own = gitFolderOf(repository);
  const common = textOf(`${own}/commondir`).trim();
  return `${common === '' ? own : posix.resolve(own, common)}/info/exclude`;
}

function readRules(folder: string, file: string, around: GitIgnore | undefined): GitIgnore | undefined {
  const text = textOf(file);
  const rules = text.split(/\r?\n/).flatMap(readRule);
  return rules.length === 0 ? around : { folder, rules, around };
}

/** Empty where there is no such file: most folders have none. */
function textOf(file: string): string {
  try {
    return readRegularFile(file, largestOfGit).toString();
  } catch {
    return '';
  }
}

/** Bytes. Whoever has more rules sees more files linted than Git knows, never fewer. */
const largestOfGit = 4 << 20;

function readRule(line: string): IgnoreRule[] {
  const isException = line.startsWith('!');
  const text = withoutTrailingBlanks(isException ? line.slice(1) : line);
  if (text === '' || text.startsWith('#') || text.length > longestPattern) return [];
  const isForFolders = text.endsWith('/');
  const pattern = isForFolders ? text.slice(0, -1) : text;
  if (pattern === '') return [];
  const isAnchored = pattern.includes('/');
  return [{ isException, isForFolders, matches: matcherOf(pattern.replace(/^\//, ''), isAnchored) }];
}

/** Git's own limit is the operating system's for a path. */
const longestPattern = 4_096;

/** A blank that is escaped stays. */
function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ' && text[end - 2] !== '\\') end--;
  return text.slice(0, end);
}

function matcherOf(pattern: string, isAnchored: boolean): IgnoreRule['matches'] {
  if (!/[*?[\\]/.test(pattern))
    return isAnchored ? path => path === pattern : (_path, name) => name === pattern;
  const compiled = new Minimatch(pattern.replace(/\*{3,}/g, '**'), matchOptions);
  return isAnchored ? path => compiled.match(path) : (_path, name) => compiled.match(name);
}

/** Git knows neither braces nor extended globs. */
const matchOptions = {
  dot: true,
  nobrace: true,
  noext: true,
  nocomment: true,
  nonegate: true,
  platform: 'linux',
  optimizationLevel: 0,
} as const;
