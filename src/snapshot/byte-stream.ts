import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';

/** The bytes of a file as they come, and how they begin. */
export interface ByteStream {
  readonly first: Buffer;
  /** All of them, the first included. */
  readonly chunks: AsyncIterable<Buffer>;
}

/** Opens once: what is read may be a pipe. */
export async function openBytes(path: string): Promise<ByteStream> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  const rest = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const { value, done } = await rest.next();
  const first: Buffer = done === true ? Buffer.alloc(0) : value;
  return { first, chunks: joined(first, rest) };
}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What is left of a file that was cut off is unpacked; whoever reads it misses its end. */
export function unpacked(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 16, finishFlush: constants.Z_SYNC_FLUSH });
  // Errors of either reach whoever reads what comes out.
  return pipeline(Readable.from(chunks), gunzip, () => {});
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
