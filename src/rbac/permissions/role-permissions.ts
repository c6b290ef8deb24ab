import { getOrInsert } from '../../maps.js';
import type { Catalog } from '../catalog/catalog.js';
import type { ActionEntry, ActionList, Permission, Plane, RoleDefinition } from '../model/role-definition.js';
import { Bitset } from './bitset.js';
import type { OperationIndex } from './operation-index.js';
import { PatternList } from './pattern-list.js';
import { PermissionSet, type PlaneSet } from './permission-set.js';

/** Why an operation is granted: the permission, and the string in it. */
export interface Witness {
  readonly permission: EntryPermissions;
  readonly entry: ActionEntry;
  /** The string is the operation itself, without a star: its author wrote it on purpose. */
  readonly isLiteral: boolean;
  /** The permission is guarded by a condition: whether the grant holds is not known from the role alone. */
  readonly isConditional: boolean;
}

/** What one permission (an entry of `permissions[]`) grants. */
export class EntryPermissions {
  private computed: PermissionSet | undefined;
  private readonly patterns: Partial<Record<ActionList, PatternList>> = {};
  private readonly numbered: Partial<Record<ActionList, readonly number[]>> = {};
  private readonly unsubtracted: Partial<Record<Plane, PlaneSet>> = {};

  constructor(
    readonly permission: Permission,
    private readonly catalog: Pick<Catalog, 'operations'>,
    private readonly index: OperationIndex,
  ) {}

  /** Actions less NotActions, DataActions less NotDataActions. */
  get set(): PermissionSet {
    return (this.computed ??= new PermissionSet(
      this.catalog,
      this.planeSet('control'),
      this.planeSet('data'),
    ));
  }

  /** The string that grants the operation, if any does. Needs no catalog: the definition alone decides. */
  witness(operation: string, plane: Plane): Witness | undefined {
    const [granting, subtracting] = listsOf(plane);
    const entry = this.list(granting).find(operation);
    if (entry === undefined || this.list(subtracting).find(operation) !== undefined) return undefined;
    return {
      permission: this,
      entry,
      isLiteral: !entry.text.includes('*'),
      isConditional: this.permission.condition !== undefined,
    };
  }

  /** The strings of one list, to ask which covers an operation. */
  list(name: ActionList): PatternList {
    return (this.patterns[name] ??= new PatternList(this.permission[name]));
  }

  /** The number of the operation that each string of the list names; -1 for wildcards and for what the catalog lacks. */
  numbers(name: ActionList): readonly number[] {
    return (this.numbered[name] ??= this.permission[name].map(({ key }) =>
      key.includes('*') ? -1 : this.catalog.operations.indexOf(key),
    ));
  }

  /** What the list of a plane grants before anything is subtracted. Not to be changed by the caller. */
  granted(plane: Plane): PlaneSet {
    return (this.unsubtracted[plane] ??= this.grantedBy(listsOf(plane)[0], plane));
  }

  private grantedBy(list: 'actions' | 'dataActions', plane: Plane): PlaneSet {
    const entries = this.permission[list];
    if (entries.length === 0) return emptyPlane(this.index);
    const known = new Bitset(this.index.size);
    let { unknownPlane } = emptyPlane(this.index);
    const wildcards = entries.filter(({ key }) => key.includes('*'));
    if (wildcards.length > 0) {
      for (const { key } of wildcards) known.addAll(this.index.expand(key));
      if (known.intersects(this.index.mask('unknown'))) {
        unknownPlane = known.clone();
        unknownPlane.keepAll(this.index.mask('unknown'));
      }
      known.keepAll(this.index.mask(plane));
    }
    return { known, unknownPlane, unlisted: this.addLiterals(list, plane, known) };
  }

  /** A string spelled out counts even where nobody knows its plane; where it is known to be the other one, it does not. */
  private addLiterals(
    list: 'actions' | 'dataActions',
    plane: Plane,
    known: Bitset,
  ): ReadonlyMap<string, string> {
    const unlisted = new Map<string, string>();
    const [ofPlane, ofUnknown] = [this.index.mask(plane), this.index.mask('unknown')];
    const numbers = this.numbers(list);
    this.permission[list].forEach(({ key, text }, i) => {
      const number = numbers[i]!;
      if (number >= 0) {
        if (ofPlane.has(number) || ofUnknown.has(number)) known.add(number);
      } else if (key !== '' && !key.includes('*')) unlisted.set(key, text.trim());
    });
    return unlisted;
  }

