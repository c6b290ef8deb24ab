/**
 * What Azure's `uniqueString` makes of texts: 13 characters of a 64-bit hash of them, the same in every deployment.
 * It is MurmurHash 3 on two halves of 32 bits, with a final mix of Azure's own.
 */
export function uniqueString(texts: readonly string[]): string {
  return inBase32(hash64(new TextEncoder().encode(texts.join('-'))));
}

function hash64(bytes: Uint8Array): bigint {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [one, two] = [0, 0];
  let at = 0;
  for (; at + 7 < bytes.length; at += 8) {
    one = (Math.imul(rotated(one ^ scrambledOne(words.getUint32(at, true)), 19) + two, 5) + 0x561ccd1b) | 0;
    two =
      (Math.imul(rotated(two ^ scrambledTwo(words.getUint32(at + 4, true)), 13) + one, 5) + 0x0bcaa747) | 0;
  }
  const rest = bytes.length - at;
  if (rest >= 4) {
    one ^= scrambledOne(words.getUint32(at, true));
    two ^= scrambledTwo(littleEndian(bytes.subarray(at + 4)));
  } else if (rest > 0) one ^= scrambledOne(littleEndian(bytes.subarray(at)));
  return joined(one ^ bytes.length, two ^ bytes.length);
}

function joined(first: number, second: number): bigint {
  let one = (first + second) | 0;
  let two = (second + one) | 0;
  one = finallyMixed(one);
  two = finallyMixed(two);
  one = (one + two) | 0;
  two = (two + one) | 0;
  return (BigInt(two >>> 0) << 32n) | BigInt(one >>> 0);
}

function scrambledOne(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
}

function scrambledTwo(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xab0e9789), 17), 0x239b961b);
}

function finallyMixed(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** A number of at most four bytes. */
function littleEndian(bytes: Uint8Array): number {
  return bytes.reduce((word, byte, at) => word | (byte << (8 * at)), 0);
}

function inBase32(hash: bigint): string {
  let text = '';
  for (let shift = 59n; text.length < 13; shift -= 5n) {
    text += digits[Number((shift < 0n ? hash << -shift : hash >> shift) & 31n)]!;
  }
  return text;
}

const digits = 'abcdefghijklmnopqrstuvwxyz234567';
