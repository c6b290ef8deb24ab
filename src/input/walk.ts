import { compareText } from '../compare-text.js';
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { gitIgnoreInside, gitIgnoreOf, isIgnored, type GitIgnore } from './git-ignore.js';
import { childOf, liesIn, slashed } from './slashed-path.js';

/** What a walk over a folder came upon. All paths are absolute, with `/`. */
export interface Walked {
  readonly files: readonly string[];
  /** Names of the files that are links, or lead nowhere. */
  readonly links: ReadonlySet<string>;
  /** Folders that could not be opened. */
  readonly unreadable: readonly string[];
  /** Links to folders outside of the one that was walked: nobody asked for what is there. */
  readonly linksOut: readonly string[];
  /** What the rules of Git name. */
  readonly ignoredFiles: readonly string[];
  readonly ignoredFolders: readonly string[];
  /** Folders of that name; they are walked by nobody. */
  readonly nodeModules: readonly string[];
  /** Repositories inside of the folder, such as submodules. */
  readonly repositories: readonly string[];
}

export interface WalkOptions {
  /** Which folders are worth a look. */
  readonly enters: (folder: string) => boolean;
  readonly ignored: 'pass over' | 'read';
}

/**
 * Finds the files in a folder and in those inside of it, sorted, without what Git ignores, `.git` and `node_modules`.
 * Links to folders are not followed: inside of the folder their target is walked anyway, and loops end nowhere.
 */
export function walk(root: string, { enters, ignored }: WalkOptions): Walked {
  const walked = {
    files: [] as string[],
    links: new Set<string>(),
    unreadable: [] as string[],
    linksOut: [] as string[],
    ignoredFiles: [] as string[],
    ignoredFolders: [] as string[],
    nodeModules: [] as string[],
    repositories: [] as string[],
  };
  const rulesInside = ignored === 'read' ? () => undefined : gitIgnoreInside;
  const waiting: Folder[] = [{ path: root, rules: ignored === 'read' ? undefined : gitIgnoreOf(root) }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of entriesOf(folder.path, walked.unreadable)) {
      const path = childOf(folder.path, entry.name);
      const kind = kindOf(entry, path);
      if (entry.name === '.git') walked.repositories.push(folder.path);
      else if (kind === 'link to folder') noteLinkOut(root, path, walked.linksOut);
      else if (entry.name === 'node_modules' && kind === 'folder') walked.nodeModules.push(path);
      else if (kind === 'folder') {
        if (isIgnored(path, 'folder', folder.rules)) walked.ignoredFolders.push(path);
        else if (enters(path)) waiting.push({ path, rules: rulesInside(path, folder.rules) });
      } else if (isIgnored(path, 'file', folder.rules)) walked.ignoredFiles.push(path);
      else {
        walked.files.push(path);
        if (kind === 'link') walked.links.add(path);
      }
    }
  }
  walked.files.sort(compareText);
  return walked;
}

interface Folder {
  readonly path: string;
  readonly rules: GitIgnore | undefined;
}

function entriesOf(folder: string, unreadable: string[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    unreadable.push(folder);
    return [];
  }
}

function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'link' | 'link to folder' {
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'file';
  return leadsToFolder(path) ? 'link to folder' : 'link';
}

/** A link that leads nowhere counts as a file: whether that matters depends on its name. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function noteLinkOut(root: string, path: string, linksOut: string[]): void {
  const target = slashed(realpathSync.native(path));
  if (!liesIn(root, target)) linksOut.push(path);
}
