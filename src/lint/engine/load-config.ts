import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { reasonOfError, UserError } from '../../errors.js';
import { decode } from '../../input/decode.js';
import { readJson } from '../../input/json.js';
import { largestOwnFile, readRegularFile } from '../../input/regular-file.js';
import { slashed } from '../../input/slashed-path.js';
import type { SourceDocument } from '../../input/source-document.js';
import { configFileName, emptyConfig, readConfig, type Config } from './config.js';

/** A configuration and where it stands. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute; what the configuration says of files is relative to it. The working directory where there is no file. */
  readonly folder: string;
  /** As shown to people; undefined where there is none. */
  readonly file: string | undefined;
}

export interface ConfigPlace {
  /** Absolute. */
  readonly cwd: string;
  /** The file that the user named, relative to `cwd`. Looked for upwards where there is none. */
  readonly file?: string | undefined;
}

/**
 * Reads the configuration that holds for a folder.
 * @throws UserError where the file cannot be read or something in it is wrong.
 */
export function loadConfig({ cwd, file }: ConfigPlace): LoadedConfig {
  const path = file === undefined ? findConfigFile(cwd) : resolve(cwd, file);
  if (path === undefined) return { config: emptyConfig, folder: cwd, file: undefined };
  const document = readOwnFile(path, cwd);
  return { config: readConfig(document), folder: dirname(path), file: document.file };
}

/** The path of a file, given relative to `cwd`, as the configuration's globs and fingerprints see it. */
export function fileKeyOf({ folder }: LoadedConfig, cwd: string): (file: string) => string {
  if (folder === cwd) return file => file;
  return file => (isNoPath(file) ? file : shownPath(resolve(cwd, file), folder));
}

/**
 * Reads a file that the user wrote for azrbac; it is shown relative to `cwd`.
 * @throws UserError where it cannot be read.
 */
export function readOwnFile(path: string, cwd: string): SourceDocument {
  const { file, text } = readOwnText(path, cwd);
  return readJson(text, file);
}

/** The same for a file that need not be JSON. */
export function readOwnText(path: string, cwd: string): { readonly file: string; readonly text: string } {
  const file = shownPath(path, cwd);
  let bytes: Buffer;
  try {
    bytes = readRegularFile(path, largestOwnFile);
  } catch (cause) {
    throw new UserError(`"${file}" cannot be read: ${reasonOfError(cause)}.`, { cause });
  }
  const { text } = decode(bytes, file);
  if (text === undefined) throw new UserError(`"${file}" holds no text.`);
  return { file, text };
}

/** Relative, with slashes: nothing that is shown tells where on the machine a file stands. */
export function shownPath(path: string, cwd: string): string {
  return slashed(relative(cwd, path));
}

/** From the folder upwards, up to and including the root of the repository that it is in. */
function findConfigFile(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, configFileName);
    if (existsSync(path)) return path;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return undefined;
  }
}

/** Standard input, and what was read from no file. */
function isNoPath(file: string): boolean {
  return file === '-' || file.includes(':');
}
