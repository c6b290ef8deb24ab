import type { Tenant } from '../access/tenant.js';
import type { Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import type { Addition, Additions } from './addition.js';
import type { EffectiveOperations } from './effective.js';
import { either, includes } from './held.js';
import type { HeldCustomRole, Holding, Holdings } from './holding.js';
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
    private readonly additions: Additions,
    private readonly relevance: Relevance,
  ) {}

  of(actor: Actor, effective: EffectiveOperations): readonly Growth[] {
    const lacksCarrier = this.lacksCarrier(effective);
    const leadsOn = (scope: Scope): boolean => this.leadsOn(scope, actor, lacksCarrier);
    const scopes = effective.scopes.filter(leadsOn);
    const crossing = actor.customRoles.filter(role => role.crossing.size > 0);
    const complete = new Set<string>();
    const isComplete = (scope: Scope): boolean =>
      complete.size > 0 && [...this.tenant.tree.keysFrom(scope)].some(key => complete.has(key));
    return this.table.methods.flatMap(method => {
      if (method.gains === 'eligible-roles') return this.activation(method, actor);
      if (method.gains === 'owned-principals') return this.joining(method, actor);
      const possible = this.additions
        .of(method, actor, effective, scopes)
        .filter(({ holding: { scope } }) => leadsOn(scope) && !isComplete(scope));
      const growths: Growth[] = [];
      const others: Addition[] = [];
      for (const addition of this.fresh(possible, actor, effective)) {
        const { scope } = addition.holding;
        if (isComplete(scope)) continue;
        const isAlone =
          !lacksCarrier &&
          this.isAny(addition.holding) &&
          crossing.every(role => !role.crossing.has(scope.key));
        if (!isAlone) others.push(addition);
        else growths.push(alone(method, addition));
        if (isAlone && addition.isCertain) complete.add(scope.key);
      }
      return [...growths, ...together(method, others)];
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
    const mayEdit = holdings.some(({ granted }) => includes(either(granted), this.table.editing));
    return additions.filter(({ holding }) => {
      const { scope, granted } = holding;
      const known = effective.grantedAt(scope);
      return (
        !includes(known.certain, granted.certain) ||
        !includes(either(known), granted.perhaps) ||
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
