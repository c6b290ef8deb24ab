import type { Catalog } from '../catalog/catalog.js';
import { lowerBound, type OperationTable, type ProviderOperations } from '../catalog/operation-table.js';
import type { Plane } from '../model/role-definition.js';
import { compileFoldedPattern, foldCase, splitAtStar } from './action-pattern.js';
import { Bitset } from './bitset.js';
import { NameEnds } from './name-ends.js';

/** Kept at once; each takes 3 kB. The built-in roles have 976 distinct wildcards, hostile input has any number. */
const maxExpansions = 4096;

// So many patterns such as `*/x/read` or `*x/read` are looked for among all names before an index of their ends pays.
const fewSearches = 100;

/**
 * From action patterns to the operations of a catalog.
 *
 * A pattern with one star is a head and a tail: sorted names turn the head into a range, and within the range the
 * definition is a comparison of the tail. Anything with more stars is decided by minimatch, operation by operation.
 * `test/laws` proves that both agree with minimatch alone and with the definition as a regular expression.
 */
export class OperationIndex {
  private readonly table: OperationTable;
  private readonly expansions = new Map<string, Bitset>();
  private masks: Record<Plane | 'unknown', Bitset> | undefined;

  private ends: NameEnds | undefined;
  private nothing: Bitset | undefined;
  private searches = 0;
  /** Expansions of patterns with several stars, where their number is limited: what is decided stays decided. */
  private readonly severalStars = new Map<string, Bitset>();

  /**
   * @param limits How many distinct patterns with several stars are evaluated, the first ones: any number unless told.
   *   Further ones are taken to cover nothing, and whoever sets a limit owes the user a notice.
   */
  constructor(
    catalog: Pick<Catalog, 'operations'>,
    private readonly limits: { readonly severalStars?: number } = {},
  ) {
    this.table = catalog.operations;
  }

  /** The number of operations, and so the capacity of every set made here. */
  get size(): number {
    return this.table.size;
  }

  /** The operations that the pattern covers, of whatever plane. Not to be changed by the caller. */
  expand(pattern: string): Bitset {
    // What is kept is kept by its folded form: a pattern that is found needs no folding.
    const known = this.expansions.get(pattern);
    if (known !== undefined) return known;
    const folded = foldCase(pattern);
    let expansion = this.expansions.get(folded);
    if (expansion === undefined) {
      if (this.expansions.size >= maxExpansions) this.expansions.clear();
      this.expansions.set(folded, (expansion = this.compute(folded)));
    }
    return expansion;
  }

  /** Operations that may stand in a list of that plane; or those of unknown plane, which are in neither. */
  mask(plane: Plane | 'unknown'): Bitset {
    return (this.masks ??= this.computeMasks())[plane];
  }

  /** Drops what was computed, for measurements. */
  forget(): void {
    this.expansions.clear();
    this.severalStars.clear();
  }

  private compute(folded: string): Bitset {
    if (!folded.includes('*')) {
      const found = new Bitset(this.table.size);
      const index = this.table.indexOf(folded);
      if (index >= 0) found.add(index);
      return found;
    }
    const split = splitAtStar(folded);
    if (split === undefined) return this.decide(folded, new Bitset(this.table.size));
    if (split.head === '' && split.tail !== '' && this.searches++ >= fewSearches) return this.endingIn(split);
    const found = new Bitset(this.table.size);
    for (const section of this.sectionsUnder(split.head)) addHeadAndTail(section, split, found);
    return found;
  }

  private endingIn({ tail, shortest }: HeadAndTail): Bitset {
    this.ends ??= new NameEnds(this.table);
    let found: Bitset | undefined;
    for (const { index, length } of this.ends.endingIn(tail))
      if (length >= shortest) (found ??= new Bitset(this.table.size)).add(index);
    // Most of 100,000 strings end like nothing, and a set is 3 kB.
    return found ?? (this.nothing ??= new Bitset(this.table.size));
  }

  private decide(folded: string, found: Bitset): Bitset {
    const { severalStars } = this.limits;
    const known = this.severalStars.get(folded);
    if (known !== undefined) return known;
    if (severalStars !== undefined) {
      if (this.severalStars.size >= severalStars) return found;
      this.severalStars.set(folded, found);
    }
    this.decideOneByOne(folded, found);
    return found;
  }

  /** Several stars: minimatch decides on every operation that the text before the first star lets through. */
  private decideOneByOne(folded: string, found: Bitset): void {
    const covers = compileFoldedPattern(folded);
    // A first star between slashes may swallow one of them.
    const head = folded.slice(0, folded.indexOf('*')).replace(/\/$/, '');
    for (const section of this.sectionsUnder(head)) {
      const names = section.lowerNames;
      for (let i = lowerBound(names, head); i < names.length && names[i]!.startsWith(head); i++) {
        if (covers(names[i]!)) found.add(section.first + i);
      }
    }
  }

  private sectionsUnder(head: string): readonly ProviderOperations[] {
    const slash = head.indexOf('/');
    if (slash < 0) return this.table.providers.filter(section => section.provider.startsWith(head));
    const section = this.table.provider(head.slice(0, slash));
    return section === undefined ? [] : [section];
  }

  private computeMasks(): Record<Plane | 'unknown', Bitset> {
    const { control, data } = this.table.planes;
    const unknown = new Bitset(this.size);
    unknown.addRange(0, this.size);
    const masks = { control: Bitset.of(this.size, control), data: Bitset.of(this.size, data), unknown };
    unknown.removeAll(masks.control);
    unknown.removeAll(masks.data);
    return masks;
  }
}

type HeadAndTail = NonNullable<ReturnType<typeof splitAtStar>>;

function addHeadAndTail(
  section: ProviderOperations,
  { head, tail, shortest }: HeadAndTail,
  found: Bitset,
): void {
  if (tail === '' && head.length <= section.provider.length + 1) {
    found.addRange(section.first, section.first + section.count);
    return;
  }
  const names = section.lowerNames;
  const start = lowerBound(names, head);
  // U+007F sorts behind every character of an operation's name.
  const end = lowerBound(names, `${head}\u007f`);
  if (tail === '') {
    found.addRange(section.first + start, section.first + end);
    return;
  }
  for (let i = start; i < end; i++) {
    const name = names[i]!;
    if (name.endsWith(tail) && name.length >= shortest) found.add(section.first + i);
  }
}
