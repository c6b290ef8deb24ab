import type { Tenant } from '../access/tenant.js';
import type { Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import type { AssignableRole, Delegations } from './delegation.js';
import type { EffectiveOperations } from './effective.js';
import type { GrantReader, Guard } from './granted.js';
import { type Held, includes } from './held.js';
import { gainedHolding, type HeldCustomRole, type Holding, type Holdings } from './holding.js';
import type { EscalationMethod } from './method.js';
import type { MethodTable } from './method-table.js';
import type { Relevance } from './relevance.js';

/** How sure a step is. `after-activation`: once an eligible assignment is activated, which may ask for an approval. */
export type Certainty = 'certain' | 'perhaps' | 'after-activation';

/** What a method adds to what an actor holds. */
export interface Growth {
  readonly method: EscalationMethod;
  readonly gained: readonly Holding[];
  readonly joined: readonly string[];
  readonly certainty: Certainty;
  /** What is gained is everything at a scope, and the rest of what the actor holds adds nothing to it. */
  readonly isAlone: boolean;
}

/** Works out how actors come to hold more without becoming another principal. */
export class Growths {
  constructor(
    private readonly tenant: Tenant,
    private readonly holdings: Holdings,
    private readonly table: MethodTable,
    private readonly grants: GrantReader,
    private readonly delegations: Delegations,
    private readonly relevance: Relevance,
  ) {}

  of(actor: Actor, effective: EffectiveOperations): readonly Growth[] {
    const lacksCarrier = this.lacksCarrier(effective);
    const leadsOn = (scope: Scope): boolean => this.leadsOn(scope, actor, lacksCarrier);
    const scopes = effective.scopes.filter(leadsOn);
    const oddRoles = actor.customRoles.filter(({ isPlain }) => !isPlain);
    const complete = new Set<string>();
    const isComplete = (scope: Scope): boolean =>
      complete.size > 0 && [...this.tenant.tree.keysFrom(scope)].some(key => complete.has(key));
    return this.table.methods.flatMap(method => {
      if (method.gains === 'eligible-roles') return this.activation(method, actor);
      if (method.gains === 'owned-principals') return this.joining(method, actor);
      const possible = this.additions(method, actor, effective, scopes).filter(
        ({ holding: { scope } }) => leadsOn(scope) && !isComplete(scope),
      );
      const growths: Growth[] = [];
      const others: Addition[] = [];
      for (const addition of this.fresh(possible, actor, effective)) {
        const { scope } = addition.holding;
        if (isComplete(scope)) continue;
        const isAlone = !lacksCarrier && this.isAny(addition.holding) && !this.helpsToEdit(scope, oddRoles);
        if (!isAlone) others.push(addition);
        else growths.push(alone(method, addition));
        if (isAlone && addition.isCertain) complete.add(scope.key);
      }
      return [...growths, ...together(method, others)];
    });
  }

  private additions(
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
      const places = assignableScopes.map(scopeText =>
        effective.at(this.tenant.scopeOf({ scope: scopeText })),
      );
      if (!places.every(place => includes(held(place), mask))) return [];
      const granted = this.grants.ofAnyRole(condition);
      const holding = gainedHolding(scope, granted, 'any', edited);
      return [{ holding, isCertain: places.every(({ certain }) => includes(certain, mask)) }];
    });
  }

  /** What the actor holds already is nothing new. */
  private fresh(
    additions: readonly Addition[],
    { holdings, customRoles }: Actor,
    effective: EffectiveOperations,
  ): readonly Addition[] {
    if (additions.length === 0) return additions;
    const hasGuards = additions.some(({ holding }) => holding.granted.guards.length > 0);
    const guarded = new Set(hasGuards ? holdings.flatMap(guardKeys) : []);
    const roles = new Set(customRoles.map(roleKey));
    const mayEdit = holdings.some(({ granted }) => includes(held(granted), this.table.editing));
    return additions.filter(({ holding }) => {
      const { scope, granted } = holding;
      const known = effective.grantedAt(scope);
      return (
        !includes(known.certain, granted.certain) ||
        !includes(held(known), granted.perhaps) ||
        guardKeys(holding).some(key => !guarded.has(key)) ||
        (mayEdit && this.holdings.customRolesIn(holding).some(role => !roles.has(roleKey(role))))
      );
    });
  }

  private activation(method: EscalationMethod, { eligible, gained }: Actor): readonly Growth[] {
    const isNew = eligible.some(holding => !gained.includes(holding));
    return isNew
      ? [{ method, gained: eligible, joined: [], certainty: 'after-activation', isAlone: false }]
      : [];
  }

  /** Groups only: an owned service principal is another principal to become. */
  private joining(method: EscalationMethod, { owned }: Actor): readonly Growth[] {
    const groups = owned.filter(id => this.tenant.snapshot.principals.get(id)?.type === 'Group');
    return groups.length === 0
      ? []
      : [{ method, gained: [], joined: groups, certainty: 'certain', isAlone: false }];
  }

  /** Whether it may help to hold something there. */
  private leadsOn(scope: Scope, { customRoles }: Actor, lacksCarrier: boolean): boolean {
    if (this.relevance.isOfUse(scope) || lacksCarrier) return true;
    return customRoles.length > 0 && this.relevance.isEditable(scope);
  }

  /** Whether there are identities that it could attach if it had something to attach them to. */
  private lacksCarrier(effective: EffectiveOperations): boolean {
    return this.table.attachingWays.some(
      ({ method, mask }) =>
        includes(effective.all, mask) &&
        effective.carrierPlace(this.table.carriersOf(method)!)?.isCertain !== true,
    );
  }

  /** Everything without a condition: what else the actor holds adds nothing there. */
  private isAny({ granted }: Holding): boolean {
    return granted.certain === this.table.everything;
  }

  /** Whether a role that the actor holds elsewhere is assignable there, so that it could be edited by being somebody there. */
  private helpsToEdit(scope: Scope, oddRoles: readonly HeldCustomRole[]): boolean {
    const { tree } = this.tenant;
    return oddRoles.some(
      role =>
        tree.reach(scope.key, role.scope) !== 'reaches' &&
        role.assignableScopes.some(
          text => tree.reach(scope.key, this.tenant.scopeOf({ scope: text })) === 'reaches',
        ),
    );
  }

  private any(scope: Scope): Holding {
    return gainedHolding(scope, this.grants.ofAnyRole(), 'any');
  }
}

