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
    return this.count('control') === 0 && this.count('data') === 0;
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

  /** What only a wildcard reached and whose plane the catalog does not know, sorted as above. */
  unknownPlaneOperations(plane: Plane): string[] {
    return this.namesOf(this[plane].unknownPlane);
  }

  union(other: PermissionSet): PermissionSet {
    return this.combine(other, (mine, theirs) => mine.addAll(theirs), (mine, theirs) => new Map([...theirs, ...mine]));
  }

  subtract(other: PermissionSet): PermissionSet {
    const without = (mine: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): Map<string, string> =>
      new Map([...mine].filter(([lower]) => !theirs.has(lower)));
    return this.combine(other, (mine, theirs) => mine.removeAll(theirs), without);
  }

  intersect(other: PermissionSet): PermissionSet {
    const both = (mine: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): Map<string, string> =>
      new Map([...mine].filter(([lower]) => theirs.has(lower)));
    return this.combine(other, (mine, theirs) => mine.keepAll(theirs), both);
  }

  isSubsetOf(other: PermissionSet): boolean {
    return planes.every(
      plane =>
        this[plane].known.isSubsetOf(other[plane].known) &&
        [...this[plane].unlisted.keys()].every(lower => other[plane].unlisted.has(lower)),
    );
  }

  equals(other: PermissionSet): boolean {
    return this.isSubsetOf(other) && other.isSubsetOf(this);
  }

  private combine(
    other: PermissionSet,
    change: (mine: Bitset, theirs: Bitset) => void,
    merge: (mine: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>) => Map<string, string>,
  ): PermissionSet {
    const combined = (plane: Plane): PlaneSet => {
      const known = this[plane].known.clone();
      const unknownPlane = this[plane].unknownPlane.clone();
      change(known, other[plane].known);
      change(unknownPlane, other[plane].unknownPlane);
      return { known, unknownPlane, unlisted: merge(this[plane].unlisted, other[plane].unlisted) };
    };
    return new PermissionSet(this.catalog, combined('control'), combined('data'));
  }

  private namesOf(bits: Bitset): string[] {
    return Array.from(bits, index => this.catalog.operations.at(index).name);
  }
}

const planes = ['control', 'data'] as const;

/** The order of operations in every output. */
export function byLowerCase(a: string, b: string): number {
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
  return lowerA < lowerB ? -1 : lowerA > lowerB ? 1 : 0;
}
