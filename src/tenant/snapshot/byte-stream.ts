import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { FileRefusal, isOpenPipe, openRegularFile } from '../../input/regular-file.js';

/** The bytes of a file as they come, and how they begin. */
export interface OpenedBytes {
  readonly first: Buffer;
  /** All of them, the first included. */
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Opens once: what is read may be the pipe of a shell's `<(command)`.
 * @throws FileRefusal where it is anything else than that or a regular file; else the system's error.
 */
export async function openBytes(path: string): Promise<OpenedBytes> {
  const stream = createReadStream(path, { ...descriptorOf(path), highWaterMark: 1 << 20 });
  const rest = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const { value, done } = await rest.next();
  const first: Buffer = done === true ? Buffer.alloc(0) : value;
  return { first, chunks: joined(first, rest) };
}

/** None for the pipe of a shell: what was opened without waiting would be read without waiting. */
function descriptorOf(path: string): { readonly fd?: number } {
  try {
    return { fd: openRegularFile(path).descriptor };
  } catch (error) {
    if (error instanceof FileRefusal && error.kind === 'pipe' && isOpenPipe(path)) return {};
    throw error;
  }
}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What is left of a file that was cut off is unpacked; whoever reads it misses its end. */
export class Unpacked implements AsyncIterable<Buffer> {
  private packed = 0;
  private length = 0;

  constructor(private readonly chunks: AsyncIterable<Buffer>) {}

  /** Whether so much comes out of so little that nobody can have collected it: what comes then is left out. */
  get isTooMuch(): boolean {
    return this.length > freeLength && this.length > this.packed * longestRatio;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const gunzip = createGunzip({ chunkSize: 1 << 16, finishFlush: constants.Z_SYNC_FLUSH });
    // Errors of either reach whoever reads what comes out.
    for await (const chunk of pipeline(Readable.from(this.counted()), gunzip, () => {})) {
      this.length += chunk.length;
      if (this.isTooMuch) return;
      yield chunk;
    }
  }

  private async *counted(): AsyncGenerator<Buffer> {
    for await (const chunk of this.chunks) {
      this.packed += chunk.length;
      yield chunk;
    }
  }
}

/** How many bytes may come out of one. Snapshots pack to a tenth, gzip packs blanks to a thousandth. */
export const longestRatio = 500;

/** Bytes that may come out of anything. */
const freeLength = 512 << 20;

/** Whether a packed file ends before anything comes out of it. */
export function isCutOff(packed: Buffer): boolean {
  try {
    gunzipSync(packed);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
  }
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
