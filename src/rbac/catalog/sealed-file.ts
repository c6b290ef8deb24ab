import { UserError } from '../../errors.js';

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

/**
 * Opens a catalog file. Its first line, of 64 bytes: format, number of entries, length and checksum of the index, length of
 * all blocks. Then the index, as JSON, then the blocks.
 * @throws UserError where it is another format, is cut off, or its index has changed; `file` names it in the message.
 */
export function readSealed<Index>(bytes: Buffer, format: string, file: string): SealedContent<Index> {
  const head = bytes.toString('latin1', 0, headLength).trimEnd();
  if (!head.startsWith(`${format} `)) throw damaged(file, `its first line does not begin with "${format}"`);
  const [count = 0, indexLength = 0, checksum, blocksLength = 0, ...rest] = head
    .slice(format.length + 1)
    .split(' ')
    .map(Number);
  if (rest.length > 0 || bytes[headLength - 1] !== lineEnd)
    throw damaged(file, 'its first line makes no sense');
  const blocksStart = headLength + indexLength;
  if (bytes.length !== blocksStart + blocksLength) throw damaged(file, 'its length is wrong');
  const index = bytes.subarray(headLength, blocksStart);
  if (checksumOf(index) !== checksum) throw damaged(file, 'its checksum is wrong');
  return {
    count,
    index: JSON.parse(index.toString('utf8')) as Index,
    block: place => {
      const block = bytes.subarray(blocksStart + place.start, blocksStart + place.start + place.length);
      if (checksumOf(block) !== place.checksum) throw damaged(file, 'a checksum is wrong');
      return block;
    },
  };
}

/** The form that {@link readSealed} opens. The index says where the blocks are: see {@link sealedBlock}. */
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