  private planeSet(plane: Plane): PlaneSet {
    const [, list] = listsOf(plane);
    const granted = this.granted(plane);
    if (this.permission[list].length === 0 || granted === emptyPlane(this.index)) return granted;
    const known = granted.known.clone();
    // An empty set is the shared one: nothing may be taken out of it.
    const unknownPlane = granted.unknownPlane.isEmpty ? granted.unknownPlane : granted.unknownPlane.clone();
    const sets = granted.unknownPlane.isEmpty ? [known] : [known, unknownPlane];
    const numbers = this.numbers(list);
    this.permission[list].forEach(({ key }, i) => {
      const number = numbers[i]!;
      if (number >= 0) for (const set of sets) set.remove(number);
      else if (key.includes('*')) for (const set of sets) set.removeAll(this.index.expand(key));
    });
    return { known, unknownPlane, unlisted: this.unlistedLeft(granted.unlisted, list) };
  }

  private unlistedLeft(
    unlisted: ReadonlyMap<string, string>,
    subtracting: ActionList,
  ): ReadonlyMap<string, string> {
    if (unlisted.size === 0) return unlisted;
    const patterns = this.list(subtracting);
    return new Map([...unlisted].filter(([lower]) => patterns.find(lower) === undefined));
  }
}

/** What a role grants: the union of its permissions, conditions left aside but remembered in the witnesses. */
export class RolePermissions {
  readonly entries: readonly EntryPermissions[];
  private computed: PermissionSet | undefined;
  private touched: ReadonlySet<string> | 'every provider' | undefined;

  constructor(
    readonly role: RoleDefinition,
    catalog: Pick<Catalog, 'operations'>,
    index: OperationIndex,
  ) {
    this.entries = role.permissions.map(permission => new EntryPermissions(permission, catalog, index));
    if (this.entries.length === 0) this.computed = emptySet(catalog, index);
  }

  get set(): PermissionSet {
    return (this.computed ??= this.entries.map(entry => entry.set).reduce((all, set) => all.union(set)));
  }

  /** Whether some string of the role may grant an operation of that provider, given in lower case. */
  touches(provider: string): boolean {
    this.touched ??= touchedBy(this.entries);
    return this.touched === 'every provider' || this.touched.has(provider);
  }

  /** Everything that grants the operation, the strongest first. Empty where nothing does. */
  witnesses(operation: string, plane: Plane): Witness[] {
    const found: Witness[] = [];
    for (const entry of this.entries) {
      const witness = entry.witness(operation, plane);
      if (witness !== undefined) found.push(witness);
    }
    return found.length < 2 ? found : found.sort(strongestFirst);
  }
}

/** Unconditional grants before conditional ones, what is spelled out before wildcards. */
function strongestFirst(a: Witness, b: Witness): number {
  return Number(a.isConditional) - Number(b.isConditional) || Number(b.isLiteral) - Number(a.isLiteral);
}

function touchedBy(entries: readonly EntryPermissions[]): ReadonlySet<string> | 'every provider' {
  const touched = new Set<string>();
  for (const entry of entries) {
    for (const list of ['actions', 'dataActions'] as const) {
      const providers = entry.list(list).touched;
      if (providers === 'every provider') return providers;
      for (const provider of providers) touched.add(provider);
    }
  }
  return touched;
}

/** What a role grants. Sets are computed when asked for; `index` keeps the expansions for all roles of a run. */
export function permissionsOf(
  role: RoleDefinition,
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
): RolePermissions {
  return new RolePermissions(role, catalog, index);
}

function listsOf(
  plane: Plane,
): readonly ['actions', 'notActions'] | readonly ['dataActions', 'notDataActions'] {
  return plane === 'control' ? ['actions', 'notActions'] : ['dataActions', 'notDataActions'];
}

/** The set of no operations. */
export function emptySet(catalog: Pick<Catalog, 'operations'>, index: OperationIndex): PermissionSet {
  return new PermissionSet(catalog, emptyPlane(index), emptyPlane(index));
}

/** One for all: most roles grant nothing on one of the planes, and a set is 3 kB. */
function emptyPlane(index: OperationIndex): PlaneSet {
  return getOrInsert(emptyPlanes, index, () => ({
    known: new Bitset(index.size),
    unknownPlane: new Bitset(index.size),
    unlisted: new Map(),
  }));
}

const emptyPlanes = new WeakMap<OperationIndex, PlaneSet>();
