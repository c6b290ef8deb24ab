/** Cuts bytes that come in pieces into lines, and keeps no more of them than the line that is not at its end. */
export class LineSplitter {
  private pieces: Buffer[] = [];
  private length = 0;

  /** `onLine` gets each line without its end; `isCutOff` for the last one if nothing ends it. */
  constructor(
    private readonly longest: number,
    private readonly onLine: (text: string, isCutOff: boolean) => void,
  ) {}

  /** @returns false where a line is longer than the longest, and the rest is not to be read. */
  push(chunk: Buffer): boolean {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      if (this.length + end - start > this.longest) return false;
      this.onLine(this.lineUpTo(chunk, start, end), false);
      start = end + 1;
    }
    if (start === chunk.length) return true;
    this.pieces.push(chunk.subarray(start));
    this.length += chunk.length - start;
    return this.length <= this.longest;
  }

  finish(): void {
    if (this.length > 0) this.onLine(this.lineUpTo(Buffer.alloc(0), 0, 0), true);
  }

  private lineUpTo(chunk: Buffer, start: number, end: number): string {
    if (this.length === 0) return chunk.toString('utf8', start, end);
    const text = Buffer.concat([...this.pieces, chunk.subarray(start, end)]).toString('utf8');
    this.pieces = [];
    this.length = 0;
    return text;
  }
}

const lineFeed = 0x0a;
