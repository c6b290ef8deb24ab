import type { GraphSource } from './graph-source.js';
import type { ScopeNode, ScopeNodes } from '../../../tenant/access/scope-nodes.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { PrincipalState } from './principal-state.js';
import type { AssignableRoles, Delegations } from '../grants/delegations.js';
import type { EffectiveOperations } from './effective-operations.js';
import type { GrantEvaluator, Guard } from '../grants/grant-evaluator.js';
import { includes } from '../methods/interned-sets.js';
import { gainedGrant, type MethodGrant } from '../grants/grant.js';
import type { HeldAt } from '../grants/grant-list.js';
import type { EscalationMethod } from '../methods/method.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Pruner } from './pruner.js';

/** Something that a principal can give itself. */
export interface SelfGrant {
  readonly grant: MethodGrant;
  readonly isCertain: boolean;
}

/** Where a principal may gain something. */
export interface Wanted {
  /** Spots of its own where it is of use to hold something, each behind those that it lies in. */
  readonly spots: readonly HeldAt[];
  /** Whether it is of use to hold something there, and nothing gives the principal all of it already. */
  isWanted(place: ScopeNode): boolean;
}

/** Works out what principals can give themselves by roles that they assign, request or edit. */
export class SelfGrants {
  private readonly scopeNodes: ScopeNodes;
  private readonly table: MethodTable;
  private readonly evaluator: GrantEvaluator;
  private readonly delegations: Delegations;
  private readonly pruner: Pruner;
  private readonly anyAt = new Map<Scope, MethodGrant>();

  constructor({ tenant, table, evaluator, delegations, pruner }: GraphSource) {
    this.scopeNodes = tenant.scopeNodes;
    this.table = table;
    this.evaluator = evaluator;
    this.delegations = delegations;
    this.pruner = pruner;
  }

  /** One after the other: what is still wanted is asked before each. */
  *of(
    method: EscalationMethod,
    state: PrincipalState,
    effective: EffectiveOperations,
    wanted: Wanted,
  ): Generator<SelfGrant> {
    switch (method.gains) {
      case 'assigned-roles':
        yield* this.assigning(state, effective, wanted);
        break;
      case 'any-role':
        yield* this.anyRole(method, effective, wanted);
        break;
      case 'held-role':
        yield* this.editing(state, effective, wanted);
    }
  }

  private *assigning(
    state: PrincipalState,
    effective: EffectiveOperations,
    { spots, isWanted }: Wanted,
  ): Generator<SelfGrant> {
    const { controls, control } = this.table;
    const { mask } = control;
    if (!includes(effective.all, mask)) return;
    for (const { scope, place } of spots) {
      if (controls.of(effective.grantedIn(place)) !== 'true' || !isWanted(place)) continue;
      const truth = controls.of(effective.heldIn(place));
      if (truth !== 'false') yield { grant: this.any(scope), isCertain: truth === 'true' };
    }
    for (const { scope, granted } of state.lists.flatMap(({ guarded }) => guarded)) {
      const place = this.scopeNodes.at(scope);
      if (controls.of(effective.grantedIn(place)) === 'true' || !isWanted(place)) continue;
      const denied = effective.deniedAt(place);
      if (includes(denied.definite, mask)) continue;
      for (const guard of granted.guards)
        yield* this.delegated(guard, scope, state, includes(denied.possible, mask));
    }
  }

  private delegated(
    guard: Guard,
    scope: Scope,
    { type, ids }: PrincipalState,
    isUncertain: boolean,
  ): readonly SelfGrant[] {
    const assigner = { type, ids: guard.asksForPrincipal ? ids : undefined };
    const { definite, possible } = this.delegations.of(guard, assigner);
    return [
      ...gainedRoles(definite, scope, this.evaluator).map(grant => ({ grant, isCertain: !isUncertain })),
      ...gainedRoles(possible, scope, this.evaluator).map(grant => ({ grant, isCertain: false })),
    ];
  }

  private *anyRole(
    method: EscalationMethod,
    effective: EffectiveOperations,
    { spots, isWanted }: Wanted,
  ): Generator<SelfGrant> {
    const ways = this.table.ways.filter(way => way.method === method && includes(effective.all, way.mask));
    if (ways.length === 0) return;
    for (const { scope, place } of spots) {
      if (!isWanted(place)) continue;
      const { definite, possible } = effective.at(place);
      for (const { mask, doubt } of ways) {
        if (!includes(definite | possible, mask)) continue;
        yield { grant: this.any(scope), isCertain: doubt === undefined && includes(definite, mask) };
      }
    }
  }

  /**
   * Whoever may write at each of a role's assignable scopes may make it grant anything
   * (https://learn.microsoft.com/azure/role-based-access-control/custom-roles#who-can-create-delete-update-or-view-a-custom-role).
   */
  private *editing(
    state: PrincipalState,
    effective: EffectiveOperations,
    { isWanted }: Wanted,
  ): Generator<SelfGrant> {
    if (!includes(effective.all, this.table.editing)) return;
    for (const { byAssignableNodes } of state.customRoles) {
      for (const [places, roles] of byAssignableNodes) {
        const verdict = this.mayWriteAtAll(places, effective);
        if (verdict === 'no') continue;
        for (const edited of roles) {
          const place = this.scopeNodes.at(edited.scope);
          if (!this.pruner.isOfUse(place) && !this.pruner.isEditable(place)) continue;
          if (!isWanted(place)) continue;
          const granted = this.evaluator.within(edited.scope, this.evaluator.ofAnyRole(edited.condition));
          const grant = gainedGrant(edited.scope, granted, 'any', edited);
          yield { grant, isCertain: verdict === 'certain' };
        }
      }
    }
  }

  private mayWriteAtAll(places: readonly ScopeNode[], effective: EffectiveOperations): Verdict {
    let verdict: Verdict = 'certain';
    for (const place of places) {
      const truth = this.table.edits.of(effective.heldIn(place));
      if (truth === 'false') return 'no';
      if (truth === 'unknown') verdict = 'perhaps';
    }
    return verdict;
  }

  /** Once for all who may gain it. */
  private any(scope: Scope): MethodGrant {
    let grant = this.anyAt.get(scope);
    if (grant === undefined) {
      grant = gainedGrant(scope, this.evaluator.within(scope, this.evaluator.ofAnyRole()), 'any');
      this.anyAt.set(scope, grant);
    }
    return grant;
  }
}

function gainedRoles(
  assignable: AssignableRoles,
  scope: Scope,
  evaluator: GrantEvaluator,
): readonly MethodGrant[] {
  if (assignable.roles.length === 0) return [];
  return [gainedGrant(scope, evaluator.within(scope, assignable.granted), assignable)];
}

/** Whether roles with the same assignable scopes can be edited. */
type Verdict = 'certain' | 'perhaps' | 'no';
