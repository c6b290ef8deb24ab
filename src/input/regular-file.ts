import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** A file that is open for reading; whoever opened it closes it. */
export interface OpenFile {
  readonly descriptor: number;
  /** Bytes, when it was opened. */
  readonly size: number;
}

/** Why a file is not read although the system allows it. The message is the end of a sentence. */
export class FileRefusal extends Error {
  constructor(
    readonly kind: 'folder' | 'pipe' | 'special' | 'too large',
    message: string,
  ) {
    super(message);
  }

  static tooLarge(largest: number): FileRefusal {
    return new FileRefusal('too large', `it is larger than ${largest / 1024 / 1024} MB`);
  }
}

/** Bytes: far above any configuration, rule or action set that people write. */
export const largestOwnFile = 16 << 20;

/**
 * Reads a whole file. Every file is read through here, unless it is read as it comes.
 * @throws FileRefusal where it is no regular file or holds more than `largest` bytes; else the system's error.
 */
export function readRegularFile(path: string, largest: number): Buffer {
  const { descriptor, size } = openRegularFile(path);
  try {
    return readAll(descriptor, size, largest);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The file is opened first and looked at then, so that nobody can exchange it in between; and without waiting, since
 * a pipe that nobody writes to would never open.
 * @throws FileRefusal where it is no regular file; else the system's error.
 */
export function openRegularFile(path: string): OpenFile {
  const descriptor = openSync(
    path,
    constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0),
  );
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile()) return { descriptor, size: stats.size };
    throw refusalOf(stats);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Whether it is the pipe of a shell's `<(command)`, which writes to it already; a pipe of the file system might never be written to. */
export function isOpenPipe(path: string): boolean {
  return /^\/(dev|proc\/self)\/(fd\/\d+|stdin)$/.test(path);
}

/** Counts what comes, since a file may grow, and those of `/proc` and the like tell no size. */
function readAll(descriptor: number, size: number, largest: number): Buffer {
  if (size > largest) throw FileRefusal.tooLarge(largest);
  // One more byte than the file has: a read that does not fill it has reached the end.
  let bytes = Buffer.allocUnsafe(size + 1);
  for (let length = 0; ; ) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += count;
    if (count === 0) return bytes.subarray(0, length);
    if (length > largest) throw FileRefusal.tooLarge(largest);
    if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * length + 4_096);
  }
}

function refusalOf(stats: Stats): FileRefusal {
  if (stats.isDirectory()) return new FileRefusal('folder', 'it is a folder');
  if (stats.isFIFO()) return new FileRefusal('pipe', 'it is a pipe, and only regular files are read');
  return new FileRefusal('special', 'it is a device, and only regular files are read');
}
