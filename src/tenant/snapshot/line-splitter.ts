/** Cuts bytes that come in pieces into lines, and keeps no more of them than the line that is not at its end. */
export class LineSplitter {
  /** The number of the line that was handed over last; the first is 1. */
  number = 0;
  private pieces: Buffer[] = [];
  private length = 0;

  /** `onLine` gets each line that is not blank, without its end; `isCutOff` for the last one if nothing ends it. */
  constructor(
    private readonly longest: number,
    private readonly onLine: (text: string, isCutOff: boolean) => void,
  ) {}

  /** @returns false where a line is longer than the longest, and the rest is not to be read. */
  push(chunk: Buffer): boolean {
    let start = this.behindBlankLines(chunk, 0);
    for (let end = chunk.indexOf(lineFeed, start); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      if (this.length + end - start > this.longest) return false;
      this.number++;
      this.onLine(this.lineUpTo(chunk, start, end), false);
      start = this.behindBlankLines(chunk, end + 1);
    }
    if (start === chunk.length) return true;
    this.pieces.push(chunk.subarray(start));
    this.length += chunk.length - start;
    return this.length <= this.longest;
  }

  finish(): void {
    if (this.length === 0) return;
    this.number++;
    this.onLine(this.lineUpTo(Buffer.alloc(0), 0, 0), true);
  }

  /** Byte by byte: a search for the end of each of a billion lines takes longer than to unpack them. */
  private behindBlankLines(chunk: Buffer, start: number): number {
    if (this.length > 0) return start;
    let behind = start;
    for (let at = start; at < chunk.length && isBlank(chunk[at]!); at++) {
      if (chunk[at] !== lineFeed) continue;
      this.number++;
      behind = at + 1;
    }
    return behind;
  }

  private lineUpTo(chunk: Buffer, start: number, end: number): string {
    if (this.length === 0) return chunk.toString('utf8', start, end);
    const text = Buffer.concat([...this.pieces, chunk.subarray(start, end)]).toString('utf8');
    this.pieces = [];
    this.length = 0;
    return text;
  }
}

const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];

function isBlank(byte: number): boolean {
  return byte === lineFeed || byte === space || byte === carriageReturn || byte === tab;
}
