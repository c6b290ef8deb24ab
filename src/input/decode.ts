import type { Notice } from '../errors.js';

/** The text of a file; undefined where the bytes are no text at all. */
export interface DecodedText {
  readonly text: string | undefined;
  readonly notices: readonly Notice[];
}

/** Reads UTF-8, and UTF-16 with or without its mark (PowerShell 5 writes it), without the byte order mark. */
export function decode(bytes: Uint8Array, file: string): DecodedText {
  const encoding = encodingOf(bytes);
  if (encoding === 'binary') return { text: undefined, notices: [binaryFile(file)] };
  const ordered = encoding === 'utf-16be' ? swapPairs(bytes) : bytes;
  const decoder = encoding === 'utf-8' ? 'utf-8' : 'utf-16le';
  try {
    return { text: new TextDecoder(decoder, { fatal: true }).decode(ordered), notices: [] };
  } catch {
    return decodeDamaged(ordered, decoder, file);
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'binary';

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const [even, odd] = countNulPairs(bytes);
  const pairs = Math.min(bytes.length, sampleLength) / 2;
  // In UTF-16, text of mostly Latin letters has a NUL in every other byte, always on the same side.
  if (odd > pairs / 2 && even < pairs / 10) return 'utf-16le';
  if (even > pairs / 2 && odd < pairs / 10) return 'utf-16be';
  return even + odd > pairs / 5 ? 'binary' : 'utf-8';
}

const sampleLength = 4_096;

function countNulPairs(bytes: Uint8Array): [even: number, odd: number] {
  let [even, odd] = [0, 0];
  for (let at = 0; at < bytes.length && at < sampleLength; at++) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  return [even, odd];
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = Buffer.from(bytes);
  return Buffer.concat([
    swapped.subarray(0, swapped.length & ~1).swap16(),
    swapped.subarray(swapped.length & ~1),
  ]);
}

function decodeDamaged(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le', file: string): DecodedText {
  // Compressed and compiled files have both: bytes that are no UTF-8, and NUL.
  if (encoding === 'utf-8' && bytes.subarray(0, sampleLength).includes(0)) {
    return { text: undefined, notices: [binaryFile(file)] };
  }
  const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  const message = `The file is not clean ${name}; what could not be decoded was read as "\u{fffd}".`;
  return {
    text: new TextDecoder(encoding).decode(bytes),
    notices: [{ code: 'encoding-damaged', message, file }],
  };
}

function binaryFile(file: string): Notice {
  return { code: 'binary-file', message: 'The file holds no text and was not read.', file };
}
