import { createHash, type Hash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';

/** SHA-256 of a record and of the seal before it, in hex. */
export type Seal = string;

/** A record that is as it was written, and stands where it was written. */
export interface SealedRecord {
  readonly seal: Seal;
  readonly text: string;
  readonly bodyStart: number;
  readonly bodyLength: number;
  readonly end: number;
}

/**
 * A record is a line that holds a seal, the length of the body and a text, then the body, then a line feed. Each seal is
 * made of the seal before it as well: a record that is damaged, missing, doubled or moved is noticed.
 */
export function sealed(
  previous: Seal,
  text: string,
  body: readonly Buffer[],
): { readonly seal: Seal; readonly bytes: Buffer } {
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  const line = Buffer.from(` ${length} ${text}\n`);
  const hash = createHash('sha256').update(previous).update(line);
  for (const piece of [...body, lineFeed]) hash.update(piece);
  const seal = hash.digest('hex');
  return { seal, bytes: Buffer.concat([Buffer.from(seal), line, ...body, lineFeed]) };
}

/** Reads records. Nothing of one is looked at before its seal has been found right. */
export class SealedFile {
  readonly size: number;
  private readonly buffer = Buffer.allocUnsafe(1 << 16);

  constructor(private readonly file: number) {
    this.size = fstatSync(file).size;
  }

  startsWith(text: string): boolean {
    return this.read(0, text.length).equals(Buffer.from(text));
  }

  /** The record that starts there; undefined where none does that was written behind `previous`. */
  recordAt(start: number, previous: Seal): SealedRecord | undefined {
    const line = this.lineAt(start);
    const [, seal, length, text] = linePattern.exec(line?.toString('utf8') ?? '') ?? [];
    if (line === undefined || seal === undefined || text === undefined) return undefined;
    const bodyStart = start + line.length;
    const bodyLength = Number(length);
    const end = bodyStart + bodyLength + 1;
    if (end > this.size) return undefined;
    const hash = createHash('sha256').update(previous).update(line.subarray(seal.length));
    this.hash(hash, bodyStart, end);
    return hash.digest('hex') === seal ? { seal, text, bodyStart, bodyLength, end } : undefined;
  }

  private hash(hash: Hash, start: number, end: number): void {
    for (let at = start; at < end; ) {
      const piece = this.read(at, end - at);
      if (piece.length === 0) return;
      hash.update(piece);
      at += piece.length;
    }
  }

  /** With its line feed. */
  private lineAt(start: number): Buffer | undefined {
    const pieces: Buffer[] = [];
    for (let length = 0; length < longestLine; ) {
      const piece = this.read(start + length, longestLine);
      const feed = piece.indexOf(lineFeed);
      pieces.push(Buffer.from(feed < 0 ? piece : piece.subarray(0, feed + 1)));
      if (feed >= 0) return Buffer.concat(pieces);
      if (piece.length === 0) return undefined;
      length += piece.length;
    }
    return undefined;
  }

  /** At most so many bytes, in memory that the next read uses again. */
  private read(start: number, most: number): Buffer {
    const length = Math.min(most, this.buffer.length);
    return this.buffer.subarray(0, readSync(this.file, this.buffer, 0, length, start));
  }
}

const linePattern = /^([0-9a-f]{64}) (\d{1,15}) ([^\n]*)\n$/;

/** Names and gaps of a unit stand in a line, never its rows. */
const longestLine = 64 << 20;

const lineFeed = Buffer.from('\n');
