import type { Catalog } from '../catalog/catalog.js';
import type { ActionEntry, ActionList, Permission, Plane, RoleDefinition } from '../model/role-definition.js';
import { foldCase } from './action-pattern.js';
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

  constructor(
    readonly permission: Permission,
    private readonly catalog: Pick<Catalog, 'operations'>,
    private readonly index: OperationIndex,
  ) {}

  /** Actions less NotActions, DataActions less NotDataActions. */
  get set(): PermissionSet {
    return (this.computed ??= new PermissionSet(
      this.catalog,
      this.planeSet('control', 'actions', 'notActions'),
      this.planeSet('data', 'dataActions', 'notDataActions'),
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

  private planeSet(plane: Plane, granting: ActionList, subtracting: ActionList): PlaneSet {
    if (this.permission[granting].length === 0) return emptyPlane(this.index);
    const [wildcards, literals] = partition(this.permission[granting]);
    const known = new Bitset(this.index.size);
    let unknownPlane = emptyPlane(this.index).unknownPlane;
    if (wildcards.length > 0) {
      for (const text of wildcards) known.addAll(this.index.expand(text));
      if (known.intersects(this.index.mask('unknown'))) {
        unknownPlane = known.clone();
        unknownPlane.keepAll(this.index.mask('unknown'));
      }
      known.keepAll(this.index.mask(plane));
    }
    const unlisted = this.addLiterals(literals, plane, known);
    this.subtract(subtracting, known, unknownPlane, unlisted);
    return { known, unknownPlane, unlisted };
  }

  /** A string spelled out counts even where nobody knows its plane; where it is known to be the other one, it does not. */
  private addLiterals(literals: readonly string[], plane: Plane, known: Bitset): Map<string, string> {
    const unlisted = new Map<string, string>();
    const possible = [this.index.mask(plane), this.index.mask('unknown')];
    for (const text of literals) {
      const index = this.catalog.operations.indexOf(text);
      if (index < 0) unlisted.set(foldCase(text), text);
      else if (possible.some(mask => mask.has(index))) known.add(index);
    }
    return unlisted;
  }

  private subtract(
    list: ActionList,
    known: Bitset,
    unknownPlane: Bitset,
    unlisted: Map<string, string>,
  ): void {
    if (this.permission[list].length === 0) return;
    // An empty set is the shared one: nothing may be taken out of it.
    const sets = unknownPlane.isEmpty ? [known] : [known, unknownPlane];
    const [wildcards, literals] = partition(this.permission[list]);
    for (const text of wildcards) for (const set of sets) set.removeAll(this.index.expand(text));
    for (const text of literals) {
      const index = this.catalog.operations.indexOf(text);
      if (index >= 0) for (const set of sets) set.remove(index);
    }
    for (const lower of unlisted.keys()) {
      if (this.list(list).find(lower) !== undefined) unlisted.delete(lower);
    }
  }
}

/** The wildcards and the other strings of a list, trimmed; blank ones left out. */
function partition(entries: readonly ActionEntry[]): [wildcards: string[], literals: string[]] {
  const wildcards: string[] = [];
  const literals: string[] = [];
  for (const { text } of entries) {
    const trimmed = text.trim();
    if (trimmed.includes('*')) wildcards.push(trimmed);
    else if (trimmed !== '') literals.push(trimmed);
  }
  return [wildcards, literals];
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

  /** Everything that grants the operation, unconditional and literal grants first. Empty where nothing does. */
  witnesses(operation: string, plane: Plane): Witness[] {
    return this.entries
      .flatMap(entry => entry.witness(operation, plane) ?? [])
      .sort(
        (a, b) =>
          Number(a.isConditional) - Number(b.isConditional) || Number(b.isLiteral) - Number(a.isLiteral),
      );
  }
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
  let empty = emptyPlanes.get(index);
  if (empty === undefined) {
    empty = { known: new Bitset(index.size), unknownPlane: new Bitset(index.size), unlisted: new Map() };
    emptyPlanes.set(index, empty);
  }
  return empty;
}

const emptyPlanes = new WeakMap<OperationIndex, PlaneSet>();
