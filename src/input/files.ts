import { append } from '../maps.js';
import { realpathSync, statSync } from 'node:fs';
import { posix, relative, resolve } from 'node:path';
import { reasonOf, type Notice } from '../errors.js';
import { FolderFiles, type PassedOver } from './folder-files.js';
import { isGlob, pathGlob } from './glob.js';
import { readerFor, type Reader } from './readers.js';
import { isOpenPipe, readRegularFile } from './regular-file.js';
import { insideOf, liesIn, slashed } from './slashed-path.js';
import type { Walked } from './walk.js';

/** A file to read. */
export interface InputFile {
  /** Absolute; `-` for standard input. */
  readonly path: string;
  /** As people see it: relative to the working directory, with `/`. */
  readonly shown: string;
  /** The user named this very file, and did not come upon it in a folder or by a glob. */
  readonly isNamed: boolean;
  /** A link that was come upon in a folder and leads out of it: good to read, not to write. */
  readonly leadsOut?: true;
}

/** A path on the command line that cannot be opened. The rest is read all the same. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

export interface FoundFiles {
  /** Each once, in the order of the command line, those of a folder sorted. */
  readonly files: readonly InputFile[];
  readonly problems: readonly InputProblem[];
  readonly notices: readonly Notice[];
  readonly passedOver: Partial<PassedOver>;
}

export interface FindOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Globs of the files to take from folders, whatever their names end in; all of known formats unless told. */
  readonly include?: readonly string[];
  /** Globs of files and folders to pass over in folders. A file that is named is read all the same. */
  readonly exclude?: readonly string[];
  /** What the globs are relative to; the working directory unless told. Absolute. */
  readonly globFolder?: string;
  /** What to call standard input; `-` unless told. */
  readonly stdinFilename?: string;
  /** Whether files of folders that Git ignores or a glob takes away are read; they are passed over unless told. */
  readonly ignored?: 'pass over' | 'read';
}

/** Finds the files that paths, globs and `-` of the command line stand for. Reads none but those of formats to come. */
export function findFiles(paths: readonly string[], options: FindOptions): FoundFiles {
  const finder = new FileFinder(options);
  for (const path of paths) finder.take(path);
  return finder.finish();
}

class FileFinder {
  /** Files by real path, so that no role is its own duplicate. */
  private readonly files = new Map<string, InputFile>();
  private readonly problems: InputProblem[] = [];
  private readonly notices: Notice[] = [];
  private readonly unsupported = new Map<Reader, string[]>();
  private readonly cwd: string;
  private readonly folders: FolderFiles;

  constructor(private readonly options: FindOptions) {
    const { cwd, include = [], exclude = [], globFolder = cwd, ignored = 'pass over' } = options;
    this.cwd = cwd;
    this.folders = new FolderFiles({ include, exclude, globFolder: realpathOf(globFolder), ignored });
  }

  take(path: string): void {
    if (path === '-')
      return this.add('-', { path: '-', shown: this.options.stdinFilename ?? '-', isNamed: true });
    if (path === '') return this.problem(path, 'it does not exist');
    const absolute = resolve(this.cwd, path);
    const stats = statOf(absolute);
    if (typeof stats === 'string') {
      if (stats === 'ENOENT' && isGlob(path)) return this.takeGlob(slashed(path));
      return this.problem(path, reasonOf(stats));
    }
    if (stats.isDirectory()) return this.takeFolder(absolute);
    if (!stats.isFile() && !isOpenPipe(absolute)) return this.problem(path, 'it is not a regular file');
    this.add(realpathOf(absolute), { path: absolute, shown: this.shown(absolute), isNamed: true });
  }

  finish(): FoundFiles {
    const { problems } = this;
    for (const [reader, files] of this.unsupported) this.notices.push(this.notReadYet(reader, files));
    const passedOver = this.folders.passedOver();
    return { files: [...this.files.values()], problems, notices: this.notices, passedOver };
  }

