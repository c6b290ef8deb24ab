import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOfError, UserError } from '../errors.js';
import type { Report } from '../reporters/reporter.js';
import { holdSignals } from './hold-signals.js';
import { writePieces } from './write-pieces.js';

export interface Destination {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  /** Whether it tells who may do what in a tenant: a new file is for its owner alone. */
  readonly isPrivate?: boolean;
}

/**
 * Whoever reads the file sees the old content or the whole new one; a file that is there keeps its mode. A link is not
 * written through: whoever committed it would choose what is overwritten.
 * @throws UserError where the file cannot be written.
 */
export function replaceFile(to: Destination, content: Report | Buffer): void {
  try {
    const descriptor = descriptorOf(to.path);
    if (descriptor !== undefined) return writePieces(descriptor, content);
    const known = expectReplaceable(to);
    if (known?.isCharacterDevice()) writeInto(to.path, content);
    else replaceRegularFile(to, content, known);
  } catch (cause) {
    // The pieces of a report are made meanwhile: what fails there is no fault of the file.
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    const isFolderMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw cannotBeWritten(to, isFolderMissing ? 'its folder does not exist' : reasonOfError(cause), {
      cause,
    });
  }
}

/**
 * For what takes long before it writes: says at once what would keep the file from being written.
 * @throws UserError where its folder does not exist, or it is nothing that may be replaced.
 */
export function expectPlaceFor(to: Destination): void {
  if (!existsSync(dirname(to.path))) throw cannotBeWritten(to, 'its folder does not exist');
  if (descriptorOf(to.path) === undefined) expectReplaceable(to);
}

/** What is there already; undefined where nothing is. */
function expectReplaceable(to: Destination): Stats | undefined {
  const known = lstatSync(to.path, { throwIfNoEntry: false });
  if (known === undefined || known.isCharacterDevice()) return known;
  if (known.isSymbolicLink()) throw cannotBeWritten(to, 'it is a link', { hint: linkHint });
  if (known.isDirectory()) throw cannotBeWritten(to, 'it is a folder');
  if (!known.isFile()) throw cannotBeWritten(to, 'it is not a regular file', { hint: redirectHint });
  // Root may write whatever it likes to; whoever made the file read-only meant root, too.
  if ((known.mode & 0o222) === 0) throw cannotBeWritten(to, 'it is read-only');
  accessSync(to.path, constants.W_OK);
  return known;
}

const linkHint = 'Name the file that it leads to: a link in a repository could lead anywhere.';
const redirectHint = 'Leave the option out and let the shell redirect standard output.';

function cannotBeWritten(
  { shown }: Destination,
  reason: string,
  more: { readonly hint?: string; readonly cause?: unknown } = {},
): UserError {
  return new UserError(`"${shown}" cannot be written: ${reason}.`, more);
}

/** The descriptor of `/dev/stderr` and a shell's `>(command)`: to open them again would empty a file that is appended to. */
function descriptorOf(path: string): number | undefined {
  if (path === '/dev/stderr') return 2;
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d{1,5})$/.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}

function replaceRegularFile(
  { path, isPrivate }: Destination,
  content: Report | Buffer,
  known: Stats | undefined,
): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`);
  const releaseSignals = holdSignals();
  try {
    const file = openSync(temporary, 'wx', isPrivate ? 0o600 : 0o666);
    try {
      if (known !== undefined) fchmodSync(file, known.mode & 0o7777);
      writePieces(file, content);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    void releaseSignals();
  }
}

/** A device such as `/dev/tty` must not be replaced by a file. */
function writeInto(path: string, content: Report | Buffer): void {
  const file = openSync(path, constants.O_WRONLY | (constants.O_NOCTTY ?? 0));
  try {
    writePieces(file, content);
  } finally {
    closeSync(file);
  }
}
