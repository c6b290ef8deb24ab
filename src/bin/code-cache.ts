// Compiled code from one run to the next. V8 takes what another patch of Node has compiled, or what is damaged, and
// crashes on it: whatever it is given here was compiled by this very Node, from this very code, and is whole.
//
// An entry holds, one behind the other: which runs have gone into it (a byte); the key, filled up so that what follows
// is aligned; twice what V8 compiled. Comparing the two is native and takes less than a millisecond. A hash takes several
// (node:crypto has to be loaded, JavaScript starts out interpreted), and says less: damage in one place, be it a bit or the rest
// of the file, does not reach both copies alike.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { onlyWeCanWrite } from './private-folder.js';

/** Code as it was read, and what tells it from any other that was or will be at its place. */
export interface Source {
  /** The text of a function which takes what a CommonJS module is given. */
  readonly text: string;
  readonly identity: string;
}

/** The place of what one Node compiled of one bundle for one command. */
export interface Entry {
  readonly folder: string;
  readonly file: string;
  readonly key: Buffer;
}

/** What V8 compiled, and the kinds of runs that have gone into it, as bits. */
export interface CompiledCode {
  readonly data: Buffer;
  readonly runs: number;
}

const { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;
// Windows has neither.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/** Some ten commands, and two versions of Node. */
const keptEntries = 20;
const largestCode = 16 << 20;
const hour = 3_600_000;

/** What an entry is for. */
export interface Compiled {
  readonly bundle: string;
  readonly source: Source;
  /** The first word behind `azrbac`, or nothing. */
  readonly command: string;
}

/** The entry of the Node that runs, with the V8 options that it has been given: V8 refuses what others made. */
export function entryOf({ bundle, source, command }: Compiled, folder: string): Entry {
  const { version, versions, arch, platform, execPath, execArgv, env } = process;
  // The same version may have been built twice, by a distribution for instance.
  const { size, mtimeMs } = statSync(execPath);
  const node = [version, versions.v8, arch, platform, execPath, size, mtimeMs, execArgv, env['NODE_OPTIONS']];
  // Other code at the same place takes the entry's place too.
  const place = JSON.stringify([...node, bundle, command]);
  const text = `${place} ${source.identity}`;
  const length = Buffer.byteLength(text);
  const key = Buffer.alloc(length + (8 - ((length + 1) % 8)), ' ');
  key.write(text);
  return { folder, file: join(folder, `${version}-${shortHash(place)}.code`), key };
}

/** What was compiled of that code, where it is there, whole, and nobody else can have written it. */
export function readEntry({ file, key }: Entry): CompiledCode | undefined {
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || !onlyWeCanWrite(stats)) return undefined;
    const start = 1 + key.length;
    const size = (stats.size - start) / 2;
    if (!Number.isInteger(size) || size <= 0 || size > largestCode) return undefined;
    const head = Buffer.allocUnsafeSlow(start + size);
    readSync(descriptor, head, 0, head.length, 0);
    const data = head.subarray(start);
    const isComplete = key.equals(head.subarray(1, start)) && isAt(head.length, data, descriptor);
    return isComplete ? { data, runs: head[0]! } : undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes an entry as a whole or not at all. What to write is asked for once it is known that there is a place for it. */
export function writeEntry(entry: Entry, compile: () => CompiledCode): void {
  const temporary = `${entry.file}.${process.pid}`;
  const descriptor = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    try {
      const { data, runs } = compile();
      for (const part of [Uint8Array.of(runs), entry.key, data, data]) writeFileSync(descriptor, part);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, entry.file);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
  removeOldEntries(entry.folder);
}

/** Piece by piece: a megabyte that is touched once costs more than what is done with it. */
function isAt(position: number, expected: Buffer, descriptor: number): boolean {
  const piece = Buffer.allocUnsafeSlow(1 << 16);
  for (let at = 0; at < expected.length; ) {
    const length = readSync(descriptor, piece, 0, piece.length, position + at);
    const end = Math.min(at + length, expected.length);
    if (length === 0 || expected.compare(piece, 0, end - at, at, end) !== 0) return false;
    at = end;
  }
  return true;
}

/** Other versions leave entries behind, and runs that were killed leave parts of one. */
function removeOldEntries(folder: string): void {
  const found = readdirSync(folder)
    .filter(name => /^v\d.*\.code(?:\.\d+)?$/.test(name))
    .map(name => join(folder, name))
    .map(file => ({ file, writtenAt: statSync(file).mtimeMs }))
    .sort((a, b) => b.writtenAt - a.writtenAt);
  const entries = found.filter(({ file }) => file.endsWith('.code'));
  const parts = found.filter(
    ({ file, writtenAt }) => !file.endsWith('.code') && writtenAt < Date.now() - hour,
  );
  for (const { file } of [...entries.slice(keptEntries), ...parts]) {
    rmSync(file, { force: true });
  }
}

/** 32-bit FNV-1a: it names a file, whose key is then compared as a whole. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
