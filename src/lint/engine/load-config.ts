import { basename, dirname, relative, resolve } from 'node:path';
import { reasonOfError, UserError } from '../../errors.js';
import { decode } from '../../input/decode.js';
import { readJson } from '../../input/json.js';
import { largestOwnFile, readRegularFile } from '../../input/regular-file.js';
import { slashed } from '../../input/slashed-path.js';
import type { SourceDocument } from '../../input/source-document.js';
import { emptyConfig, readConfig, type Config } from './config.js';
import { findConfigFile, packageKey } from './find-config.js';

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
export async function loadConfig({ cwd, file }: ConfigPlace): Promise<LoadedConfig> {
  const path = file === undefined ? findConfigFile(cwd) : resolve(cwd, file);
  if (path === undefined) return { config: emptyConfig, folder: cwd, file: undefined };
  return loadConfigFile(path, cwd);
}

/** The same for a file that is known. The reader of YAML is loaded for YAML alone. */
export async function loadConfigFile(path: string, cwd: string): Promise<LoadedConfig> {
  const { file, text } = readOwnText(path, cwd);
  const document = isYaml(path) ? await readYamlText(text, file) : readJson(text, file);
  const config = readConfig(basename(path) === 'package.json' ? partOf(document) : document);
  return { config, folder: dirname(path), file };
}

async function readYamlText(text: string, file: string): Promise<SourceDocument> {
  const { readYaml } = await import('../../input/yaml.js');
  return readYaml(text, file);
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** What a `package.json` says of azrbac. */
function partOf(document: SourceDocument): SourceDocument {
  const { root, syntaxProblems } = document;
  const member = root?.kind === 'object' && root.members.find(({ key }) => key === packageKey);
  if (syntaxProblems.length > 0 || member) return { ...document, root: (member || undefined)?.value };
  throw new UserError(`"${document.file}" has no key "${packageKey}", which would be the configuration.`);
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

/** Standard input, and what was read from no file. */
function isNoPath(file: string): boolean {
  return file === '-' || file.includes(':');
}
