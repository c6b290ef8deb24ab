import type { Tenant } from '../access/tenant.js';
import type { Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import type { Denials } from './denied.js';
import { canStandIn, type Carrier, type MethodTable, type Way } from './method-table.js';

/** Operations of the method table that somebody may do at a scope. */
export interface Held {
  readonly certain: bigint;
  /** Nothing of `certain`. */
  readonly perhaps: bigint;
}

/** Ways open at a scope and below, deny assignments below it left aside. */
interface OpenWays extends Held {
  readonly scope: Scope;
}

/** What one actor may do where. */
export class EffectiveOperations {
  private readonly byScope = new Map<string, Held>();
  /** The scopes that it holds something at. */
  readonly scopes: readonly Scope[];

  constructor(
    actor: Actor,
    private readonly tenant: Tenant,
    private readonly denials: Denials,
    private readonly subject = actor.subject,
  ) {
    const scopes = new Map<string, Scope>();
    for (const { scope, granted } of actor.holdings) {
      const known = this.byScope.get(scope.key) ?? none;
      this.byScope.set(scope.key, union(known, granted));
      scopes.set(scope.key, scope);
    }
    this.scopes = [...scopes.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Before anything is denied. */
  grantedAt(scope: Scope): Held {
    let held = none;
    for (const key of this.tenant.tree.keysFrom(scope)) {
      const there = this.byScope.get(key);
      if (there !== undefined) held = union(held, there);
    }
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
  carrierPlace(
    carriers: readonly Carrier[],
  ): { carrier: Carrier; scope: Scope; isCertain: boolean } | undefined {
    let perhaps: { carrier: Carrier; scope: Scope; isCertain: boolean } | undefined;
    for (const scope of this.scopes) {
      const { certain, perhaps: uncertain } = this.at(scope);
      for (const carrier of carriers) {
        if (!includes(certain | uncertain, carrier.mask) || !canStandIn(scope, carrier)) continue;
        if (includes(certain, carrier.mask)) return { carrier, scope, isCertain: true };
        perhaps ??= { carrier, scope, isCertain: false };
      }
    }
    return perhaps;
  }

  /** The ways that are open at each of its scopes, without those that a scope around has open as well. */
  openWays(table: MethodTable): readonly OpenWays[] {
    const carriers = this.waysByCarrier(table);
    const all = new Map(
      this.scopes.map(scope => [scope.key, this.waysFrom(this.grantedAt(scope), table, carriers)]),
    );
    return this.scopes.flatMap(scope => {
      let { certain, perhaps } = all.get(scope.key)!;
      for (const key of this.tenant.tree.keysFrom(scope)) {
        const around = key === scope.key ? undefined : all.get(key);
        if (around === undefined) continue;
        certain &= ~around.certain;
        perhaps &= ~(around.certain | around.perhaps);
      }
      return certain === 0n && perhaps === 0n ? [] : [{ scope, certain, perhaps }];
    });
  }

  /** Ways that need something to attach an identity to: they are as certain as that is. */
  private waysByCarrier(table: MethodTable): Held {
    let [certain, perhaps] = [0n, 0n];
    for (const { method, bit } of table.ways) {
      const carriers = table.carriersOf(method);
      const place = carriers === undefined ? undefined : this.carrierPlace(carriers);
      if (carriers === undefined || place?.isCertain === true) certain |= bit;
      else if (place !== undefined) perhaps |= bit;
    }
    return { certain, perhaps };
  }

  private waysFrom(held: Held, table: MethodTable, carriers: Held): Held {
    const known = waysWithout(held, table);
    const certain = known.certain & carriers.certain;
    return {
      certain,
      perhaps: (known.certain | known.perhaps) & (carriers.certain | carriers.perhaps) & ~certain,
    };
  }
}

/** Ways whose operations are held; of the one that is control, only where nothing is uncertain about it. */
function waysWithout(held: Held, { ways, control }: MethodTable): Held {
  let [certain, perhaps] = [0n, 0n];
  for (const way of ways) {
    if (!isFollowed(way) && way !== control) continue;
    if (includes(held.certain, way.mask)) certain |= way.bit;
    else if (way !== control && includes(held.certain | held.perhaps, way.mask)) perhaps |= way.bit;
  }
  return { certain, perhaps };
}

/** The others change what the actor holds. */
function isFollowed({ method }: Way): boolean {
  return method.gains === 'identity-of-resource';
}

/** Whether a set holds all of another. */
export function includes(set: bigint, part: bigint): boolean {
  return (set & part) === part;
}

const none: Held = { certain: 0n, perhaps: 0n };

function union(a: Held, b: Held): Held {
  const certain = a.certain | b.certain;
  return { certain, perhaps: (a.perhaps | b.perhaps) & ~certain };
}
