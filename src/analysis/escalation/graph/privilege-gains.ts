import type { GraphSource } from './graph-source.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { PrincipalState } from './principal-state.js';
import { type SelfGrant, SelfGrants } from './self-grants.js';
import type { EffectiveOperations } from './effective-operations.js';
import { either, includes } from '../methods/interned-sets.js';
import type { HeldCustomRole } from '../grants/grant.js';
import type { MethodGrant } from '../grants/grant.js';
import type { GrantIndex } from '../grants/grant-index.js';
import type { HeldAt } from '../grants/grant-list.js';
import type { EscalationMethod } from '../methods/method.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Pruner } from './pruner.js';

/** How sure a step is. `after-activation`: once an eligible assignment is activated, which may ask for an approval. */
export type Certainty = 'certain' | 'perhaps' | 'after-activation';

/** What a method adds to what a principal holds. */
export interface PrivilegeGain {
  readonly method: EscalationMethod;
  readonly gained: readonly MethodGrant[];
  readonly joined: readonly string[];
  readonly certainty: Certainty;
  /** What is gained is everything at a scope, and the rest of what the principal holds adds nothing to it. */
  readonly isAlone: boolean;
}

/** Works out how principals come to hold more without becoming another principal. */
export class PrivilegeGains {
  private readonly tenant: Tenant;
  private readonly table: MethodTable;
  private readonly pruner: Pruner;
  private readonly selfGrants: SelfGrants;

  constructor(
    source: GraphSource,
    private readonly grants: GrantIndex,
  ) {
    this.tenant = source.tenant;
    this.table = source.table;
    this.pruner = source.pruner;
    this.selfGrants = new SelfGrants(source);
  }

  of(state: PrincipalState, effective: EffectiveOperations): readonly PrivilegeGain[] {
    const lacksCarrier = this.lacksCarrier(effective);
    const leadsOn = (place: ScopeNode): boolean => this.leadsOn(place, state, lacksCarrier);
    // Whoever has everything around a scope gains nothing there.
    const spots = outerFirst(effective.spots.filter(({ place }) => leadsOn(place)));
    const complete = new Set<number>();
    const { scopeNodes } = this.tenant;
    const isIn = (numbers: readonly number[]): boolean => numbers.some(number => complete.has(number));
    const isComplete = ({ above, within }: ScopeNode): boolean =>
      complete.size > 0 && (isIn(above) || isIn(within));
    const isFresh = this.freshness(state, effective);
    return this.table.methods.flatMap(method => {
      if (method.gains === 'eligible-roles') return this.activation(method, state);
      if (method.gains === 'owned-principals') return this.joining(method, state);
      const isWanted = (place: ScopeNode): boolean => leadsOn(place) && !isComplete(place);
      const gains: PrivilegeGain[] = [];
      const others: SelfGrant[] = [];
      for (const selfGrant of this.selfGrants.of(method, state, effective, { spots, isWanted })) {
        const place = scopeNodes.at(selfGrant.grant.scope);
        if (isComplete(place) || !isFresh(selfGrant)) continue;
        const isAlone =
          !lacksCarrier &&
          this.isAny(selfGrant.grant) &&
          !state.customRoles.some(list => list.crossing.has(place.number));
        if (!isAlone) others.push(selfGrant);
        else gains.push(alone(method, selfGrant));
        if (isAlone && selfGrant.isCertain) complete.add(place.number);
      }
      return [...gains, ...together(method, others)];
    });
  }

