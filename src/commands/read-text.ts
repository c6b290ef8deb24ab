import { relative, resolve } from 'node:path';
import { reasonOf, UserError } from '../errors.js';
import { decode } from '../input/decode.js';
import { bytesOf } from '../input/read-source.js';
import { slashed } from '../input/slashed-path.js';
import type { Io } from './io.js';

/** A file that the user named, as text. */
export interface NamedText {
  /** As shown to people. */
  readonly shown: string;
  readonly text: string;
}

/** Reads a named file, or `-` for standard input. @throws UserError where it cannot be opened or holds no text. */
export async function readText(file: string, stdinFilename: string | undefined, io: Io): Promise<NamedText> {
  const isStdin = file === '-';
  const path = isStdin ? '-' : resolve(io.cwd, file);
  const shown = isStdin ? (stdinFilename ?? '-') : slashed(relative(io.cwd, path));
  const { text } = decode(await readBytes(path, shown, io), shown);
  if (text === undefined) throw new UserError(`"${shown}" holds no text.`);
  return { shown, text };
}

async function readBytes(path: string, shown: string, io: Io): Promise<Uint8Array> {
  const bytes = await bytesOf({ path, shown, isNamed: true }, io.stdin);
  if (bytes instanceof Uint8Array) return bytes;
  throw new UserError(
    bytes.problem?.message ?? bytes.notices[0]?.message ?? `Cannot read "${shown}": ${reasonOf('EIO')}.`,
  );
}
