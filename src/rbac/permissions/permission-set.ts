import { compareText } from '../../compare-text.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import type { Bitset } from './bitset.js';

/** One plane of a permission set. */
export interface PlaneSet {
  /** Operations of the catalog. */
  readonly known: Bitset;
  /** Operations of the catalog whose plane nobody knows and that only a wildcard reached: they may or may not count. */
  readonly unknownPlane: Bitset;
  /** Strings that the catalog does not know, without a star: lower case to the written form. */
  readonly unlisted: ReadonlyMap<string, string>;
}

/** A set of operations per plane: what a permission, a role or a principal may do. Immutable. */
export class PermissionSet {
  constructor(
    private readonly catalog: Pick<Catalog, 'operations'>,
    readonly control: PlaneSet,
    readonly data: PlaneSet,
  ) {}

  /** Operations and unlisted strings of one plane; what only may belong to it is not counted. */
  count(plane: Plane): number {
    return this[plane].known.size + this[plane].unlisted.size;
  }

  get isEmpty(): boolean {
    return planes.every(plane => this[plane].known.isEmpty && this[plane].unlisted.size === 0);
  }

  /** Whether it holds that operation in that plane. Ignores case. */
  has(operation: string, plane: Plane): boolean {
    const listed = this.catalog.operations.find(operation);
    return listed === undefined
      ? this[plane].unlisted.has(operation.toLowerCase())
      : this[plane].known.has(listed.index);
  }

  /** Canonical names, sorted by their ASCII-lower-cased form. */
  operations(plane: Plane): string[] {
    const listed = this.namesOf(this[plane].known);
    if (this[plane].unlisted.size === 0) return listed;
    return [...listed, ...this[plane].unlisted.values()].sort(byLowerCase);
  }

  /** Operations of both planes, an operation that is on both once; sorted as above. At most `most` of them. */
  operationsOnAnyPlane(most = Infinity): string[] {
    const { control, data } = this;
    const known = control.known.clone();
    known.addAll(data.known);
    if (control.unlisted.size === 0 && data.unlisted.size === 0) return this.namesOf(known, most);
    const unlisted = new Map([...data.unlisted, ...control.unlisted]);
    return [...this.namesOf(known), ...unlisted.values()].sort(byLowerCase).slice(0, most);
  }

  /** How many that are, all of them. */
  get sizeOnAnyPlane(): number {
    const { control, data } = this;
    const shared =
      control.known.sharedWith(data.known) +
      [...data.unlisted.keys()].filter(lower => control.unlisted.has(lower)).length;
    return this.count('control') + this.count('data') - shared;
  }

  /** What only a wildcard reached and whose plane the catalog does not know, sorted as above. */
  unknownPlaneOperations(plane: Plane): string[] {
    return this.namesOf(this[plane].unknownPlane);
  }

  union(other: PermissionSet): PermissionSet {
    const both = (
      mine: ReadonlyMap<string, string>,
      theirs: ReadonlyMap<string, string>,
    ): ReadonlyMap<string, string> => (theirs.size === 0 ? mine : new Map([...theirs, ...mine]));
    return this.combine(other, 'union', (mine, theirs) => mine.addAll(theirs), both);
  }

  /** The union with several others; cheaper than one after the other. */
  unionWith(others: readonly PermissionSet[]): PermissionSet {
    const combined = (plane: Plane): PlaneSet => {
      const known = this[plane].known.clone();
      const unknownPlane = this[plane].unknownPlane.clone();
      const unlisted = new Map(this[plane].unlisted);
      for (const other of others) {
        known.addAll(other[plane].known);
        unknownPlane.addAll(other[plane].unknownPlane);
        for (const [lower, text] of other[plane].unlisted)
          if (!unlisted.has(lower)) unlisted.set(lower, text);
      }
      return { known, unknownPlane, unlisted };
    };
    return new PermissionSet(this.catalog, combined('control'), combined('data'));
  }

