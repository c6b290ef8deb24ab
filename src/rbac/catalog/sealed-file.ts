import { closeSync, readSync } from 'node:fs';
import { reasonOfError, UserError } from '../../errors.js';
import { FileRefusal, openRegularFile } from '../../input/regular-file.js';

/**
 * What a sealed file holds: an index, which is read at once, and blocks, which are read when they are needed. A run of a
 * commit hook needs a few of 300: it neither reads nor checks the others.
 */
export interface SealedContent<Index> {
  readonly count: number;
  readonly index: Index;
  /** @throws UserError where the block has changed since it was sealed. */
  block(place: BlockPlace): Buffer;
}

/** Where a block stands behind the index, in bytes, and its checksum. */
export interface BlockPlace {
  readonly start: number;
  readonly length: number;
  readonly checksum: number;
}

/** A length and a checksum, as an index keeps them. */
export type SealedBlock = readonly [length: number, checksum: number];

/** The first line is padded to this, so that what follows begins on a boundary of words. */
const headLength = 64;
const lineEnd = 0x0a;

/** Bytes: twenty times what Azure publishes. */
const maxLength = 64 << 20;

/**
 * Opens a catalog file. Its first line, of 64 bytes: format, number of entries, length and checksum of the index, length of
 * all blocks. Then the index, as JSON, then the blocks.
 * @throws UserError where it cannot be read, is another format, is cut off, or its index has changed.
 */
export function openSealed<Index>(file: string, format: string): SealedContent<Index> {
  const { head, index } = withOpen(file, (descriptor, size) => {
    const first = parseHead(readAt(descriptor, 0, Math.min(headLength, size)), { format, file, size });
    return { head: first, index: readAt(descriptor, headLength, first.indexLength) };
  });
  const start = headLength + head.indexLength;
  const blocks = new BlockReader(file, start, head.blocksLength);
  return sealedContent(head, index, { file, read: place => blocks.read(place) });
}

/** The same of bytes; `file` names them in messages. */
export function readSealed<Index>(bytes: Buffer, format: string, file: string): SealedContent<Index> {
  const head = parseHead(bytes.subarray(0, headLength), { format, file, size: bytes.length });
  const start = headLength + head.indexLength;
  const blocks = bytes.subarray(start);
  const read = ({ start, length }: BlockPlace) => blocks.subarray(start, start + length);
  return sealedContent(head, bytes.subarray(headLength, start), { file, read });
}

interface Head {
  readonly count: number;
  readonly indexLength: number;
  readonly checksum: number;
  readonly blocksLength: number;
}

function parseHead(
  bytes: Buffer,
  { format, file, size }: { format: string; file: string; size: number },
): Head {
  const head = bytes.toString('latin1').trimEnd();
  if (!head.startsWith(`${format} `)) throw damaged(file, `its first line does not begin with "${format}"`);
  const fields = head
    .slice(format.length + 1)
    .split(' ')
    .map(Number);
  const [count = 0, indexLength = 0, checksum = 0, blocksLength = 0] = fields;
  if (fields.length !== 4 || bytes[headLength - 1] !== lineEnd)
    throw damaged(file, 'its first line makes no sense');
  if (size !== headLength + indexLength + blocksLength) throw damaged(file, 'its length is wrong');
  return { count, indexLength, checksum, blocksLength };
}

interface BlockSource {
  readonly file: string;
  read(place: BlockPlace): Buffer;
}

function sealedContent<Index>(
  { count, checksum }: Head,
  index: Buffer,
  { file, read }: BlockSource,
): SealedContent<Index> {
  if (checksumOf(index) !== checksum) throw damaged(file, 'its checksum is wrong');
  return {
    count,
    index: JSON.parse(index.toString('utf8')) as Index,
    block: place => {
      const block = read(place);
      if (checksumOf(block) !== place.checksum) throw damaged(file, 'a checksum is wrong');
      return block;
    },
  };
}

/** How many blocks are read one by one before all are read at once. */
const fewBlocks = 12;

/** Reads blocks of a file. It does not stay open: a catalog is kept for as long as its program runs. */
class BlockReader {
  private singleReads = 0;
  private all: Buffer | undefined;

  constructor(
    private readonly file: string,
    private readonly start: number,
    private readonly length: number,
  ) {}

  read({ start, length }: BlockPlace): Buffer {
    if (this.all === undefined && this.singleReads++ < fewBlocks)
      return withOpen(this.file, descriptor => readAt(descriptor, this.start + start, length));
    this.all ??= withOpen(this.file, descriptor => readAt(descriptor, this.start, this.length));
    return this.all.subarray(start, start + length);
  }
}

function withOpen<T>(file: string, use: (descriptor: number, size: number) => T): T {
  try {
    const { descriptor, size } = openRegularFile(file);
    try {
      if (size > maxLength) throw FileRefusal.tooLarge(maxLength);
      return use(descriptor, size);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw cause instanceof UserError ? cause : unreadable(file, cause);
  }
}

/** Less where the file ends before. */
function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (let count = -1; at < length && count !== 0; at += count)
    count = readSync(descriptor, bytes, at, length - at, position + at);
  return bytes.subarray(0, at);
}

/** The form that {@link openSealed} opens. The index says where the blocks are: see {@link sealedBlock}. */
export function seal(format: string, count: number, index: object, blocks: readonly Buffer[]): Buffer {
  const indexBytes = Buffer.from(`${JSON.stringify(index)}\n`, 'utf8');
  const body = Buffer.concat(blocks);
  const head = [format, count, indexBytes.length, checksumOf(indexBytes), body.length].join(' ');
  return Buffer.concat([Buffer.from(`${head.padEnd(headLength - 1)}\n`, 'latin1'), indexBytes, body]);
}

/** What the index keeps of a block. */
export function sealedBlock(block: Buffer): SealedBlock {
  return [block.length, checksumOf(block)];
}

/** The error for a file of the catalog that cannot be read. */
export function unreadable(file: string, cause: unknown): UserError {
  return new UserError(`The catalog file "${file}" cannot be read: ${reasonOfError(cause)}.`, {
    hint: 'Reinstall azrbac, or correct "catalog" in your configuration.',
    cause,
  });
}

/** The error for a file of the catalog that is not what it should be. */
export function damaged(file: string, why: string): UserError {
  return new UserError(`The catalog file "${file}" is damaged: ${why}.`, {
    hint: 'Reinstall azrbac, or rebuild your own catalog with: azrbac catalog update',
  });
}

/**
 * Against accidents, not against attackers. Word by word, each step a bijection, so any change within one word shows.
 * Loading zlib for its CRC takes longer than all of this.
 */
function checksumOf(body: Buffer): number {
  const aligned = body.byteOffset % 4 === 0 && isLittleEndian ? body : littleEndianCopy(body);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  let sum = body.length;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ words[i]!, 0x9e3779b1);
  for (let i = words.length << 2; i < body.length; i++) sum = Math.imul(sum ^ body[i]!, 0x9e3779b1);
  return sum >>> 0;
}

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function littleEndianCopy(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  if (!isLittleEndian) copy.subarray(0, body.length & ~3).swap32();
  return copy;
}
