import { relative, resolve } from 'node:path';
import { reasonOfError, UserError } from '../errors.js';
import { decode } from '../input/decode.js';
import { readBytes } from '../input/read-source.js';
import { FileRefusal } from '../input/regular-file.js';
import { slashed } from '../input/slashed-path.js';
import type { Surroundings } from './workspace.js';

/** A file that the user named, as text. */
export interface NamedText {
  /** As shown to people. */
  readonly shown: string;
  readonly text: string;
}

/** Reads a named file, or `-` for standard input. @throws UserError where it cannot be opened or holds no text. */
export async function readText(
  file: string,
  stdinFilename: string | undefined,
  surroundings: Surroundings,
): Promise<NamedText> {
  const isStdin = file === '-';
  const path = isStdin ? '-' : resolve(surroundings.cwd, file);
  const shown = isStdin ? (stdinFilename ?? '-') : slashed(relative(surroundings.cwd, path));
  const { text } = decode(await readNamed({ path, shown }, surroundings), shown);
  if (text === undefined) throw new UserError(`"${shown}" holds no text.`);
  return { shown, text };
}

/** The bytes of what the user named. @throws UserError where it cannot be opened or is no file. */
export async function readNamed(
  { path, shown, largest }: { readonly path: string; readonly shown: string; readonly largest?: number },
  { stdin }: Pick<Surroundings, 'stdin'>,
): Promise<Uint8Array> {
  try {
    return await readBytes(path, stdin, largest);
  } catch (cause) {
    const hint = cause instanceof FileRefusal && cause.kind === 'pipe' ? pipeHint : undefined;
    throw new UserError(`Cannot read "${shown}": ${reasonOfError(cause)}.`, { cause, ...(hint && { hint }) });
  }
}

const pipeHint = 'What comes through a pipe is read from standard input: name it "-".';