  private takeFolder(folder: string): void {
    const root = slashed(realpathSync.native(folder));
    const shownRoot = this.shown(folder);
    const toShown = (path: string) => posix.join(shownRoot, insideOf(root, path));
    const { files, walked } = this.folders.in(root);
    this.noteGaps(walked, toShown);
    for (const path of files) {
      const reader = readerFor(posix.basename(path));
      if (reader !== undefined && reader.read === undefined) this.takeUnsupported(reader, path);
      else this.addWalked(path, walked, { root, shown: toShown(path) });
    }
  }

  private takeGlob(glob: string): void {
    const base = resolve(this.cwd, fixedPart(glob));
    const rest = glob.slice(fixedPart(glob).length).replace(/^\/+/, '');
    if (typeof statOf(base) === 'string') return this.problem(glob, 'no file matches it');
    const root = slashed(realpathSync.native(base));
    const { files, walked } = this.folders.matching(root, pathGlob(rest));
    const toShown = (path: string) => posix.join(this.shown(base), insideOf(root, path));
    this.noteGaps(walked, toShown);
    if (files.length === 0) this.problem(glob, 'no file matches it');
    for (const path of files) this.addWalked(path, walked, { root, shown: toShown(path) });
  }

  /** Looks inside, since most Terraform and Bicep is about other things and not worth a word. */
  private takeUnsupported(reader: Reader, path: string): void {
    if (!holdsTrace(reader, path)) return;
    append(this.unsupported, reader, path);
  }

  private notReadYet(reader: Reader, files: readonly string[]): Notice {
    const [first = ''] = files;
    const count = files.length === 1 ? `A ${reader.title} file` : `${files.length} ${reader.title} files`;
    const message = `${count} with role definitions ${files.length === 1 ? 'was' : 'were'} not read: ${notYet(reader)}`;
    return { code: 'not-supported-yet', message, file: this.shown(first) };
  }

  private noteGaps({ unreadable, linksOut }: Walked, toShown: (path: string) => string): void {
    for (const folder of unreadable) {
      this.notices.push({
        code: 'folder-unreadable',
        message: 'The folder cannot be opened.',
        file: toShown(folder),
      });
    }
    const [first] = linksOut;
    if (first === undefined) return;
    const count = linksOut.length === 1 ? 'A link to a folder' : `${linksOut.length} links to folders`;
    const message = `${count} outside of the one named ${linksOut.length === 1 ? 'was' : 'were'} not followed.`;
    this.notices.push({ code: 'link-not-followed', message, file: toShown(first) });
  }

  /** The folder that was walked is a real path already, so only links need a look. */
  private addWalked(
    path: string,
    { links }: Walked,
    { root, shown }: { readonly root: string; readonly shown: string },
  ): void {
    if (!links.has(path)) return this.add(path, { path, shown, isNamed: false });
    const target = realpathOf(path);
    const leadsOut = !liesIn(root, target);
    this.add(target, { path, shown, isNamed: false, ...(leadsOut && { leadsOut }) });
  }

  /** A file that is named and come upon as well counts as named. */
  private add(key: string, file: InputFile): void {
    const known = this.files.get(key);
    if (known === undefined || (file.isNamed && !known.isNamed)) this.files.set(key, file);
  }

  private problem(path: string, reason: string): void {
    const shown = slashed(path);
    this.problems.push({ path: shown, message: `Cannot read "${shown}": ${reason}.` });
  }

  private shown(path: string): string {
    const shown = slashed(relative(this.cwd, path));
    return shown === '' ? '.' : shown;
  }
}

/** What to do about a format that is not read yet, as the end of a sentence. */
export function notYet(reader: Reader): string {
  return `${reader.title} is not supported yet. Export the deployed role with: az role definition list --name NAME -o json`;
}

/** The folders in front of the first one with a wildcard. */
function fixedPart(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex(isGlob);
  return first === 0 ? '' : `${parts.slice(0, first).join('/')}/`;
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  }
}

function realpathOf(path: string): string {
  try {
    return slashed(realpathSync.native(path));
  } catch {
    return slashed(path);
  }
}

function holdsTrace(reader: Reader, path: string): boolean {
  try {
    return reader.traceOfRole.test(readRegularFile(path, largestLookedInto).toString());
  } catch {
    return false;
  }
}

/** Bytes. People do not write larger Terraform or Bicep. */
const largestLookedInto = 16_000_000;
