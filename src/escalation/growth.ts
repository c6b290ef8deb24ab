import type { Tenant } from '../access/tenant.js';
import { parseScope, type Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import { asksForPrincipalId, type AssignableRole, type Delegations } from './delegation.js';
import { type EffectiveOperations, type Held, includes } from './effective.js';
import type { Granted, GrantReader } from './granted.js';
import type { HeldCustomRole, Holding, Holdings } from './holding.js';
import type { EscalationMethod } from './method.js';
import type { MethodTable } from './method-table.js';

/** How sure a step is. `after-activation`: once an eligible assignment is activated, which may ask for an approval. */
export type Certainty = 'certain' | 'perhaps' | 'after-activation';

/** What a method adds to what an actor holds. */
export interface Growth {
  readonly method: EscalationMethod;
  readonly gained: readonly Holding[];
  readonly joined: readonly string[];
  readonly certainty: Certainty;
}

/** Works out how actors come to hold more without becoming another principal. */
export class Growths {
  /** What makes a scope useful that holds nothing itself: something to attach an identity of elsewhere to. */
  private readonly attaching: bigint;
  private readonly editingMask: bigint;

  constructor(
    private readonly tenant: Tenant,
    private readonly holdings: Holdings,
    private readonly table: MethodTable,
    private readonly grants: GrantReader,
    private readonly delegations: Delegations,
    /** Whether something lies in the scope that could be gained, or is a target. */
    private readonly isOfUse: (scope: Scope) => boolean,
  ) {
    const attaching = table.ways.filter(({ method }) => method.carriers !== undefined);
    this.editingMask = table.ways.find(({ method }) => method.gains === 'held-role')!.mask;
    this.attaching = attaching.reduce((all, { mask }) => all | mask, 0n);
  }

  of(actor: Actor, effective: EffectiveOperations): readonly Growth[] {
    return this.table.methods.flatMap(method => {
      if (method.gains === 'eligible-roles') return this.activation(method, actor);
      if (method.gains === 'owned-principals') return this.joining(method, actor);
      const additions = this.additions(method, actor, effective).filter(({ holding }) =>
        this.leadsOn(holding.scope, actor),
      );
      return inSteps(method, this.fresh(additions, actor, effective));
    });
  }

  private additions(
    method: EscalationMethod,
    actor: Actor,
    effective: EffectiveOperations,
  ): readonly Addition[] {
    switch (method.gains) {
      case 'assigned-roles':
        return this.assigning(actor, effective);
      case 'any-role':
        return this.anyRole(method, effective);
      case 'held-role':
        return this.editing(actor, effective);
      default:
        return [];
    }
  }

  private assigning(actor: Actor, effective: EffectiveOperations): readonly Addition[] {
    const { mask } = this.table.control;
    const additions: Addition[] = [];
    for (const scope of effective.scopes) {
      if (!includes(effective.grantedAt(scope).certain, mask)) continue;
      const { certain, perhaps } = effective.at(scope);
      if (includes(certain | perhaps, mask))
        additions.push({ holding: this.any(scope), isCertain: includes(certain, mask) });
    }
    for (const { scope, granted } of actor.holdings) {
      const denied = effective.deniedAt(scope);
      const isUnguarded = includes(effective.grantedAt(scope).certain, mask);
      if (isUnguarded || includes(denied.certain, mask)) continue;
      for (const texts of granted.guards)
        additions.push(...this.delegated(texts, scope, actor, includes(denied.perhaps, mask)));
    }
    return additions;
  }

  private delegated(
    texts: readonly string[],
    scope: Scope,
    { type, ids }: Actor,
    isDoubtful: boolean,
  ): readonly Addition[] {
    const assigner = { type, ids: asksForPrincipalId(texts) ? ids : undefined };
    const { certain, perhaps } = this.delegations.of(texts, assigner);
    const control = this.table.control.mask;
    return [
      ...gainedRoles(certain, scope, control).map(holding => ({ holding, isCertain: !isDoubtful })),
      ...gainedRoles(perhaps, scope, control).map(holding => ({ holding, isCertain: false })),
    ];
  }

  private anyRole(method: EscalationMethod, effective: EffectiveOperations): readonly Addition[] {
    const ways = this.table.ways.filter(way => way.method === method);
    return effective.scopes.flatMap(scope => {
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
    const mask = this.editingMask;
    return actor.customRoles.flatMap(edited => {
      const { scope, condition, assignableScopes } = edited;
      const places = assignableScopes.map(text => effective.at(parseScope(text)));
      if (!places.every(place => includes(held(place), mask))) return [];
      const granted = this.grants.ofAnyRole(condition);
      const source = { kind: 'gained', roles: 'any', edited } as const;
      const holding = { scope, granted, source };
      return [{ holding, isCertain: places.every(({ certain }) => includes(certain, mask)) }];
    });
  }

  /** What the actor holds already is nothing new. */
  private fresh(
    additions: readonly Addition[],
    { holdings, customRoles }: Actor,
    effective: EffectiveOperations,
  ): readonly Addition[] {
    const guardKey = (scope: Scope, guard: readonly string[]): string =>
      JSON.stringify([scope.key, ...guard]);
    const guarded = new Set(
      holdings.flatMap(({ scope, granted }) => granted.guards.map(guard => guardKey(scope, guard))),
    );
    const roleKey = ({ roleGuid, scope }: HeldCustomRole): string => `${roleGuid} ${scope.key}`;
    const roles = new Set(customRoles.map(roleKey));
    const mayEdit = holdings.some(({ granted }) => includes(held(granted), this.editingMask));
    return additions.filter(({ holding }) => {
      const { scope, granted } = holding;
      const known = effective.grantedAt(scope);
      return (
        !includes(known.certain, granted.certain) ||
        !includes(held(known), granted.perhaps) ||
        granted.guards.some(guard => !guarded.has(guardKey(scope, guard))) ||
        (mayEdit && this.holdings.customRolesIn(holding).some(role => !roles.has(roleKey(role))))
      );
    });
  }

  private activation(method: EscalationMethod, { eligible, gained }: Actor): readonly Growth[] {
    const isNew = eligible.some(holding => !gained.includes(holding));
    return isNew ? [{ method, gained: eligible, joined: [], certainty: 'after-activation' }] : [];
  }

  /** Groups only: an owned service principal is another principal to become. */
  private joining(method: EscalationMethod, { owned }: Actor): readonly Growth[] {
    const groups = owned.filter(id => this.tenant.snapshot.principals.get(id)?.type === 'Group');
    return groups.length === 0 ? [] : [{ method, gained: [], joined: groups, certainty: 'certain' }];
  }

  private leadsOn(scope: Scope, { holdings, customRoles }: Actor): boolean {
    if (customRoles.length > 0 || this.isOfUse(scope)) return true;
    return holdings.some(({ granted }) => (held(granted) & this.attaching) !== 0n);
  }

  private any(scope: Scope): Holding {
    return gained(scope, this.grants.ofAnyRole(), 'any');
  }
}

interface Addition {
  readonly holding: Holding;
  readonly isCertain: boolean;
}

/** What is certain, and then all of it. */
function inSteps(method: EscalationMethod, additions: readonly Addition[]): readonly Growth[] {
  const certain = additions.filter(({ isCertain }) => isCertain);
  const growth = (some: readonly Addition[], certainty: Certainty): Growth[] =>
    some.length === 0 ? [] : [{ method, gained: some.map(({ holding }) => holding), joined: [], certainty }];
  return [
    ...growth(certain, 'certain'),
    ...(certain.length < additions.length ? growth(additions, 'perhaps') : []),
  ];
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
  const guards = includes(certain, control) ? [] : roles.flatMap(({ granted }) => granted.guards);
  return [gained(scope, { certain, perhaps: perhaps & ~certain, guards }, roles)];
}

function gained(scope: Scope, granted: Granted, roles: readonly AssignableRole[] | 'any'): Holding {
  return { scope, granted, source: { kind: 'gained', roles } };
}

function held({ certain, perhaps }: Held): bigint {
  return certain | perhaps;
}
