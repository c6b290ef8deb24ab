import { writeSync } from 'node:fs';
import type { Report } from '../reporters/reporter.js';

/** Writes all of a report to a file, a pipe or a device. A reader that goes away early is no failure. */
export function writePieces(file: number, content: Report | Buffer): void {
  try {
    for (const piece of bufferedPieces(content))
      writeAll(file, typeof piece === 'string' ? Buffer.from(piece) : piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** Somebody else may have made a pipe non-blocking: its reader is given time. */
function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(file, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

export function bufferedPieces<Text extends string | Buffer>(
  content: Text | Iterable<string>,
): Iterable<Text | string> {
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
