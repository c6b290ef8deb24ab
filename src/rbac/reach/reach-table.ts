import { getOrInsert } from '../../maps.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import type { Scope } from '../model/scope.js';
import { Bitset } from '../permissions/bitset.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import { loadReachFacts, type ContainerLevel, type ExtensionFact, type ReachFacts } from './reach-facts.js';
import {
  operationReach,
  reachOfExtension,
  reachOfLevel,
  resourceTypeIn,
  type OperationReach,
} from './operation-reach.js';
import { ScopeReach, type ReachMask } from './scope-reach.js';

/** What can have an effect at scopes, worked out once for all scopes of a kind: a tenant has a few hundred types of resources. */
export class ReachTable {
  private readonly byKind = new Map<string, ScopeReach>();
  private readonly byOrdinal: (ScopeReach | undefined)[] = [];
  private readonly coveredBy = new Map<readonly string[], Bitset>();
  /** What is attached to any resource. */
  private readonly anywhere: Partial<Record<Plane, ReachMask>> = {};
  private loaded: ReachFacts | undefined;

  constructor(
    private readonly catalog: Pick<Catalog, 'operations'>,
    private readonly index: OperationIndex,
  ) {}

  /** The facts are read when the first scope is asked about. */
  get facts(): ReachFacts {
    return (this.loaded ??= loadReachFacts());
  }

  /** The same object for all scopes at which the same has an effect. */
  at(scope: Scope): ScopeReach {
    const { ordinal } = scope;
    if (ordinal === undefined) return this.ofKind(scope);
    let reach = this.byOrdinal[ordinal];
    if (reach === undefined) {
      reach = this.ofKind(scope);
      // Filled up from the start: V8 keeps an array whose first element has a high index as a hash table.
      while (this.byOrdinal.length < ordinal) this.byOrdinal.push(undefined);
      this.byOrdinal[ordinal] = reach;
    }
    return reach;
  }

  private ofKind(scope: Scope): ScopeReach {
    const kind = scope.kind === 'resource' ? resourceTypeIn(scope.key) : scope.kind;
    return getOrInsert(this.byKind, kind, () => this.make(kind, scope));
  }

  private make(kind: string, scope: Scope): ScopeReach {
    const answer = (operation: string, plane: Plane): OperationReach =>
      operationReach(this.facts, scope, operation, plane);
    const mask = (plane: Plane): ReachMask | 'everything' => this.maskAt(kind, scope, plane);
    return new ScopeReach(kind, this.catalog, { answer, mask });
  }

  private maskAt(kind: string, scope: Scope, plane: Plane): ReachMask | 'everything' {
    switch (scope.kind) {
      case 'resource':
        return this.maskAtType(kind, plane);
      case 'resource-group':
      case 'subscription':
      case 'management-group':
        return plane === 'data' ? 'everything' : this.maskAtLevel(scope.kind);
      default:
        return 'everything';
    }
  }

  private maskAtType(type: string, plane: Plane): ReachMask {
    const anywhere = (this.anywhere[plane] ??= this.attached(
      plane,
      ({ hosts }) => typeof hosts === 'string',
      '',
    ));
    const here = this.attached(plane, ({ hosts }) => typeof hosts !== 'string', type);
    const within = this.index.expand(`${type}/*`).clone();
    within.addAll(anywhere.within);
    within.addAll(here.within);
    const { unknown } = here;
    unknown.addAll(anywhere.unknown);
    if (plane === 'data') this.addData(type, within, unknown);
    unknown.removeAll(within);
    return { within, unknown };
  }

  /** What can be attached to resources of a type, by some of the facts. */
  private attached(plane: Plane, isAsked: (fact: ExtensionFact) => boolean, type: string): ReachMask {
    const mask = { in: new Bitset(this.index.size), unknown: new Bitset(this.index.size) };
    for (const fact of this.facts.extensions) {
      if ((fact.plane ?? 'control') !== plane || !isAsked(fact)) continue;
      const reach = reachOfExtension(fact, type);
      if (reach !== 'out') mask[reach].addAll(this.covered(fact.operations));
    }
    return { within: mask.in, unknown: mask.unknown };
  }

  private addData(type: string, within: Bitset, unknown: Bitset): void {
    const provider = type.slice(0, type.indexOf('/'));
    unknown.addAll(this.index.expand(`${provider}/*`));
    for (const { at, operations, reach } of this.facts.data) {
      if (!at.includes(type)) continue;
      if (reach === 'in') within.addAll(this.covered(operations));
      else unknown.removeAll(this.covered(operations));
    }
  }

  /** The first line that is about an operation decides. */
  private maskAtLevel(level: ContainerLevel): ReachMask {
    const { above, providerLevel } = this.facts;
    const within = new Bitset(this.index.size);
    within.addRange(0, this.index.size);
    const unknown = new Bitset(this.index.size);
    const decided = new Bitset(this.index.size);
    const everyProvider = providerLevel.operations.flatMap(name =>
      this.catalog.operations.providers.map(({ provider }) => `${provider}/${name}`),
    );
    for (const fact of [...above, { ...providerLevel, operations: everyProvider }]) {
      const named = this.covered(fact.operations).clone();
      named.removeAll(decided);
      decided.addAll(named);
      const reach = reachOfLevel(fact, level);
      if (reach !== 'in') within.removeAll(named);
      if (reach === 'unknown') unknown.addAll(named);
    }
    return { within, unknown };
  }

  /** The operations of the catalog that entries of the facts name. Not to be changed by the caller. */
  private covered(entries: readonly string[]): Bitset {
    let found = this.coveredBy.get(entries);
    if (found !== undefined) return found;
    this.coveredBy.set(entries, (found = new Bitset(this.index.size)));
    for (const entry of entries) {
      if (entry.endsWith('*')) found.addAll(this.index.expand(entry));
      else {
        const number = this.catalog.operations.indexOf(entry);
        if (number >= 0) found.add(number);
      }
    }
    return found;
  }
}
