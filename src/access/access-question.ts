import type { RoleAssignment } from '../model/role-assignment.js';
import type { Plane } from '../model/role-definition.js';
import type { Scope } from '../model/scope.js';
import type { Truth } from '../conditions/truth.js';
import type { DenyAssignment } from '../snapshot/deny-assignment.js';
import type { RolePermissions, Witness } from '../permissions/effective.js';
import { type ConditionReader, knowledgeOf, type KnownAttributes } from './condition-truth.js';
import { mayBeOfGroup } from './denied-principals.js';
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
export interface Denial extends RoleGrant {
  readonly deny: DenyAssignment;
  /** `unknown`: the snapshot does not tell whether the scope lies in that of the deny assignment. */
  readonly reach: 'reaches' | 'unknown';
}

/**
 * One operation at one scope, whoever asks: what grants it and what denies it is worked out once for all principals.
 * The steps are those of https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource.
 */
export class AccessQuestion {
  private readonly keys: ReadonlySet<string>;
  private readonly roleGrants = new Map<string, RoleGrant[]>();
  private readonly byPrincipal = new Map<string, GrantsOf>();
  private readonly conditions: ConditionReader;
  private readonly knowledge: ReturnType<typeof knowledgeOf>;
  private denialsFound: readonly Denial[] | undefined;
  private grantedGroups: ReadonlySet<string> | undefined;

  constructor(
    private readonly tenant: Tenant,
    readonly operation: string,
    readonly plane: Plane,
    readonly scope: Scope,
    attributes?: KnownAttributes,
  ) {
    this.keys = tenant.tree.keysFrom(scope);
    this.conditions = tenant.conditions;
    this.knowledge = knowledgeOf(operation, plane, scope, attributes);
  }

  /** What the assignments of one principal or group give; those of its groups are theirs. */
  grantsOf(principal: string): GrantsOf {
    let found = this.byPrincipal.get(principal);
    if (found === undefined) {
      found = this.findGrants(this.tenant.assignmentsOf(principal));
      this.byPrincipal.set(principal, found);
    }
    return found;
  }

  /** What it would be given if it activated what it may. */
  eligibleGrantsOf(principal: string): readonly Grant[] {
    return this.findGrants(this.tenant.eligibleOf(principal)).grants;
  }

  /** Deny assignments that cover the operation here. Those that only audit stop nobody. */
  get denials(): readonly Denial[] {
    return (this.denialsFound ??= this.tenant.snapshot.denyAssignments.flatMap(deny => this.denialsBy(deny)));
  }

  /** Assignments at the scope and around it, whoever has them. */
  *assignments(): Generator<RoleAssignment> {
    for (const key of this.keys) yield* this.tenant.assignmentsAt(key);
  }

  /** Whether the assignment grants the operation here, or may. */
  mayGrant({ roleGuid, condition }: RoleAssignment): boolean {
    if (this.tenant.role(roleGuid) === undefined) return true;
    return this.grantsThrough(roleGuid).length > 0 && this.truthOf([condition]) !== 'false';
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

  private findGrants(assignments: readonly RoleAssignment[]): GrantsOf {
    const grants: Grant[] = [];
    const ofUnknownRoles: RoleAssignment[] = [];
    const atUnknownPlaces: RoleAssignment[] = [];
    for (const assignment of assignments) {
      const { key } = this.tenant.scopeOf(assignment);
      const reach = this.keys.has(key) ? 'reaches' : this.tenant.tree.reach(key, this.scope);
      if (reach === 'apart') continue;
      if (this.tenant.role(assignment.roleGuid) === undefined) ofUnknownRoles.push(assignment);
      else if (reach === 'unknown') {
        if (this.mayGrant(assignment)) atUnknownPlaces.push(assignment);
      } else grants.push(...this.grantsBy(assignment));
    }
    return { grants, ofUnknownRoles, atUnknownPlaces };
  }

  /** One that is certain says it all; of those that are not, each has a condition of its own. */
  private grantsBy(assignment: RoleAssignment): Grant[] {
    const through = this.grantsThrough(assignment.roleGuid);
    if (through.length === 0) return [];
    const truth = this.truthOf([assignment.condition]);
    if (truth === 'false') return [];
    const grants = through.map((grant): Grant => {
      return { ...grant, assignment, truth: truth === 'unknown' ? truth : grant.truth };
    });
    const certain = grants.find(grant => grant.truth === 'true');
    return certain === undefined ? grants : [certain];
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
      const truth = this.truthOf([witness.permission.permission.condition?.value]);
      return truth === 'false' ? [] : [{ witness, truth }];
    });
  }

  private denialsBy(deny: DenyAssignment): Denial[] {
    if (deny.effect === 'audit') return [];
    const { key } = this.tenant.scopeOf(deny);
    const isHere = key === this.scope.key;
    if (!isHere && !deny.appliesToChildScopes) return [];
    const reach = isHere ? 'reaches' : this.tenant.tree.reach(key, this.scope);
    if (reach === 'apart') return [];
    const whole = this.truthOf([deny.condition]);
    if (whole === 'false') return [];
    return this.coveredBy(this.tenant.denied(deny)).map(grant => ({
      ...grant,
      deny,
      reach,
      truth: whole === 'unknown' ? whole : grant.truth,
    }));
  }

  private truthOf(texts: readonly (string | undefined)[]): Truth {
    return this.conditions.truthOf(texts, this.knowledge);
  }
}

/** What some assignments do for the operation. */
export interface GrantsOf {
  readonly grants: readonly Grant[];
  /** They reach the scope, and nobody knows what their roles grant. */
  readonly ofUnknownRoles: readonly RoleAssignment[];
  /** They would grant it, at management groups of which nobody knows whether the scope lies in them. */
  readonly atUnknownPlaces: readonly RoleAssignment[];
}
