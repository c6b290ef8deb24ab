/**
 * A set of small whole numbers, one bit each. Mutable: whoever hands one out must not change it afterwards.
 *
 * It remembers between which words its bits lie: a pattern usually covers one provider, a few words out of 710, and
 * all work is in proportion to those.
 */
export class Bitset {
  private readonly words: Uint32Array;
  /** All words that are not zero lie from `low` up to and without `high`. */
  private low: number;
  private high: number;

  constructor(
    /** One more than the largest number that fits. */
    readonly capacity: number,
    copyOf?: Bitset,
  ) {
    this.words = copyOf === undefined ? new Uint32Array((capacity + 31) >>> 5) : copyOf.words.slice();
    this.low = copyOf?.low ?? this.words.length;
    this.high = copyOf?.high ?? 0;
  }

  /** The numbers whose bits are set in the words, from the lowest of the first word up. The words are copied. */
  static of(capacity: number, words: Uint32Array): Bitset {
    const bits = new Bitset(capacity);
    bits.words.set(words);
    bits.include(0, bits.words.length);
    return bits;
  }

  add(bit: number): void {
    const word = bit >>> 5;
    this.words[word]! |= 1 << (bit & 31);
    this.include(word, word + 1);
  }

  remove(bit: number): void {
    this.words[bit >>> 5]! &= ~(1 << (bit & 31));
  }

  /** Adds every number from `start` up to and without `end`. */
  addRange(start: number, end: number): void {
    if (start >= end) return;
    const first = start >>> 5;
    const last = (end - 1) >>> 5;
    const head = -1 << (start & 31);
    const tail = -1 >>> (31 - ((end - 1) & 31));
    this.include(first, last + 1);
    if (first === last) {
      this.words[first]! |= head & tail;
      return;
    }
    this.words[first]! |= head;
    this.words.fill(0xffffffff, first + 1, last);
    this.words[last]! |= tail;
  }

  has(bit: number): boolean {
    return (this.words[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  addAll(other: Bitset): void {
    const [mine, theirs] = [this.words, other.words];
    for (let i = other.low; i < other.high; i++) mine[i]! |= theirs[i]!;
    this.include(other.low, other.high);
  }

  /** Adds every number of the other set, and to `repeated` those that were here already. */
  addAllNoting(other: Bitset, repeated: Bitset): void {
    const [mine, theirs, twice] = [this.words, other.words, repeated.words];
    for (let i = other.low; i < other.high; i++) {
      twice[i]! |= mine[i]! & theirs[i]!;
      mine[i]! |= theirs[i]!;
    }
    repeated.include(other.low, other.high);
    this.include(other.low, other.high);
  }

  removeAll(other: Bitset): void {
    const [mine, theirs] = [this.words, other.words];
    const end = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < end; i++) mine[i]! &= ~theirs[i]!;
  }

  keepAll(other: Bitset): void {
    const [mine, theirs] = [this.words, other.words];
    for (let i = this.low; i < this.high; i++) mine[i]! &= theirs[i]!;
  }

  clone(): Bitset {
    return new Bitset(this.capacity, this);
  }

  get size(): number {
    let count = 0;
    for (let i = this.low; i < this.high; i++) count += bitsIn(this.words[i]!);
    return count;
  }

  get isEmpty(): boolean {
    for (let i = this.low; i < this.high; i++) if (this.words[i] !== 0) return false;
    return true;
  }

  isSubsetOf(other: Bitset): boolean {
    for (let i = this.low; i < this.high; i++) if ((this.words[i]! & ~other.words[i]!) !== 0) return false;
    return true;
  }

  intersects(other: Bitset): boolean {
    const end = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < end; i++)
      if ((this.words[i]! & other.words[i]!) !== 0) return true;
    return false;
  }

  /** How many numbers are in both. */
  sharedWith(other: Bitset): number {
    let count = 0;
    const end = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < end; i++)
      count += bitsIn(this.words[i]! & other.words[i]!);
    return count;
  }

  equals(other: Bitset): boolean {
    return this.isSubsetOf(other) && other.isSubsetOf(this);
  }

  /** In ascending order. */
  *[Symbol.iterator](): Generator<number> {
    for (let i = this.low; i < this.high; i++) {
      for (let word = this.words[i]!; word !== 0; word &= word - 1)
        yield (i << 5) + 31 - Math.clz32(word & -word);
    }
  }

  private include(low: number, high: number): void {
    if (low < this.low) this.low = low;
    if (high > this.high) this.high = high;
  }
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