  /** What the principal holds already is nothing new. */
  private freshness(
    state: PrincipalState,
    effective: EffectiveOperations,
  ): (selfGrant: SelfGrant) => boolean {
    let mayEdit: boolean | undefined;
    let guarded: ReadonlySet<string> | undefined;
    let roles: ReadonlySet<string> | undefined;
    const isNewGuard = (key: string): boolean =>
      !(guarded ??= new Set(state.lists.flatMap(list => list.guarded.flatMap(guardKeys)))).has(key);
    const isNewRole = (role: HeldCustomRole): boolean =>
      !(roles ??= new Set(state.customRoles.flatMap(list => list.roles.map(roleKey)))).has(roleKey(role));
    return ({ grant }) => {
      const { scope, granted } = grant;
      const known = effective.grantedAt(this.tenant.scopeNodes.at(scope));
      return (
        !includes(known.definite, granted.definite) ||
        !includes(either(known), granted.possible) ||
        guardKeys(grant).some(isNewGuard) ||
        (this.grants.customRoles.in(grant).some(isNewRole) && (mayEdit ??= this.mayEdit(state)))
      );
    };
  }

  /** Whether one of its grants is enough to edit a role. */
  private mayEdit({ lists }: PrincipalState): boolean {
    return lists.some(({ grants }) =>
      grants.some(({ granted }) => includes(either(granted), this.table.editing)),
    );
  }

  private activation(
    method: EscalationMethod,
    { eligible, gained }: PrincipalState,
  ): readonly PrivilegeGain[] {
    const isNew = eligible.some(grant => !gained.includes(grant));
    return isNew
      ? [{ method, gained: eligible, joined: [], certainty: 'after-activation', isAlone: false }]
      : [];
  }

  /** Groups only: an owned service principal is another principal to become. */
  private joining(method: EscalationMethod, { owned }: PrincipalState): readonly PrivilegeGain[] {
    const groups = owned.filter(id => this.tenant.snapshot.principals.get(id)?.type === 'Group');
    return groups.length === 0
      ? []
      : [{ method, gained: [], joined: groups, certainty: 'certain', isAlone: false }];
  }

  /** Whether it may help to hold something there. */
  private leadsOn(place: ScopeNode, { customRoles }: PrincipalState, lacksCarrier: boolean): boolean {
    if (this.pruner.isOfUse(place) || lacksCarrier) return true;
    return customRoles.length > 0 && this.pruner.isEditable(place);
  }

  /** Whether there are identities that it could attach if it had something to attach them to. */
  private lacksCarrier(effective: EffectiveOperations): boolean {
    return this.table.attachingWays.some(
      ({ method, mask }) =>
        includes(effective.all, mask) &&
        effective.carrierPlace(this.table.carriersOf(method)!)?.isCertain !== true,
    );
  }

  /** Everything without a condition: what else the principal holds adds nothing there. */
  private isAny({ granted }: MethodGrant): boolean {
    return granted.definite === this.table.everything;
  }
}

function guardKeys({ scope, granted }: MethodGrant): readonly string[] {
  return granted.guards.map(({ number }) => `${number} ${scope.key}`);
}

function roleKey({ roleGuid, scope }: HeldCustomRole): string {
  return `${roleGuid} ${scope.key}`;
}

/** A gain that needs nothing beside it. */
function alone(method: EscalationMethod, { grant, isCertain }: SelfGrant): PrivilegeGain {
  return {
    method,
    gained: [grant],
    joined: [],
    certainty: isCertain ? 'certain' : 'perhaps',
    isAlone: true,
  };
}

/** What is certain, and then all of it. */
function together(method: EscalationMethod, selfGrants: readonly SelfGrant[]): readonly PrivilegeGain[] {
  const definite = selfGrants.filter(({ isCertain }) => isCertain);
  const gain = (some: readonly SelfGrant[], certainty: Certainty): PrivilegeGain[] => {
    if (some.length === 0) return [];
    return [{ method, gained: some.map(({ grant }) => grant), joined: [], certainty, isAlone: false }];
  };
  return [
    ...gain(definite, 'certain'),
    ...(definite.length < selfGrants.length ? gain(selfGrants, 'perhaps') : []),
  ];
}

function outerFirst(spots: readonly HeldAt[]): readonly HeldAt[] {
  const byDepth: HeldAt[][] = [];
  for (const spot of spots) (byDepth[depthOf(spot.place)] ??= []).push(spot);
  return byDepth.flat();
}

function depthOf({ above, within }: ScopeNode): number {
  return above.length + within.length;
}
