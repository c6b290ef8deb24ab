import { UserError } from '../../errors.js';

/** What a sealed file holds behind its first line, and how many entries it says these are. */
export interface SealedContent {
  readonly count: number;
  readonly body: Buffer;
}

/** The first line is padded to this, so that the rest begins on a boundary of words. */
const headLength = 64;

/**
 * Opens a catalog file: a first line of 64 bytes with its format, the number of entries and a checksum, then the rest.
 * @throws UserError where it is another format, or has changed since it was sealed; `file` names it in the message.
 */
export function readSealed(bytes: Buffer, format: string, file: string): SealedContent {
  const head = bytes.toString('latin1', 0, headLength).trimEnd();
  const body = bytes.subarray(headLength);
  const [count, checksum] = head.slice(format.length + 1).split(' ');
  if (!head.startsWith(`${format} `)) throw damaged(file, `its first line does not begin with "${format}"`);
  if (checksumOf(body) !== checksum) throw damaged(file, 'its checksum is wrong');
  return { count: Number(count), body };
}

/** The form that {@link readSealed} opens. */
export function seal(format: string, count: number, body: Buffer): Buffer {
  const head = `${format} ${count} ${checksumOf(body)}`.padEnd(headLength - 1);
  return Buffer.concat([Buffer.from(`${head}\n`, 'latin1'), body]);
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
function checksumOf(body: Buffer): string {
  const aligned = body.byteOffset % 4 === 0 && isLittleEndian ? body : littleEndianCopy(body);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  let sum = body.length;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ words[i]!, 0x9e3779b1);
  for (let i = words.length << 2; i < body.length; i++) sum = Math.imul(sum ^ body[i]!, 0x9e3779b1);
  return (sum >>> 0).toString(16);
}

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function littleEndianCopy(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  if (!isLittleEndian) copy.subarray(0, body.length & ~3).swap32();
  return copy;
}