  subtract(other: PermissionSet): PermissionSet {
    const without = (
      mine: ReadonlyMap<string, string>,
      theirs: ReadonlyMap<string, string>,
    ): Map<string, string> => new Map([...mine].filter(([lower]) => !theirs.has(lower)));
    return this.combine(other, 'subtract', (mine, theirs) => mine.removeAll(theirs), without);
  }

  intersect(other: PermissionSet): PermissionSet {
    const both = (
      mine: ReadonlyMap<string, string>,
      theirs: ReadonlyMap<string, string>,
    ): Map<string, string> => new Map([...mine].filter(([lower]) => theirs.has(lower)));
    return this.combine(other, 'intersect', (mine, theirs) => mine.keepAll(theirs), both);
  }

  isSubsetOf(other: PermissionSet): boolean {
    return planes.every(
      plane =>
        this[plane].known.isSubsetOf(other[plane].known) &&
        [...this[plane].unlisted.keys()].every(lower => other[plane].unlisted.has(lower)),
    );
  }

  /** Whether some operation is in both. */
  intersects(other: PermissionSet): boolean {
    return planes.some(
      plane =>
        this[plane].known.intersects(other[plane].known) ||
        [...this[plane].unlisted.keys()].some(lower => other[plane].unlisted.has(lower)),
    );
  }

  equals(other: PermissionSet): boolean {
    return this.isSubsetOf(other) && other.isSubsetOf(this);
  }

  private combine(
    other: PermissionSet,
    operator: keyof typeof withEmpty,
    change: (mine: Bitset, theirs: Bitset) => void,
    merge: (
      mine: ReadonlyMap<string, string>,
      theirs: ReadonlyMap<string, string>,
    ) => ReadonlyMap<string, string>,
  ): PermissionSet {
    const combined = (plane: Plane): PlaneSet => {
      const same = withEmpty[operator](this[plane], other[plane]);
      if (same !== undefined) return same;
      const known = this[plane].known.clone();
      const unknownPlane = this[plane].unknownPlane.clone();
      change(known, other[plane].known);
      change(unknownPlane, other[plane].unknownPlane);
      return { known, unknownPlane, unlisted: merge(this[plane].unlisted, other[plane].unlisted) };
    };
    return new PermissionSet(this.catalog, combined('control'), combined('data'));
  }

  private namesOf(bits: Bitset, most = Infinity): string[] {
    const names: string[] = [];
    for (const index of bits) {
      if (names.length >= most) break;
      names.push(this.catalog.operations.at(index).name);
    }
    return names;
  }
}

const planes = ['control', 'data'] as const;

/** All that several sets hold, in one go. `nothing` is an empty set, the union of none. */
export function unionOf(sets: readonly PermissionSet[], nothing: PermissionSet): PermissionSet {
  const full = sets.filter(set => !planes.every(plane => isEmptyPlane(set[plane])));
  const [first, ...rest] = full;
  if (first === undefined || rest.length === 0) return first ?? nothing;
  return first.unionWith(rest);
}

/** What needs no work, since one of the two is empty: most sets are so on one of the planes. Sets may share a plane. */
const withEmpty = {
  union: (mine: PlaneSet, theirs: PlaneSet) =>
    isEmptyPlane(theirs) ? mine : isEmptyPlane(mine) ? theirs : undefined,
  subtract: (mine: PlaneSet, theirs: PlaneSet) =>
    isEmptyPlane(mine) || isEmptyPlane(theirs) ? mine : undefined,
  intersect: (mine: PlaneSet, theirs: PlaneSet) =>
    isEmptyPlane(mine) ? mine : isEmptyPlane(theirs) ? theirs : undefined,
};

/** Whether nothing is or may be in it. */
export function isEmptyPlane({ known, unknownPlane, unlisted }: PlaneSet): boolean {
  return unlisted.size === 0 && known.isEmpty && unknownPlane.isEmpty;
}

/** The order of operations in every output. */
export function byLowerCase(a: string, b: string): number {
  return compareText(a.toLowerCase(), b.toLowerCase());
}
