import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOfError } from '../../errors.js';
import type { InputFile } from '../../input/files.js';
import { largestFile } from '../../input/read-source.js';
import { readRegularFile } from '../../input/regular-file.js';

/** The bytes of a file that may be fixed, or why it may not be: the end of a sentence. */
export type FixableFile = { readonly bytes: Buffer } | { readonly reason: string };

/** Reads a file again, if a fixed one may take its place. */
export function readFixable(file: InputFile): FixableFile {
  if (file.path === '-') return { reason: 'standard input cannot be written' };
  if (file.leadsOut) return { reason: 'it is a link that leads out of the folder' };
  try {
    const path = realpathSync(file.path);
    const reason = whyNotReplaced(path, statSync(path));
    return reason === undefined ? { bytes: readRegularFile(path, largestFile) } : { reason };
  } catch (error) {
    return { reason: reasonOfError(error) };
  }
}

/**
 * Puts new bytes in the place of old ones: whoever reads the file, and whenever this is killed, there are the old ones or
 * the whole of the new ones. A link keeps its target, the file its mode and its owner. Returns why it was not done.
 */
export function writeFixedFile({ path }: InputFile, before: Buffer, after: Buffer): string | undefined {
  try {
    const real = realpathSync(path);
    const stats = statSync(real);
    const reason = whyNotReplaced(real, stats);
    if (reason !== undefined) return reason;
    return readRegularFile(real, largestFile).equals(before)
      ? replace(real, stats, after)
      : 'it changed since it was read';
  } catch (error) {
    return reasonOfError(error);
  }
}

function whyNotReplaced(path: string, stats: Stats): string | undefined {
  if (!stats.isFile()) return 'it is not a regular file';
  if ((stats.mode & 0o222) === 0 || !isWritable(path)) return 'it is read-only';
  return stats.nlink > 1 ? 'it has several names (hard links), which would no longer be one file' : undefined;
}

/** The mode says nothing of who may write: for root everything is writable, for others not what belongs to root. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function replace(path: string, stats: Stats, content: Buffer): string | undefined {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`);
  try {
    const isAlike = writeAlike(temporary, stats, content);
    if (isAlike) renameSync(temporary, path);
    return isAlike ? undefined : 'its owner could not be kept';
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Writes a file with the owner and the mode of another one; false where the system does not let us. */
function writeAlike(path: string, { uid, gid, mode }: Stats, content: Buffer): boolean {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, content);
    const own = fstatSync(file);
    if ((own.uid !== uid || own.gid !== gid) && !isGiven(file, uid, gid)) return false;
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
    return true;
  } finally {
    closeSync(file);
  }
}

function isGiven(file: number, uid: number, gid: number): boolean {
  try {
    fchownSync(file, uid, gid);
    return true;
  } catch {
    return false;
  }
}
