/**
 * GUIDs by number, in the order in which they came. As texts a million of them take 60 MB and a map of them as much
 * again; here they take 25 MB, and to look one up makes no garbage.
 */
export class GuidTable {
  /** Four numbers of 32 bits each. */
  private words = new Uint32Array(64);
  /** Open addressing, at most half full: the number of a GUID plus one, or 0. */
  private slots = new Uint32Array(32);
  private count = 0;
  private readonly wanted = new Uint32Array(4);
  private readonly random = crypto.getRandomValues(new Uint32Array(16 * 256));

  /**
   * The number of the GUID that stands from `start` on, with or without hyphens, in any case; it is added if it is
   * new. -1 where none stands there.
   */
  add(text: string, start = 0, end = text.length): number {
    if (!readGuid(text, start, end, this.wanted)) return -1;
    const slot = this.slotOf(this.wanted, 0);
    const known = this.slots[slot]!;
    if (known > 0) return known - 1;
    if (4 * this.count === this.words.length) {
      const words = new Uint32Array(2 * this.words.length);
      words.set(this.words);
      this.words = words;
    }
    this.words.set(this.wanted, 4 * this.count);
    this.slots[slot] = ++this.count;
    if (2 * this.count > this.slots.length) this.spread();
    return this.count - 1;
  }

  /** With hyphens, in lower case. */
  text(number: number): string {
    let hex = '';
    for (let at = 4 * number; at < 4 * number + 4; at++) hex += this.words[at]!.toString(16).padStart(8, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  private spread(): void {
    this.slots = new Uint32Array(2 * this.slots.length);
    for (let number = 0; number < this.count; number++)
      this.slots[this.slotOf(this.words, 4 * number)] = number + 1;
  }

  /** Where the GUID is that begins at `at`, or would be. */
  private slotOf(guid: Uint32Array, at: number): number {
    const { words, slots } = this;
    const mask = slots.length - 1;
    for (let slot = this.hash(guid, at) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (number < 0 || isSame(words, 4 * number, guid, at)) return slot;
    }
  }

  /** Tabulation: random numbers that nobody can foresee, so that no file can be made of GUIDs that share a slot. */
  private hash(guid: Uint32Array, at: number): number {
    const { random } = this;
    let hash = 0;
    for (let word = 0; word < 4; word++) {
      const value = guid[at + word]!;
      const table = word << 10;
      hash ^= random[table + (value & 0xff)]! ^ random[table + 256 + ((value >>> 8) & 0xff)]!;
      hash ^= random[table + 512 + ((value >>> 16) & 0xff)]! ^ random[table + 768 + (value >>> 24)]!;
    }
    return hash;
  }
}

function isSame(a: Uint32Array, atA: number, b: Uint32Array, atB: number): boolean {
  for (let word = 0; word < 4; word++) if (a[atA + word] !== b[atB + word]) return false;
  return true;
}

/** Digit by digit, four at a time: a regular expression and the parts that it cuts out take ten times as long. */
function readGuid(text: string, start: number, end: number, into: Uint32Array): boolean {
  const hyphens = end - start === 36 ? 1 : 0;
  if (hyphens === 0 && end - start !== 32) return false;
  let parts = 0;
  for (let part = 0; part < 8; part++) {
    // A hyphen stands before the third, fourth, fifth and sixth part.
    const passed = hyphens * Math.min(Math.max(part - 1, 0), 4);
    const at = start + 4 * part + passed;
    if (hyphens === 1 && part > 1 && part < 6 && text.charCodeAt(at - 1) !== hyphen) return false;
    const digits = fourDigits(text, at);
    parts |= digits;
    into[part >> 1] = (part & 1) === 0 ? digits << 16 : into[part >> 1]! | digits;
  }
  return parts >= 0;
}

/** Negative where one of them is no digit. */
function fourDigits(text: string, at: number): number {
  const high = (digitOf(text.charCodeAt(at)) << 12) | (digitOf(text.charCodeAt(at + 1)) << 8);
  return high | (digitOf(text.charCodeAt(at + 2)) << 4) | digitOf(text.charCodeAt(at + 3));
}

function digitOf(code: number): number {
  return code < 128 ? hexDigits[code]! : -1;
}

/** -1 for what is no digit. */
const hexDigits = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

const hyphen = 0x2d;
