import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { PrincipalState } from './principal-state.js';
import type { DenialTable } from '../grants/denials.js';
import { either, type PossibleSet, includes } from '../methods/interned-sets.js';
import { nothing } from '../methods/interned-sets.js';
import type { HeldAt } from '../grants/grant-list.js';
import { canStandIn, type Carrier, type MethodTable } from '../methods/method-table.js';
import { StampedArray } from '../../../tenant/access/stamped-array.js';

/** Ways open at a scope and below, deny assignments below it left aside. */
interface OpenWays {
  readonly place: ScopeNode;
  /** The number of a set of ways. */
  readonly ways: number;
}

/** What effective operations are worked out with. */
export interface EffectiveTools {
  readonly tenant: Tenant;
  readonly table: MethodTable;
  readonly denials: DenialTable;
  readonly notes: EffectiveNotes;
}

/** Room to work in, shared by all principals: one is looked at at a time. */
export class EffectiveNotes {
  /** What is held at the place itself. */
  readonly own = new StampedArray();
  /** What is held there and around. */
  readonly granted = new StampedArray();
  /** The ways that are open there. */
  readonly open = new StampedArray();
}

/**
 * What one principal may do where, until the next one is asked about. Sets are numbers: a principal holds something at hundreds of
 * scopes, mostly the same.
 */
export class EffectiveOperations {
  /** Everything that it holds anywhere. */
  readonly all: bigint;
  /** Where it holds something: each scope once. */
  readonly spots: readonly HeldAt[];
  private readonly stamp: number;

  constructor(
    private readonly state: PrincipalState,
    private readonly tools: EffectiveTools,
  ) {
    const { own, granted } = tools.notes;
    const { held } = tools.table;
    this.stamp = own.clear();
    granted.clear();
    const spots: HeldAt[] = [];
    let all = nothing;
    for (const list of state.lists) {
      for (const spot of list.spots) {
        const { number } = spot.place;
        const known = own.get(number);
        if (known === undefined) spots.push(spot);
        own.set(number, known === undefined ? spot.held : held.union(known, spot.held));
      }
      all = held.union(all, list.all);
    }
    this.spots = spots;
    this.all = either(held.at(all));
  }

  /** Before anything is denied. */
  grantedAt(place: ScopeNode): PossibleSet {
    return this.tools.table.held.at(this.grantedIn(place));
  }

  deniedAt(place: ScopeNode): PossibleSet {
    return this.tools.denials.at(place, this.state.subject);
  }

  at(place: ScopeNode): PossibleSet {
    return this.tools.table.held.at(this.heldIn(place));
  }

  /** The number of what {@link at} says. */
  heldIn(place: ScopeNode): number {
    const { table, denials } = this.tools;
    return table.held.less(this.grantedIn(place), denials.at(place, this.state.subject).number);
  }

  /** Where it could make something that a carrier stands for: for certain, or perhaps, or not at all. */
  carrierPlace(carriers: readonly Carrier[]): CarrierPlace | undefined {
    const makeable = carriers.filter(({ mask }) => includes(this.all, mask));
    if (makeable.length === 0) return undefined;
    let possible: CarrierPlace | undefined;
    for (const { scope, place } of this.spots) {
      const held = this.heldIn(place);
      for (const carrier of makeable) {
        const makes = carrier.makes.of(held);
        if (makes === 'false' || !canStandIn(scope, carrier)) continue;
        if (makes === 'true') return { carrier, scope, isCertain: true };
        possible ??= { carrier, scope, isCertain: false };
      }
    }
    return possible;
  }

  /** The ways that are open at each of its scopes that is of use, without those that a scope around has open as well. */
  openWays(isOfUse: (place: ScopeNode) => boolean): readonly OpenWays[] {
    const { table, notes } = this.tools;
    const { open } = notes;
    const carriers = this.waysByCarrier();
    open.clear();
    const opened: HeldAt[] = [];
    for (const spot of this.spots) {
      if (!isOfUse(spot.place)) continue;
      const ways = table.opened.narrow(table.waysOf(this.grantedIn(spot.place)), carriers);
      if (ways === nothing) continue;
      open.set(spot.place.number, ways);
      opened.push(spot);
    }
    const above = opened.filter(({ place }) => place.subscription === 0);
    const found: OpenWays[] = [];
    for (const { place } of opened) {
      const ways = table.opened.beyond(open.get(place.number)!, this.openAround(place, above));
      if (ways !== nothing) found.push({ place, ways });
    }
    return found;
  }

  /** `above`: where ways are open above subscriptions. */
  private openAround(place: ScopeNode, above: readonly HeldAt[]): number {
    const { table, notes } = this.tools;
    const { opened } = table;
    let around = nothing;
    if (place.subscription === 0) {
      for (const { place: other } of above)
        if (isAround(other, place)) around = opened.union(around, notes.open.get(other.number)!);
      return around;
    }
    for (const number of place.above) around = opened.union(around, notes.open.get(number) ?? nothing);
    for (const number of place.within)
      if (number !== place.number) around = opened.union(around, notes.open.get(number) ?? nothing);
    return around;
  }

  /** The number of what {@link grantedAt} says. */
  grantedIn(place: ScopeNode): number {
    const { own, granted } = this.tools.notes;
    if (!own.isCurrent(this.stamp)) throw new Error('another state is being looked at');
    const known = granted.get(place.number);
    if (known !== undefined) return known;
    const { held } = this.tools.table;
    let sum = nothing;
    for (const number of place.above) sum = held.union(sum, own.get(number) ?? nothing);
    for (const number of place.within) sum = held.union(sum, own.get(number) ?? nothing);
    granted.set(place.number, sum);
    return sum;
  }

  /** All ways but those that need something to attach an identity to and have nothing: they are as certain as that is. */
  private waysByCarrier(): number {
    const { table } = this.tools;
    let [definite, possible] = [table.allWays, 0n];
    for (const { method, mask, bit } of table.attachingWays) {
      const place = includes(this.all, mask) ? this.carrierPlace(table.carriersOf(method)!) : undefined;
      if (place?.isCertain === true) continue;
      definite &= ~bit;
      if (place !== undefined) possible |= bit;
    }
    return table.opened.number({ definite, possible });
  }
}

/** Management groups that lie in each other in a circle have the same open: one of them has it for all. */
function isAround(outer: ScopeNode, inner: ScopeNode): boolean {
  if (outer === inner || !inner.above.includes(outer.number)) return false;
  return !outer.above.includes(inner.number) || outer.number < inner.number;
}

/** Where something can be made that an identity is attached to. */
interface CarrierPlace {
  readonly carrier: Carrier;
  readonly scope: Scope;
  readonly isCertain: boolean;
}
