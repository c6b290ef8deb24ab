import type { Place, Places } from '../../../tenant/access/places.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { Actor } from './principal-state.js';
import type { AssignableRoles, Delegations } from '../grants/delegations.js';
import type { EffectiveOperations } from './effective-operations.js';
import type { GrantReader, Guard } from '../grants/grant-evaluator.js';
import { includes } from '../methods/held.js';
import { gainedHolding, type Holding } from '../grants/grant.js';
import type { HeldAt } from '../grants/grant-list.js';
import type { EscalationMethod } from '../methods/method.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Relevance } from './pruner.js';

/** Something that an actor can give itself. */
export interface Addition {
  readonly holding: Holding;
  readonly isCertain: boolean;
}

/** Where an actor may gain something. */
export interface Wanted {
  /** Those of its own where it is of use to hold something, each behind those that it lies in. */
  readonly spots: readonly HeldAt[];
  /** Whether it is of use to hold something there, and nothing gives the actor all of it already. */
  isWanted(place: Place): boolean;
}

/** Works out what actors can give themselves by roles that they assign, request or edit. */
export class Additions {
  private readonly anyAt = new Map<Scope, Holding>();

  constructor(
    private readonly places: Places,
    private readonly table: MethodTable,
    private readonly grants: GrantReader,
    private readonly delegations: Delegations,
    private readonly relevance: Relevance,
  ) {}

  /** One after the other: what is still wanted is asked before each. */
  *of(
    method: EscalationMethod,
    actor: Actor,
    effective: EffectiveOperations,
    wanted: Wanted,
  ): Generator<Addition> {
    switch (method.gains) {
      case 'assigned-roles':
        yield* this.assigning(actor, effective, wanted);
        break;
      case 'any-role':
        yield* this.anyRole(method, effective, wanted);
        break;
      case 'held-role':
        yield* this.editing(actor, effective, wanted);
    }
  }

  private *assigning(
    actor: Actor,
    effective: EffectiveOperations,
    { spots, isWanted }: Wanted,
  ): Generator<Addition> {
    const { controls, control } = this.table;
    const { mask } = control;
    if (!includes(effective.all, mask)) return;
    for (const { scope, place } of spots) {
      if (controls.of(effective.grantedIn(place)) !== 'true' || !isWanted(place)) continue;
      const truth = controls.of(effective.heldIn(place));
      if (truth !== 'false') yield { holding: this.any(scope), isCertain: truth === 'true' };
    }
    for (const { scope, granted } of actor.lists.flatMap(({ guarded }) => guarded)) {
      const place = this.places.at(scope);
      if (controls.of(effective.grantedIn(place)) === 'true' || !isWanted(place)) continue;
      const denied = effective.deniedAt(place);
      if (includes(denied.certain, mask)) continue;
      for (const guard of granted.guards)
        yield* this.delegated(guard, scope, actor, includes(denied.perhaps, mask));
    }
  }

  private delegated(
    guard: Guard,
    scope: Scope,
    { type, ids }: Actor,
    isDoubtful: boolean,
  ): readonly Addition[] {
    const assigner = { type, ids: guard.asksForPrincipal ? ids : undefined };
    const { certain, perhaps } = this.delegations.of(guard, assigner);
    return [
      ...gainedRoles(certain, scope).map(holding => ({ holding, isCertain: !isDoubtful })),
      ...gainedRoles(perhaps, scope).map(holding => ({ holding, isCertain: false })),
    ];
  }

  private *anyRole(
    method: EscalationMethod,
    effective: EffectiveOperations,
    { spots, isWanted }: Wanted,
  ): Generator<Addition> {
    const ways = this.table.ways.filter(way => way.method === method && includes(effective.all, way.mask));
    if (ways.length === 0) return;
    for (const { scope, place } of spots) {
      if (!isWanted(place)) continue;
      const { certain, perhaps } = effective.at(place);
      for (const { mask, doubt } of ways) {
        if (!includes(certain | perhaps, mask)) continue;
        yield { holding: this.any(scope), isCertain: doubt === undefined && includes(certain, mask) };
      }
    }
  }

  /**
   * Whoever may write at each of a role's assignable scopes may make it grant anything
   * (https://learn.microsoft.com/azure/role-based-access-control/custom-roles#who-can-create-delete-update-or-view-a-custom-role).
   */
  private *editing(actor: Actor, effective: EffectiveOperations, { isWanted }: Wanted): Generator<Addition> {
    if (!includes(effective.all, this.table.editing)) return;
    for (const { byAssignablePlaces } of actor.customRoles) {
      for (const [places, roles] of byAssignablePlaces) {
        const verdict = this.mayWriteAtAll(places, effective);
        if (verdict === 'no') continue;
        for (const edited of roles) {
          const place = this.places.at(edited.scope);
          if (!this.relevance.isOfUse(place) && !this.relevance.isEditable(place)) continue;
          if (!isWanted(place)) continue;
          const granted = this.grants.ofAnyRole(edited.condition);
          const holding = gainedHolding(edited.scope, granted, 'any', edited);
          yield { holding, isCertain: verdict === 'certain' };
        }
      }
    }
  }

  private mayWriteAtAll(places: readonly Place[], effective: EffectiveOperations): Verdict {
    let verdict: Verdict = 'certain';
    for (const place of places) {
      const truth = this.table.edits.of(effective.heldIn(place));
      if (truth === 'false') return 'no';
      if (truth === 'unknown') verdict = 'perhaps';
    }
    return verdict;
  }

  /** Once for all who may gain it. */
  private any(scope: Scope): Holding {
    let holding = this.anyAt.get(scope);
    if (holding === undefined) {
      holding = gainedHolding(scope, this.grants.ofAnyRole(), 'any');
      this.anyAt.set(scope, holding);
    }
    return holding;
  }
}

function gainedRoles({ roles, granted }: AssignableRoles, scope: Scope): readonly Holding[] {
  return roles.length === 0 ? [] : [gainedHolding(scope, granted, roles)];
}

/** Whether roles with the same assignable scopes can be edited. */
type Verdict = 'certain' | 'perhaps' | 'no';
