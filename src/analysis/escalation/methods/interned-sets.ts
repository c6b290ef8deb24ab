import type { Truth } from '../../../rbac/conditions/truth.js';

/**
 * Sets of operations, or of ways, as numbers: equal ones have the same. A tenant has a million grants and some hundreds of
 * sets, so that each two are put together once.
 */
export class InternedSets {
  private readonly numbers = new Map<bigint, Map<bigint, number>>();
  private readonly sets: PossibleSet[] = [];
  private readonly unions: Pairs = [];
  private readonly narrowed: Pairs = [];
  private readonly lessened: Pairs = [];
  private readonly added: Pairs = [];
  private readonly splits: SplitSet[] = [];

  constructor() {
    this.number({ definite: 0n, possible: 0n });
  }

  number({ definite, possible }: PossibleSet): number {
    let byPerhaps = this.numbers.get(definite);
    if (byPerhaps === undefined) this.numbers.set(definite, (byPerhaps = new Map()));
    let number = byPerhaps.get(possible);
    if (number === undefined) {
      byPerhaps.set(possible, (number = this.sets.length));
      this.sets.push({ definite, possible });
    }
    return number;
  }

  at(number: number): PossibleSet {
    return this.sets[number]!;
  }

  /** What is certain in one of them is certain. */
  union(a: number, b: number): number {
    if (a === b || b === nothing) return a;
    if (a === nothing) return b;
    return this.once(this.unions, a, b, joined);
  }

  /** What is in both, as certain as in the one where it is less so. */
  narrow(a: number, b: number): number {
    return a === b ? a : this.once(this.narrowed, a, b, narrowed);
  }

  /** What is left of the one where the other is denied. */
  less(held: number, denied: number): number {
    if (held === nothing || denied === nothing) return held;
    return this.once(this.lessened, held, denied, lessened);
  }

  /** What the one adds to the other. */
  beyond(held: number, known: number): number {
    if (held === nothing || known === nothing) return held;
    return held === known ? nothing : this.once(this.added, held, known, added);
  }

  /** The part that is certain and the part that is not, each for itself. */
  split(number: number): SplitSet {
    let split = this.splits[number];
    if (split === undefined) {
      const { definite, possible } = this.at(number);
      split = {
        definite: this.number({ definite, possible: 0n }),
        possible: this.number({ definite: 0n, possible }),
      };
      this.splits[number] = split;
    }
    return split;
  }

  private once(
    pairs: Pairs,
    a: number,
    b: number,
    make: (a: PossibleSet, b: PossibleSet) => PossibleSet,
  ): number {
    const byOther = (pairs[a] ??= new Map());
    let number = byOther.get(b);
    if (number === undefined) byOther.set(b, (number = this.number(make(this.at(a), this.at(b)))));
    return number;
  }
}

/** Whether sets hold all of some operations: worked out once for each set. */
export class SetTest {
  private readonly known: (Truth | undefined)[] = [];

  constructor(
    private readonly sets: InternedSets,
    private readonly mask: bigint,
  ) {}

  /** `unknown`: perhaps. */
  of(set: number): Truth {
    return (this.known[set] ??= this.find(this.sets.at(set)));
  }

  private find(held: PossibleSet): Truth {
    if (includes(held.definite, this.mask)) return 'true';
    return includes(either(held), this.mask) ? 'unknown' : 'false';
  }
}

/** The number of the set that holds nothing. */
export const nothing = 0;

/** The numbers of two sets. */
interface SplitSet {
  readonly definite: number;
  readonly possible: number;
}

/** What two sets come to, by the number of the one and then of the other. */
type Pairs = Map<number, number>[];

function joined(a: PossibleSet, b: PossibleSet): PossibleSet {
  const definite = a.definite | b.definite;
  return { definite, possible: (a.possible | b.possible) & ~definite };
}

function narrowed(a: PossibleSet, b: PossibleSet): PossibleSet {
  const definite = a.definite & b.definite;
  return { definite, possible: (a.definite | a.possible) & (b.definite | b.possible) & ~definite };
}

function lessened(held: PossibleSet, denied: PossibleSet): PossibleSet {
  const definite = held.definite & ~denied.definite & ~denied.possible;
  return { definite, possible: (held.definite | held.possible) & ~denied.definite & ~definite };
}

function added(held: PossibleSet, known: PossibleSet): PossibleSet {
  return {
    definite: held.definite & ~known.definite,
    possible: held.possible & ~known.definite & ~known.possible,
  };
}

/** A set of operations, or of ways, of the method table: what is held for certain (must), and what perhaps (may). */
export interface PossibleSet {
  readonly definite: bigint;
  /** Nothing of `definite`. */
  readonly possible: bigint;
}

/** Whether a set holds all of another. */
export function includes(set: bigint, part: bigint): boolean {
  return (set & part) === part;
}

/** What is held for certain or perhaps. */
export function either({ definite, possible }: PossibleSet): bigint {
  return definite | possible;
}
