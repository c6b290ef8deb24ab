/**
 * For each kind of access the highest level held, one source that gives it, and the highest that all other sources
 * give: what is left if the first one goes. Two of these join into one, so that a group's is made once for all members.
 */
export class Strongest {
  readonly level: Uint8Array;
  readonly source: Int32Array;
  readonly next: Uint8Array;

  constructor(private readonly kinds: number) {
    this.level = new Uint8Array(kinds);
    this.source = new Int32Array(kinds).fill(-1);
    this.next = new Uint8Array(kinds);
  }

  add(kind: number, level: number, source: number): void {
    const best = this.level[kind]!;
    if (level === 0) return;
    if (source === this.source[kind]) {
      if (level > best) this.level[kind] = level;
    } else if (level > best) {
      this.next[kind] = best;
      this.level[kind] = level;
      this.source[kind] = source;
    } else if (level > this.next[kind]!) this.next[kind] = level;
  }

  /** What is gone of that kind without the source of its level. */
  lostOf(kind: number): number {
    return this.level[kind]! - this.next[kind]!;
  }

  /** Everything that gives something in the other one, too. */
  join(other: Strongest): void {
    for (let kind = 0; kind < this.kinds; kind++) {
      this.add(kind, other.level[kind]!, other.source[kind]!);
      if (other.next[kind]! > this.next[kind]!) this.next[kind] = other.next[kind]!;
    }
  }
}
