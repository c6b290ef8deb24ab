import {
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { reasonOfError, UserError } from '../errors.js';
import type { Report } from '../reporters/reporter.js';
import type { Io } from './io.js';

export { jsonPieces } from '../reporters/json-pieces.js';
export { jsonText as toJson } from '../reporters/json-text.js';

export type { Report } from '../reporters/reporter.js';

/** Hands over the report: to the file that `--output` names, else to standard output. */
export function writeReport(report: Report, options: { readonly output: string | undefined }, io: Io): void {
  if (options.output === undefined) for (const piece of piecesOf(report)) io.stdout.write(piece);
  else replaceFile(resolve(io.cwd, options.output), options.output, report);
}

/**
 * For what takes long before it writes: says at once what would keep the file from being written.
 * @throws UserError where its folder does not exist, or it is a folder itself.
 */
export function expectPlaceFor(output: string, io: Pick<Io, 'cwd'>): void {
  const path = resolve(io.cwd, output);
  const reason = existsSync(dirname(path))
    ? statSync(path, { throwIfNoEntry: false })?.isDirectory() && 'it is a folder'
    : 'its folder does not exist';
  if (reason) throw new UserError(`"${output}" cannot be written: ${reason}.`);
}

/** Says things that are not the report on standard error, each on a line of its own. */
export function say(lines: readonly string[], options: { readonly quiet: boolean }, io: Io): void {
  if (!options.quiet && lines.length > 0) io.stderr.write(`${lines.join('\n')}\n`);
}

/**
 * Whoever reads the file sees the old content or the whole new one. A link keeps its target, a file its mode.
 * `shown` names it in messages.
 */
export function replaceFile(path: string, shown: string, content: Report | Buffer): void {
  try {
    const known = statSync(path, { throwIfNoEntry: false });
    // A device or a pipe, such as /dev/stdout, must not be replaced by a file.
    if (known !== undefined && !known.isFile()) writePieces(path, 'w', known.mode, content);
    else replaceRegularFile(known === undefined ? path : realpathSync(path), content, known?.mode ?? 0o666);
  } catch (cause) {
    // The pieces of a report are made meanwhile: what fails there is no fault of the file.
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    const isFolderMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isFolderMissing ? 'its folder does not exist' : reasonOfError(cause);
    throw new UserError(`"${shown}" cannot be written: ${reason}.`, { cause });
  }
}

function replaceRegularFile(path: string, content: Report | Buffer, mode: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`);
  try {
    writePieces(temporary, 'wx', mode, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writePieces(path: string, flag: 'w' | 'wx', mode: number, content: Report | Buffer): void {
  const file = openSync(path, flag, mode);
  try {
    for (const piece of piecesOf(content)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

function piecesOf<Text extends string | Buffer>(content: Text | Iterable<string>): Iterable<Text | string> {
  if (typeof content === 'string' || Buffer.isBuffer(content)) return [content];
  return joined(content as Iterable<string>);
}

/** A finding is a piece, and to hand over each by itself takes longer than to make it. */
function* joined(pieces: Iterable<string>): Generator<string> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < enoughToWrite) continue;
    yield waiting;
    waiting = '';
  }
  if (waiting !== '') yield waiting;
}

const enoughToWrite = 65_536;
