import { compareText } from '../compare-text.js';
import { getOrInsert } from '../maps.js';
import { existsSync, readdirSync, realpathSync, type Dirent } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { reasonOfError } from '../errors.js';
import { decode } from './decode.js';
import { readJson } from './json.js';
import { FileRefusal, readRegularFile } from './regular-file.js';
import { liesIn, slashed } from './slashed-path.js';
import type { SourceDocument } from './source-document.js';

/** A text that code refers to, or why it is not read, as the end of a sentence. */
export type CodeText = { readonly text: string; readonly shown: string } | { readonly reason: string };

/**
 * The files that code may refer to: those inside of one folder, links followed. What code says decides what is read here:
 * nothing outside is opened.
 */
export class CodeRoot {
  private readonly known = new Map<string, CodeText>();
  private readonly texts = new Map<string, SourceDocument>();
  private readonly decodedTexts = new Map<SourceDocument, SourceDocument>();
  private left = maxRead;

  private constructor(
    /** The folder, as it stands in the system. */
    readonly path: string,
    private readonly cwd: string,
  ) {}

  /**
   * The repository that a folder lies in; where it lies in none, the working directory, or the folder itself if it is
   * elsewhere. Both are absolute.
   */
  static around(folder: string, cwd: string): CodeRoot {
    const real = realOf(folder) ?? slashed(folder);
    for (let at = real; ; at = slashed(dirname(at))) {
      if (existsSync(`${at}/.git`)) return new CodeRoot(at, cwd);
      if (slashed(dirname(at)) !== at) continue;
      const working = realOf(cwd);
      return new CodeRoot(working !== undefined && liesIn(working, real) ? working : real, cwd);
    }
  }

  /** Whether a folder is in it, as it stands in the system. */
  holds(path: string): boolean {
    const real = realOf(path);
    return real !== undefined && liesIn(this.path, real);
  }

  /** As people see it: relative to the working directory. */
  shown(path: string): string {
    const shown = slashed(relative(this.cwd, path));
    return shown === '' ? '.' : shown;
  }

  read(path: string): CodeText {
    const absolute = resolve(path);
    return getOrInsert(this.known, absolute, () => this.readAnew(absolute));
  }

  /** A file as a document without values; the same one whenever it is asked for. */
  document(path: string): SourceDocument | { readonly reason: string } {
    const read = this.read(path);
    if ('reason' in read) return read;
    const { text, shown: file } = read;
    return getOrInsert(this.texts, file, () => ({
      file,
      text,
      root: undefined,
      comments: [],
      tolerated: [],
      syntaxProblems: [],
    }));
  }

  /** What a document of {@link document} is as JSON. */
  json(document: SourceDocument): SourceDocument {
    return this.decoded(document, readJson);
  }

  /** The same for another format; the same document whenever it is asked for. */
  decoded(document: SourceDocument, read: (text: string, file: string) => SourceDocument): SourceDocument {
    return getOrInsert(this.decodedTexts, document, () => read(document.text, document.file));
  }

  /** The names in a folder, sorted; undefined where it is outside, or cannot be opened. */
  entries(folder: string): readonly Dirent[] | undefined {
    if (!this.holds(folder)) return undefined;
    try {
      return readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
    } catch {
      return undefined;
    }
  }

  private readAnew(path: string): CodeText {
    const real = realOf(path);
    if (real === undefined) return { reason: 'does not exist' };
    if (!liesIn(this.path, real)) return { reason: `lies outside of ${this.shown(this.path)}` };
    try {
      const bytes = readRegularFile(real, largest);
      this.left -= bytes.length;
      if (this.left < 0) return { reason: 'is more than a run reads for code' };
      const { text } = decode(bytes, path);
      return text === undefined ? { reason: 'holds no text' } : { text, shown: this.shown(path) };
    } catch (error) {
      if (error instanceof FileRefusal) return { reason: `was not read: ${error.message}` };
      return { reason: `was not read: ${reasonOfError(error)}` };
    }
  }
}

/** Bytes. */
const largest = 16 * 1024 * 1024;
const maxRead = 256 * 1024 * 1024;

function realOf(path: string): string | undefined {
  try {
    return slashed(realpathSync.native(path));
  } catch {
    return undefined;
  }
}
