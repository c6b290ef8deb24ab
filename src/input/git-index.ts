import { largestOwnFile, readRegularFile } from './regular-file.js';
import { childOf } from './slashed-path.js';

/**
 * The paths that Git tracks in a repository, relative to its folder: those of its index
 * (https://git-scm.com/docs/index-format). Undefined where the index cannot be read, or keeps a part of itself elsewhere.
 * Git itself is not asked: starting it costs more than a whole run.
 */
export function trackedPaths(gitFolder: string): string[] | undefined {
  try {
    return readIndex(readRegularFile(childOf(gitFolder, 'index'), largestIndex), hashLengthOf(gitFolder));
  } catch (error) {
    // Nothing was added yet.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
}

/** Bytes: millions of files. */
const largestIndex = 512 << 20;

/** Bytes. */
function hashLengthOf(gitFolder: string): number {
  try {
    const config = readRegularFile(childOf(gitFolder, 'config'), largestOwnFile).toString();
    return /^\s*objectformat\s*=\s*sha256/im.test(config) ? 32 : 20;
  } catch {
    // A worktree has none of its own.
    return 20;
  }
}

function readIndex(bytes: Buffer, hashLength: number): string[] | undefined {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return undefined;
  const count = bytes.readUInt32BE(8);
  const paths: string[] = [];
  let [at, before] = [12, ''];
  for (let i = 0; i < count; i++) {
    const flagsAt = at + statLength + hashLength;
    const isExtended = (bytes.readUInt16BE(flagsAt) & 0x4000) !== 0;
    const entry = { bytes, start: at, nameAt: flagsAt + (isExtended ? 4 : 2) };
    const { path, end } = version === 4 ? shortenedName(entry, before) : paddedName(entry);
    paths.push(path);
    [at, before] = [end, path];
  }
  return isComplete(bytes, at, hashLength) ? paths : undefined;
}

/** Times, device, inode, mode, owners and size. */
const statLength = 40;

interface IndexEntry {
  readonly bytes: Buffer;
  readonly start: number;
  readonly nameAt: number;
}

interface NamedEntry {
  readonly path: string;
  readonly end: number;
}

/** One to eight NULs stand behind the name, so that each entry is a multiple of eight long. */
function paddedName({ bytes, start, nameAt }: IndexEntry): NamedEntry {
  const nameEnd = endOfName(bytes, nameAt);
  const length = nameEnd - start;
  return { path: bytes.toString('utf8', nameAt, nameEnd), end: start + length + 8 - (length % 8) };
}

/** Version 4 says how many bytes of the name before to take away, and what to put in their place. */
function shortenedName({ bytes, nameAt }: IndexEntry, before: string): NamedEntry {
  let at = nameAt;
  let byte = bytes.readUInt8(at++);
  let cut = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(at++);
    cut = (cut + 1) * 128 + (byte & 0x7f);
  }
  const nameEnd = endOfName(bytes, at);
  const kept = Buffer.from(before, 'utf8');
  const name = Buffer.concat([kept.subarray(0, Math.max(kept.length - cut, 0)), bytes.subarray(at, nameEnd)]);
  return { path: name.toString('utf8'), end: nameEnd + 1 };
}

function endOfName(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0, from);
  if (end < 0) throw new RangeError('a name without an end');
  return end;
}

/** An extension named `link` says that the other entries stand in another file. */
function isComplete(bytes: Buffer, from: number, hashLength: number): boolean {
  for (let at = from; at + 8 <= bytes.length - hashLength; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (bytes.toString('latin1', at, at + 4) === 'link') return false;
  }
  return true;
}
