import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Source } from './code-cache.js';

/**
 * Reads the code of a CommonJS module as the text of a function that takes its parts, with what tells whether it is still the
 * same: each write to a file sets its time of change, which nobody can set back, and a file put in its place is another.
 * @throws the system's error where it cannot be read.
 */
export function readCode(file: string): Source {
  const descriptor = openSync(file, 'r');
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(descriptor, { bigint: true });
    return {
      text: readWrapped(descriptor, Number(size)),
      identity: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    };
  } finally {
    closeSync(descriptor);
  }
}

const head = '(function (exports, require, module, __filename, __dirname) { ';
const tail = '\n})';

/** In one piece: to put half a megabyte together in strings would copy it twice more. */
function readWrapped(descriptor: number, size: number): string {
  const bytes = Buffer.allocUnsafeSlow(head.length + size + tail.length);
  let at = bytes.write(head);
  const end = at + size;
  while (at < end) {
    const length = readSync(descriptor, bytes, at, end - at, null);
    if (length === 0) throw new Error('the file has become shorter');
    at += length;
  }
  bytes.write(tail, at);
  // A string of one byte per character is half the work; the build leaves no other.
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}
