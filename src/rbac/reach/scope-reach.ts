import { getOrInsert } from '../../maps.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import { Bitset } from '../permissions/bitset.js';
import { isEmptyPlane, PermissionSet, type PlaneSet } from '../permissions/permission-set.js';
import type { OperationReach } from './operation-reach.js';

/** The operations of the catalog that have an effect at some scopes on one plane, and those of which nobody can tell. */
export interface ReachMask {
  readonly within: Bitset;
  readonly unknown: Bitset;
}

/** What a set comes to at a scope. */
export interface ReachedSet {
  /** What of it can have an effect there. */
  readonly within: PermissionSet;
  /** What of it may have one. */
  readonly unknown: PermissionSet;
}

/** How reach is worked out: name by name, and for all operations of the catalog together. Both agree. */
export interface ReachSource {
  answer(operation: string, plane: Plane): OperationReach;
  mask(plane: Plane): ReachMask | 'everything';
}

/** What can have an effect at scopes of one kind. */
export class ScopeReach {
  private readonly masks: Partial<Record<Plane, ReachMask | 'everything'>> = {};
  private readonly limited = new WeakMap<PermissionSet, ReachedSet>();

  constructor(
    /** The type of the resources, or the kind of the scopes. */
    readonly kind: string,
    private readonly catalog: Pick<Catalog, 'operations'>,
    private readonly source: ReachSource,
  ) {}

  /** Whether nothing is taken away on that plane. */
  isEverything(plane: Plane): boolean {
    return this.mask(plane) === 'everything';
  }

  /** The answer for an operation, be it in the catalog or not. */
  answer(operation: string, plane: Plane): OperationReach {
    return this.source.answer(operation, plane);
  }

  /** What of a set has an effect here: the same object for the same set, and the set itself where that is all of it. */
  limit(set: PermissionSet): ReachedSet {
    return getOrInsert(this.limited, set, () => this.split(set));
  }

  private get size(): number {
    return this.catalog.operations.size;
  }

  private mask(plane: Plane): ReachMask | 'everything' {
    return (this.masks[plane] ??= this.source.mask(plane));
  }

  private split(set: PermissionSet): ReachedSet {
    const control = this.splitPlane(set.control, 'control');
    const data = this.splitPlane(set.data, 'data');
    const isSame = control.within === set.control && data.within === set.data;
    const within = isSame ? set : new PermissionSet(this.catalog, control.within, data.within);
    return { within, unknown: new PermissionSet(this.catalog, control.unknown, data.unknown) };
  }

  private splitPlane(set: PlaneSet, plane: Plane): { within: PlaneSet; unknown: PlaneSet } {
    const mask = this.mask(plane);
    if (mask === 'everything' || isEmptyPlane(set)) return { within: set, unknown: this.nothing };
    const isAllWithin =
      set.unlisted.size === 0 &&
      set.known.isSubsetOf(mask.within) &&
      set.unknownPlane.isSubsetOf(mask.within);
    if (isAllWithin) return { within: set, unknown: this.nothing };
    return {
      within: this.part(set, plane, mask.within, 'in'),
      unknown: this.part(set, plane, mask.unknown, 'unknown'),
    };
  }

  private part(set: PlaneSet, plane: Plane, bits: Bitset, reach: OperationReach): PlaneSet {
    const unlisted = new Map([...set.unlisted].filter(([lower]) => this.answer(lower, plane) === reach));
    const known = intersection(set.known, bits);
    const unknownPlane = intersection(set.unknownPlane, bits);
    if (known === undefined && unknownPlane === undefined && unlisted.size === 0) return this.nothing;
    const none = this.nothing.known;
    return { known: known ?? none, unknownPlane: unknownPlane ?? none, unlisted };
  }

  /** Sets take some kilobytes each: one for all that are empty. */
  private get nothing(): PlaneSet {
    return (this.empty ??= {
      known: new Bitset(this.size),
      unknownPlane: new Bitset(this.size),
      unlisted: new Map(),
    });
  }

  private empty: PlaneSet | undefined;
}

/** Undefined where nothing is in both. */
function intersection(a: Bitset, b: Bitset): Bitset | undefined {
  if (!a.intersects(b)) return undefined;
  const both = a.clone();
  both.keepAll(b);
  return both;
}