interface Addition {
  readonly holding: Holding;
  readonly isCertain: boolean;
}

function guardKeys({ scope, granted }: Holding): readonly string[] {
  return granted.guards.map(({ number }) => `${number} ${scope.key}`);
}

function roleKey({ roleGuid, scope }: HeldCustomRole): string {
  return `${roleGuid} ${scope.key}`;
}

/** A growth that needs nothing beside it. */
function alone(method: EscalationMethod, { holding, isCertain }: Addition): Growth {
  return {
    method,
    gained: [holding],
    joined: [],
    certainty: isCertain ? 'certain' : 'perhaps',
    isAlone: true,
  };
}

/** What is certain, and then all of it. */
function together(method: EscalationMethod, additions: readonly Addition[]): readonly Growth[] {
  const certain = additions.filter(({ isCertain }) => isCertain);
  const growth = (some: readonly Addition[], certainty: Certainty): Growth[] => {
    if (some.length === 0) return [];
    return [{ method, gained: some.map(({ holding }) => holding), joined: [], certainty, isAlone: false }];
  };
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
  const guards = includes(certain, control) ? [] : new Set(roles.flatMap(({ granted }) => granted.guards));
  return [gainedHolding(scope, { certain, perhaps: perhaps & ~certain, guards: [...guards] }, roles)];
}

function held({ certain, perhaps }: Held): bigint {
  return certain | perhaps;
}
