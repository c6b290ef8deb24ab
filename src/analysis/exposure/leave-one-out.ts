import type { Figures, Strength } from './score-calculator.js';
import type { Strongest } from './strongest.js';

/** What would go if something were taken away, by the numbers of the sources. */
export class Losses {
  readonly byAssignment: SourceLosses;
  readonly byGrant: SourceLosses;
  /** In twentieths, by role, then by kind. */
  readonly byRole: Uint32Array[] = [];
  private readonly weights: readonly number[];

  constructor({ table }: Figures) {
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

  add(strongest: Strongest): void {
    for (let kind = 0; kind < this.weights.length; kind++) {
      const lost = this.lost(strongest, kind);
      if (lost === 0) continue;
      const source = strongest.source[kind]!;
      // A list with holes in it is slow.
      while (this.points.length <= source) {
        this.points.push(0);
        this.identities.push(0);
      }
      this.points[source]! += lost;
      if (this.isFirst(strongest, kind)) this.identities[source]!++;
    }
  }

  private lost(strongest: Strongest, kind: number): number {
    return strongest.lostOf(kind) * this.weights[kind]!;
  }

  /** Whether nothing is lost of a kind before that one with the same source: an identity counts once. */
  private isFirst(strongest: Strongest, kind: number): boolean {
    const { source } = strongest;
    for (let before = 0; before < kind; before++)
      if (source[before] === source[kind] && this.lost(strongest, before) > 0) return false;
    return true;
  }
}
