import type { Truth } from '../../../rbac/conditions/truth.js';
import { either, type Held, includes } from './held.js';

/**
 * Sets of operations, or of ways, as numbers: equal ones have the same. A tenant has a million grants and some hundreds of
 * sets, so that each two are put together once.
 */
export class HeldSets {
  private readonly numbers = new Map<bigint, Map<bigint, number>>();
  private readonly sets: Held[] = [];
  private readonly unions: Pairs = [];
  private readonly narrowed: Pairs = [];
  private readonly lessened: Pairs = [];
  private readonly added: Pairs = [];
  private readonly splits: SplitSet[] = [];

  constructor() {
    this.number({ certain: 0n, perhaps: 0n });
  }

  number({ certain, perhaps }: Held): number {
    let byPerhaps = this.numbers.get(certain);
    if (byPerhaps === undefined) this.numbers.set(certain, (byPerhaps = new Map()));
    let number = byPerhaps.get(perhaps);
    if (number === undefined) {
      byPerhaps.set(perhaps, (number = this.sets.length));
      this.sets.push({ certain, perhaps });
    }
    return number;
  }

  at(number: number): Held {
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
      const { certain, perhaps } = this.at(number);
      split = {
        certain: this.number({ certain, perhaps: 0n }),
        perhaps: this.number({ certain: 0n, perhaps }),
      };
      this.splits[number] = split;
    }
    return split;
  }

  private once(pairs: Pairs, a: number, b: number, make: (a: Held, b: Held) => Held): number {
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
    private readonly sets: HeldSets,
    private readonly mask: bigint,
  ) {}

  /** `unknown`: perhaps. */
  of(set: number): Truth {
    return (this.known[set] ??= this.find(this.sets.at(set)));
  }

  private find(held: Held): Truth {
    if (includes(held.certain, this.mask)) return 'true';
    return includes(either(held), this.mask) ? 'unknown' : 'false';
  }
}

/** The number of the set that holds nothing. */
export const nothing = 0;

/** The numbers of two sets. */
interface SplitSet {
  readonly certain: number;
  readonly perhaps: number;
}

/** What two sets come to, by the number of the one and then of the other. */
type Pairs = Map<number, number>[];

function joined(a: Held, b: Held): Held {
  const certain = a.certain | b.certain;
  return { certain, perhaps: (a.perhaps | b.perhaps) & ~certain };
}

function narrowed(a: Held, b: Held): Held {
  const certain = a.certain & b.certain;
  return { certain, perhaps: (a.certain | a.perhaps) & (b.certain | b.perhaps) & ~certain };
}

function lessened(held: Held, denied: Held): Held {
  const certain = held.certain & ~denied.certain & ~denied.perhaps;
  return { certain, perhaps: (held.certain | held.perhaps) & ~denied.certain & ~certain };
}

function added(held: Held, known: Held): Held {
  return {
    certain: held.certain & ~known.certain,
    perhaps: held.perhaps & ~known.certain & ~known.perhaps,
  };
}
