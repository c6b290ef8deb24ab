/** A set of small whole numbers, one bit each. Mutable: whoever hands one out must not change it afterwards. */
export class Bitset {
  private readonly words: Uint32Array;

  constructor(
    /** One more than the largest number that fits. */
    readonly capacity: number,
    words?: Uint32Array,
  ) {
    this.words = words ?? new Uint32Array((capacity + 31) >>> 5);
  }

  add(bit: number): void {
    this.words[bit >>> 5]! |= 1 << (bit & 31);
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
    for (let i = 0; i < mine.length; i++) mine[i]! |= theirs[i]!;
  }

  removeAll(other: Bitset): void {
    const [mine, theirs] = [this.words, other.words];
    for (let i = 0; i < mine.length; i++) mine[i]! &= ~theirs[i]!;
  }

  keepAll(other: Bitset): void {
    const [mine, theirs] = [this.words, other.words];
    for (let i = 0; i < mine.length; i++) mine[i]! &= theirs[i]!;
  }

  clone(): Bitset {
    return new Bitset(this.capacity, this.words.slice());
  }

  get size(): number {
    let count = 0;
    for (let word of this.words) {
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
    }
    return count;
  }

  get isEmpty(): boolean {
    return this.words.every(word => word === 0);
  }

  isSubsetOf(other: Bitset): boolean {
    return this.words.every((word, i) => (word & ~other.words[i]!) === 0);
  }

  intersects(other: Bitset): boolean {
    return this.words.some((word, i) => (word & other.words[i]!) !== 0);
  }

  equals(other: Bitset): boolean {
    return this.words.every((word, i) => word === other.words[i]);
  }

  /** In ascending order. */
  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.words.length; i++) {
      for (let word = this.words[i]!; word !== 0; word &= word - 1) yield (i << 5) + 31 - Math.clz32(word & -word);
    }
  }
}
