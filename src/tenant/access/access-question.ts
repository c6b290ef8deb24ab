import { append, getOrInsert } from '../../maps.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { Truth } from '../../rbac/conditions/truth.js';
import type { OperationReach } from '../../rbac/reach/operation-reach.js';
import type { DenyAssignment } from '../snapshot/deny-assignment.js';
import type { RolePermissions, Witness } from '../../rbac/permissions/role-permissions.js';
import { knowledgeOf, type KnownAttributes } from './condition-truth.js';
import { mayBeOfGroup } from './denied-principals.js';
import type { Around } from './ancestor-index.js';
import type { Tenant } from './tenant.js';

/** What a role does for the operation: through which string, and whether its conditions hold. */
export interface RoleGrant {
  readonly witness: Witness;
  readonly truth: Exclude<Truth, 'false'>;
}

/** A role assignment that grants the operation at the scope. */
export interface Grant extends RoleGrant {
  readonly assignment: RoleAssignment;
}

/** A deny assignment that takes the operation away at the scope, from whomever it is about. */
export interface AppliedDenial extends RoleGrant {
  readonly deny: DenyAssignment;
  /** `unknown`: the snapshot does not tell whether the scope lies in that of the deny assignment. */
  readonly reach: 'reaches' | 'unknown';
}

/** What is asked. */
export interface QuestionFacts {
  readonly operation: string;
  readonly plane: Plane;
  readonly scope: Scope;
  /** What is known of the request and of what it is about, for conditions. */
  readonly attributes?: KnownAttributes | undefined;
}

/**
 * One operation at one scope, whoever asks: what grants it and what denies it is worked out once for all principals.
 * The steps are those of https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource.
 */
export class AccessQuestion {
  readonly operation: string;
  readonly plane: Plane;
  readonly scope: Scope;
  private readonly roleGrants = new Map<string, RoleGrant[]>();
  private readonly byPrincipal = new Map<string, GrantsOf>();
  private readonly truths = new Map<string, Truth>();
  private readonly knowledge: ReturnType<typeof knowledgeOf>;
  private gathered: ReadonlyMap<string, readonly Around<RoleAssignment>[]> | undefined;
  private reachFound: OperationReach | undefined;
  private denialsFound: readonly AppliedDenial[] | undefined;
  private grantedGroups: ReadonlySet<string> | undefined;

  constructor(
    private readonly tenant: Tenant,
    { operation, plane, scope, attributes }: QuestionFacts,
  ) {
    this.operation = operation;
    this.plane = plane;
    this.scope = scope;
    this.knowledge = knowledgeOf(operation, plane, scope, attributes);
  }

  /** Whether the operation can have an effect at the scope at all, whoever is assigned what. */
  get reach(): OperationReach {
    return (this.reachFound ??= this.tenant.reach.at(this.scope).answer(this.operation, this.plane));
  }

  /** What the assignments of one principal or group give; those of its groups are theirs. */
  grantsOf(principal: string): GrantsOf {
    let found = this.byPrincipal.get(principal);
    if (found === undefined) {
      const own =
        this.gathered === undefined
          ? this.tenant.assignmentsOfAround(principal, this.scope)
          : this.gathered.get(principal);
      if (own === undefined) return noGrants;
      this.byPrincipal.set(principal, (found = this.findGrants(own)));
    }
    return found;
  }

  /** What it would be given if it activated what it may. */
  eligibleGrantsOf(principal: string): readonly Grant[] {
    const around = this.tenant.eligibleOf(principal).flatMap(item => {
      const reach = this.tenant.tree.reach(this.tenant.scopeOf(item).key, this.scope);
      return reach === 'apart' ? [] : [{ item, reach }];
    });
    return this.findGrants(around).grants;
  }

  /** Deny assignments that cover the operation here. Those that only audit stop nobody. */
  get denials(): readonly AppliedDenial[] {
    return (this.denialsFound ??= [...this.tenant.denyAssignmentsAround(this.scope)].flatMap(
      ({ item, reach }) => this.denialsBy(item, reach),
    ));
  }

  /** Assignments at the scope and around it, whoever has them, and those that may be around it. */
  *assignments(): Generator<RoleAssignment> {
    for (const { item } of this.tenant.assignmentsAround(this.scope)) yield item;
  }

