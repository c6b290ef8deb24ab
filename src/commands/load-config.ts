import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { decode } from '../input/decode.js';
import { readJson } from '../input/json.js';
import { type Config, configFileName, emptyConfig, readConfig } from '../lint/config.js';
import type { Io } from './io.js';

/** A configuration and where it stands. */
export interface LoadedConfig {
  readonly config: Config;
  /** What its paths are relative to, absolute; the working directory where there is no file. */
  readonly folder: string;
  /** As shown to people; undefined where there is no file. */
  readonly file: string | undefined;
}

/**
 * Reads the file that `--config` names, else the nearest `azrbac.config.json` from the working directory upwards.
 * @throws UserError where it cannot be read or says what it may not.
 */
export function loadConfig(options: { readonly config: string | undefined }, { cwd }: Pick<Io, 'cwd'>): LoadedConfig {
  if (options.config !== undefined) {
    const path = resolve(cwd, options.config);
    return parseConfig(readConfigFile(path, options.config), path, cwd);
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, configFileName);
    const bytes = readIfThere(path, cwd);
    if (bytes !== undefined) return parseConfig(bytes, path, cwd);
    if (dirname(folder) === folder) return { config: emptyConfig, folder: cwd, file: undefined };
  }
}

/** A path as shown to people: relative to the working directory, with `/`. */
export function shownPath(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll('\\', '/') || '.';
}

function parseConfig(bytes: Buffer, path: string, cwd: string): LoadedConfig {
  const file = shownPath(path, cwd);
  const { text } = decode(bytes, file);
  if (text === undefined) throw new UserError(`The configuration "${file}" is no text.`);
  return { config: readConfig(readJson(text, file)), folder: dirname(path), file };
}

function readIfThere(path: string, cwd: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(shownPath(path, cwd), cause);
  }
}

function readConfigFile(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unreadable(shown, cause);
  }
}

function unreadable(shown: string, cause: unknown): UserError {
  return new UserError(`The configuration "${shown}" cannot be read: ${(cause as Error).message}.`, { cause });
}
