import type { Figures, Strength } from './figures.js';

/** How many points would go, in twentieths, if something were taken away: by the numbers of the sources. */
export class Losses {
  readonly byAssignment: number[] = [];
  readonly byGrant: number[] = [];
  /** By role, then by kind. */
  readonly byRole: Uint32Array[] = [];

  constructor(private readonly figures: Figures) {}

  /** Adds what one identity would lose. */
  add({ byAssignment, byGrant, byRole }: Strength): void {
    const { kinds } = this.figures.table;
    for (const [kind, { weight }] of kinds.entries()) {
      const alone = (byAssignment.level[kind]! - byAssignment.next[kind]!) * weight;
      if (alone > 0) increase(this.byAssignment, byAssignment.source[kind]!, alone);
      const together = (byGrant.level[kind]! - byGrant.next[kind]!) * weight;
      if (together > 0) increase(this.byGrant, byGrant.source[kind]!, together);
      const ofRole = (byRole.level[kind]! - byRole.next[kind]!) * weight;
      if (ofRole > 0) (this.byRole[byRole.source[kind]!] ??= new Uint32Array(kinds.length))[kind]! += ofRole;
    }
  }
}

function increase(list: number[], at: number, by: number): void {
  list[at] = (list[at] ?? 0) + by;
}