  /** The same by principal, for whoever asks about many: some have assignments all over the tenant. */
  byHolder(): ReadonlyMap<string, readonly Around<RoleAssignment>[]> {
    if (this.gathered === undefined) {
      const gathered = new Map<string, Around<RoleAssignment>[]>();
      for (const around of this.tenant.assignmentsAround(this.scope)) {
        const { principalId } = around.item;
        append(gathered, principalId, around);
      }
      this.gathered = gathered;
    }
    return this.gathered;
  }

  /** Whether the assignment grants the operation here, or may. */
  mayGrant({ roleGuid, condition }: RoleAssignment): boolean {
    const isOpen = this.tenant.role(roleGuid) === undefined || this.grantsThrough(roleGuid).length > 0;
    return isOpen && this.truthOf(condition) !== 'false';
  }

  /** Ids that are no known user or service principal, and have an assignment here that may grant the operation. */
  get groupsThatMayGrant(): ReadonlySet<string> {
    if (this.grantedGroups === undefined) {
      const groups = new Set<string>();
      for (const assignment of this.assignments())
        if (mayBeOfGroup(assignment, this.tenant.snapshot.principals) && this.mayGrant(assignment))
          groups.add(assignment.principalId);
      this.grantedGroups = groups;
    }
    return this.grantedGroups;
  }

  private findGrants(around: Iterable<Around<RoleAssignment>>): GrantsOf {
    const grants: Grant[] = [];
    const ofUnknownRoles: RoleAssignment[] = [];
    const atUnknownPlaces: RoleAssignment[] = [];
    for (const { item, reach } of around) {
      if (!this.mayGrant(item)) continue;
      if (this.tenant.role(item.roleGuid) === undefined) ofUnknownRoles.push(item);
      else if (reach === 'unknown') atUnknownPlaces.push(item);
      else grants.push(...this.grantsBy(item));
    }
    return { grants, ofUnknownRoles, atUnknownPlaces };
  }

  /** One that is certain says it all; of those that are not, each has a condition of its own. */
  private grantsBy(assignment: RoleAssignment): Grant[] {
    const truth = this.truthOf(assignment.condition);
    const grants = this.grantsThrough(assignment.roleGuid).map((grant): Grant => {
      return { ...grant, assignment, truth: truth === 'unknown' ? truth : grant.truth };
    });
    const definite = grants.find(grant => grant.truth === 'true');
    return definite === undefined ? grants : [definite];
  }

  private grantsThrough(roleGuid: string): readonly RoleGrant[] {
    let grants = this.roleGrants.get(roleGuid);
    if (grants === undefined) {
      const permissions = this.tenant.role(roleGuid);
      this.roleGrants.set(roleGuid, (grants = permissions === undefined ? [] : this.coveredBy(permissions)));
    }
    return grants;
  }

  private coveredBy(permissions: RolePermissions): RoleGrant[] {
    return permissions.witnesses(this.operation, this.plane).flatMap(witness => {
      const truth = this.truthOf(witness.permission.permission.condition?.value);
      return truth === 'false' ? [] : [{ witness, truth }];
    });
  }

  private denialsBy(deny: DenyAssignment, reach: AppliedDenial['reach']): AppliedDenial[] {
    const isHere = this.tenant.scopeOf(deny).key === this.scope.key;
    if (!isHere && !deny.appliesToChildScopes) return [];
    const whole = this.truthOf(deny.condition);
    if (whole === 'false') return [];
    return this.coveredBy(this.tenant.denied(deny)).map(grant => ({
      ...grant,
      deny,
      reach,
      truth: whole === 'unknown' ? whole : grant.truth,
    }));
  }

  /** Thousands of assignments share a few conditions. */
  private truthOf(condition: string | undefined): Truth {
    if (condition === undefined) return 'true';
    return getOrInsert(this.truths, condition, () =>
      this.tenant.conditions.truthOf([condition], this.knowledge),
    );
  }
}

/** What some assignments do for the operation. */
export interface GrantsOf {
  readonly grants: readonly Grant[];
  /** They reach the scope, or may, and nobody knows what their roles grant. */
  readonly ofUnknownRoles: readonly RoleAssignment[];
  /** They would grant it, at management groups of which nobody knows whether the scope lies in them. */
  readonly atUnknownPlaces: readonly RoleAssignment[];
}

const noGrants: GrantsOf = { grants: [], ofUnknownRoles: [], atUnknownPlaces: [] };
