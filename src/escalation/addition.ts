import type { Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import type { AssignableRole, Delegations } from './delegation.js';
import type { EffectiveOperations } from './effective.js';
import type { GrantReader, Guard } from './granted.js';
import { either, includes } from './held.js';
import { gainedHolding, type Holding } from './holding.js';
import type { EscalationMethod } from './method.js';
import type { MethodTable } from './method-table.js';
import type { Relevance } from './relevance.js';

/** Something that an actor can give itself. */
export interface Addition {
  readonly holding: Holding;
  readonly isCertain: boolean;
}

/** Works out what actors can give themselves by roles that they assign, request or edit. */
export class Additions {
  constructor(
    private readonly table: MethodTable,
    private readonly grants: GrantReader,
    private readonly delegations: Delegations,
    private readonly relevance: Relevance,
  ) {}

  /** `scopes`: those where it is of use to hold something. */
  of(
    method: EscalationMethod,
    actor: Actor,
    effective: EffectiveOperations,
    scopes: readonly Scope[],
  ): readonly Addition[] {
    switch (method.gains) {
      case 'assigned-roles':
        return this.assigning(actor, effective, scopes);
      case 'any-role':
        return this.anyRole(method, effective, scopes);
      case 'held-role':
        return this.editing(actor, effective);
      default:
        return [];
    }
  }

  private assigning(
    actor: Actor,
    effective: EffectiveOperations,
    scopes: readonly Scope[],
  ): readonly Addition[] {
    const { mask } = this.table.control;
    const additions: Addition[] = [];
    if (!includes(effective.all, mask)) return additions;
    for (const scope of scopes) {
      if (!includes(effective.grantedAt(scope).certain, mask)) continue;
      const { certain, perhaps } = effective.at(scope);
      if (includes(certain | perhaps, mask))
        additions.push({ holding: this.any(scope), isCertain: includes(certain, mask) });
    }
    for (const { scope, granted } of actor.holdings) {
      if (granted.guards.length === 0 || includes(effective.grantedAt(scope).certain, mask)) continue;
      const denied = effective.deniedAt(scope);
      if (includes(denied.certain, mask)) continue;
      for (const guard of granted.guards)
        additions.push(...this.delegated(guard, scope, actor, includes(denied.perhaps, mask)));
    }
    return additions;
  }

  private delegated(
    guard: Guard,
    scope: Scope,
    { type, ids }: Actor,
    isDoubtful: boolean,
  ): readonly Addition[] {
    const assigner = { type, ids: guard.asksForPrincipal ? ids : undefined };
    const { certain, perhaps } = this.delegations.of(guard, assigner);
    const control = this.table.control.mask;
    return [
      ...gainedRoles(certain, scope, control).map(holding => ({ holding, isCertain: !isDoubtful })),
      ...gainedRoles(perhaps, scope, control).map(holding => ({ holding, isCertain: false })),
    ];
  }

  private anyRole(
    method: EscalationMethod,
    effective: EffectiveOperations,
    scopes: readonly Scope[],
  ): readonly Addition[] {
    const ways = this.table.ways.filter(way => way.method === method && includes(effective.all, way.mask));
    if (ways.length === 0) return [];
    return scopes.flatMap(scope => {
      const { certain, perhaps } = effective.at(scope);
      return ways
        .filter(({ mask }) => includes(certain | perhaps, mask))
        .map(({ mask, doubt }) => ({
          holding: this.any(scope),
          isCertain: doubt === undefined && includes(certain, mask),
        }));
    });
  }

  /**
   * Whoever may write at each of a role's assignable scopes may make it grant anything
   * (https://learn.microsoft.com/azure/role-based-access-control/custom-roles#who-can-create-delete-update-or-view-a-custom-role).
   */
  private editing(actor: Actor, effective: EffectiveOperations): readonly Addition[] {
    const mask = this.table.editing;
    if (!includes(effective.all, mask)) return [];
    return actor.customRoles.flatMap(edited => {
      const { scope, condition, assignableScopes } = edited;
      if (!this.relevance.isOfUse(scope) && !this.relevance.isEditable(scope)) return [];
      const places = assignableScopes.map(place => effective.at(place));
      if (!places.every(place => includes(either(place), mask))) return [];
      const granted = this.grants.ofAnyRole(condition);
      const holding = gainedHolding(scope, granted, 'any', edited);
      return [{ holding, isCertain: places.every(({ certain }) => includes(certain, mask)) }];
    });
  }

  private any(scope: Scope): Holding {
    return gainedHolding(scope, this.grants.ofAnyRole(), 'any');
  }
}

/** One holding for all of them: whoever may assign several roles may assign them all. */
function gainedRoles(roles: readonly AssignableRole[], scope: Scope, control: bigint): readonly Holding[] {
  if (roles.length === 0) return [];
  let [certain, perhaps] = [0n, 0n];
  for (const { granted } of roles) {
    certain |= granted.certain;
    perhaps |= granted.perhaps;
  }
  // Whoever may assign roles without a guard needs no other.
  const guards = includes(certain, control) ? [] : new Set(roles.flatMap(({ granted }) => granted.guards));
  return [gainedHolding(scope, { certain, perhaps: perhaps & ~certain, guards: [...guards] }, roles)];
}
