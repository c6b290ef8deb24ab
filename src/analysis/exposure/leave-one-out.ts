import type { KindTable } from './kind-table.js';

/** What would go if something were taken away, by the numbers of the sources. */
export class LeaveOneOut {
  readonly byAssignment: SourceLosses;
  readonly byGrant: SourceLosses;
  /** In twentieths, by role, then by kind. */
  readonly byRole: Uint32Array[] = [];
  private readonly weights: readonly number[];

  constructor({ table }: { readonly table: KindTable }) {
    this.weights = table.kinds.map(({ weight }) => weight);
    this.byAssignment = new SourceLosses(this.weights);
    this.byGrant = new SourceLosses(this.weights);
  }

  /** Adds what one identity would lose. */
  add({ byAssignment, byGrant, byRole }: Strength): void {
    this.byAssignment.add(byAssignment);
    this.byGrant.add(byGrant);
    for (let kind = 0; kind < this.weights.length; kind++) {
      const lost = byRole.lostOf(kind) * this.weights[kind]!;
      if (lost === 0) continue;
      (this.byRole[byRole.source[kind]!] ??= new Uint32Array(this.weights.length))[kind]! += lost;
    }
  }
}

/** What identities would lose without each of many sources: exact, since each holds what its other sources give. */
export class SourceLosses {
  /** Points, in twentieths. */
  readonly points: number[] = [];
  /** How many identities would lose some. */
  readonly identities: number[] = [];

  constructor(private readonly weights: readonly number[]) {}

  add(topTwo: TopTwo): void {
    for (let kind = 0; kind < this.weights.length; kind++) {
      const lost = this.lost(topTwo, kind);
      if (lost === 0) continue;
      const source = topTwo.source[kind]!;
      // A list with holes in it is slow.
      while (this.points.length <= source) {
        this.points.push(0);
        this.identities.push(0);
      }
      this.points[source]! += lost;
      if (this.isFirst(topTwo, kind)) this.identities[source]!++;
    }
  }

  private lost(topTwo: TopTwo, kind: number): number {
    return topTwo.lostOf(kind) * this.weights[kind]!;
  }

  /** Whether nothing is lost of a kind before that one with the same source: an identity counts once. */
  private isFirst(topTwo: TopTwo, kind: number): boolean {
    const { source } = topTwo;
    for (let before = 0; before < kind; before++)
      if (source[before] === source[kind] && this.lost(topTwo, before) > 0) return false;
    return true;
  }
}

/**
 * For each kind of access the highest level held, one source that gives it, and the highest that all other sources
 * give: what is left if the first one goes. Two of these join into one, so that a group's is made once for all members.
 */
export class TopTwo {
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
  join(other: TopTwo): void {
    for (let kind = 0; kind < this.kinds; kind++) {
      this.add(kind, other.level[kind]!, other.source[kind]!);
      if (other.next[kind]! > this.next[kind]!) this.next[kind] = other.next[kind]!;
    }
  }
}

/** What somebody holds, kind by kind, told apart by what can be taken away. */
export interface Strength {
  readonly byAssignment: TopTwo;
  readonly byGrant: TopTwo;
  readonly byRole: TopTwo;
}
