import type { Tenant } from '../access/tenant.js';
import type { Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import type { Denials } from './denied.js';
import { type Held, includes } from './held.js';
import { canStandIn, type Carrier, type MethodTable } from './method-table.js';

/** Ways open at a scope and below, deny assignments below it left aside. */
interface OpenWays extends Held {
  readonly scope: Scope;
}

/** What one actor may do where. */
export class EffectiveOperations {
  private readonly byScope = new Map<string, Held>();
  private readonly granted = new Map<string, Held>();
  /** Everything that it holds anywhere. */
  readonly all: bigint;
  /** The scopes that it holds something at. */
  readonly scopes: readonly Scope[];

  constructor(
    actor: Actor,
    private readonly tenant: Tenant,
    private readonly denials: Denials,
    private readonly subject = actor.subject,
  ) {
    const scopes = new Map<string, Scope>();
    let all = 0n;
    for (const { scope, granted } of actor.holdings) {
      const known = this.byScope.get(scope.key);
      this.byScope.set(scope.key, known === undefined ? granted : union(known, granted));
      scopes.set(scope.key, scope);
      all |= granted.certain | granted.perhaps;
    }
    this.all = all;
    this.scopes = [...scopes.values()];
  }

  /** Before anything is denied. */
  grantedAt(scope: Scope): Held {
    const known = this.granted.get(scope.key);
    if (known !== undefined) return known;
    let held = none;
    for (const key of this.tenant.tree.keysFrom(scope)) {
      const there = this.byScope.get(key);
      if (there !== undefined) held = held === none ? there : union(held, there);
    }
    this.granted.set(scope.key, held);
    return held;
  }

  deniedAt(scope: Scope): Held {
    return this.denials.at(scope, this.subject);
  }

  at(scope: Scope): Held {
    const granted = this.grantedAt(scope);
    const denied = this.deniedAt(scope);
    if (denied.certain === 0n && denied.perhaps === 0n) return granted;
    const certain = granted.certain & ~denied.certain & ~denied.perhaps;
    return { certain, perhaps: (granted.certain | granted.perhaps) & ~denied.certain & ~certain };
  }

  /** Where it could make something that a carrier stands for: for certain, or perhaps, or not at all. */
  carrierPlace(carriers: readonly Carrier[]): CarrierPlace | undefined {
    const possible = carriers.filter(({ mask }) => includes(this.all, mask));
    if (possible.length === 0) return undefined;
    let perhaps: CarrierPlace | undefined;
    for (const scope of this.scopes) {
      const { certain, perhaps: uncertain } = this.at(scope);
      for (const carrier of possible) {
        if (!includes(certain | uncertain, carrier.mask) || !canStandIn(scope, carrier)) continue;
        if (includes(certain, carrier.mask)) return { carrier, scope, isCertain: true };
        perhaps ??= { carrier, scope, isCertain: false };
      }
    }
    return perhaps;
  }

  /** The ways that are open at each of its scopes that is of use, without those that a scope around has open as well. */
  openWays(table: MethodTable, isOfUse: (scope: Scope) => boolean): readonly OpenWays[] {
    const carriers = this.waysByCarrier(table);
    const open = new Map<string, Held>();
    const scopes = this.scopes.filter(isOfUse);
    for (const scope of scopes) {
      const known = table.waysOf(this.grantedAt(scope));
      const certain = known.certain & carriers.certain;
      const either = (known.certain | known.perhaps) & (carriers.certain | carriers.perhaps);
      open.set(scope.key, { certain, perhaps: either & ~certain });
    }
    return scopes.flatMap(scope => {
      let { certain, perhaps } = open.get(scope.key)!;
      for (const key of this.tenant.tree.keysFrom(scope)) {
        const around = key === scope.key ? undefined : open.get(key);
        if (around === undefined) continue;
        certain &= ~around.certain;
        perhaps &= ~(around.certain | around.perhaps);
      }
      return certain === 0n && perhaps === 0n ? [] : [{ scope, certain, perhaps }];
    });
  }

  /** All ways but those that need something to attach an identity to and have nothing: they are as certain as that is. */
  private waysByCarrier(table: MethodTable): Held {
    let [certain, perhaps] = [table.allWays, 0n];
    for (const { method, mask, bit } of table.attachingWays) {
      const place = includes(this.all, mask) ? this.carrierPlace(table.carriersOf(method)!) : undefined;
      if (place?.isCertain === true) continue;
      certain &= ~bit;
      if (place !== undefined) perhaps |= bit;
    }
    return { certain, perhaps };
  }
}

/** Where something can be made that an identity is attached to. */
interface CarrierPlace {
  readonly carrier: Carrier;
  readonly scope: Scope;
  readonly isCertain: boolean;
}

const none: Held = { certain: 0n, perhaps: 0n };

function union(a: Held, b: Held): Held {
  const certain = a.certain | b.certain;
  return { certain, perhaps: (a.perhaps | b.perhaps) & ~certain };
}
