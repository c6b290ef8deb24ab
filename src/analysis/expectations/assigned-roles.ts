import { getOrInsert } from '../../maps.js';
import { type Denial, type LeftAccess, lessTaken } from '../../tenant/access/denials.js';
import { type GrantedRole, heldThrough } from '../../tenant/access/granted-role.js';
import { scopeMatters } from '../../tenant/access/guarded-set.js';
import type { AccessEvaluator } from '../../tenant/access/held-access.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Held } from '../../rbac/action-sets/coverage.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';
import { permissionsOf, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { ScopeTree } from '../../tenant/snapshot/scope-tree.js';
import { groupBy } from './group-by.js';

/** One role at one scope, whoever has it. */
export interface AssignedRole {
  /** Null for a role that is not assigned yet. */
  readonly assignment: RoleAssignment | null;
  /** Undefined for a role that is not assigned yet: it is held wherever it is needed. */
  readonly scope: Scope | undefined;
  /** Groups from one that the identity is in to the one that has the assignment; empty where it is its own. */
  readonly via: readonly string[];
  readonly role: RoleDefinition;
  readonly permissions: RolePermissions;
  readonly granted: GrantedRole;
  /** How many operations the role grants. */
  readonly size: number;
}

/** What an identity holds at a place: what reaches it, and what takes some of that away. */
export interface HeldHere {
  readonly assignedRoles: readonly AssignedRole[];
  readonly denials: readonly Denial[];
}

/** What a role grants whoever has it. */
export interface RoleGrants {
  readonly role: RoleDefinition;
  readonly held: Held;
}

/** Who holds what, through groups too. */
export class AssignedRoleFinder {
  private readonly sizes = new Map<RolePermissions, number>();

  constructor(
    private readonly tenant: Tenant,
    private readonly evaluator: AccessEvaluator,
  ) {}

  /** A principal's own, then those of its groups, nearest first. Roles that nobody knows are left out. */
  of(principal: string): AssignedRole[] {
    const { memberships } = this.tenant;
    return this.tenant.identityOf(principal).ids.flatMap(id => {
      const via = memberships.via(principal, id);
      return this.tenant.assignmentsOf(id).flatMap(assignment => this.assignedRole(assignment, via) ?? []);
    });
  }

  /** Undefined where the role is neither in the snapshot nor built in. */
  assignedRole(
    assignment: RoleAssignment,
    via: readonly string[],
    seenFrom = this.tenant.scopeOf(assignment),
  ): AssignedRole | undefined {
    const permissions = this.tenant.role(assignment.roleGuid);
    if (permissions === undefined) return undefined;
    const scope = this.tenant.scopeOf(assignment);
    const granted = this.evaluator.grantedBy(permissions, assignment.condition, seenFrom);
    const { role } = permissions;
    return { assignment, scope, via, role, permissions, granted, size: this.sizeOf(permissions) };
  }

  /**
   * The same seen from a scope that they reach: what has no effect there is not held there, and names that their conditions ask
   * for may be known there. A role that is not assigned yet is judged whole: it may be assigned anywhere.
   */
  seenFrom(scope: Scope | undefined, assignedRoles: readonly AssignedRole[]): readonly AssignedRole[] {
    if (scope === undefined) return assignedRoles;
    return assignedRoles.map(assignedRole => {
      const { permissions, assignment, scope: own } = assignedRole;
      if (own?.key === scope.key || (own === undefined && !scopeMatters(scope))) return assignedRole;
      const reach = this.tenant.reach.at(own === undefined ? anywhere : scope);
      const granted = this.evaluator.grantedBy(permissions, assignment?.condition, scope, reach);
      return granted === assignedRole.granted ? assignedRole : { ...assignedRole, granted };
    });
  }

  /** As if the role were assigned wherever it is needed. */
  ofRole(role: RoleDefinition): AssignedRole {
    const permissions = permissionsOf(role, this.tenant.catalog, this.tenant.index);
    const granted = this.evaluator.grantedBy(permissions, undefined, anywhere);
    const size = this.sizeOf(permissions);
    return { assignment: null, scope: undefined, via: [], role, permissions, granted, size };
  }

  grants(role: RoleDefinition): RoleGrants {
    return { role, held: heldThrough(role, this.tenant) };
  }

  private sizeOf(permissions: RolePermissions): number {
    return getOrInsert(
      this.sizes,
      permissions,
      () => permissions.set.count('control') + permissions.set.count('data'),
    );
  }
}

const anywhere = parseScope('/');

/** The holdings of one principal, found by where they reach. */
export class AssignedRolesByScope {
  private readonly byKey: ReadonlyMap<
    string | undefined,
    readonly (readonly [at: number, assignedRole: AssignedRole])[]
  >;

  constructor(assignedRoles: readonly AssignedRole[]) {
    this.byKey = groupBy(assignedRoles.entries(), ([, { scope }]) => scope?.key);
  }

  /** Assigned roles at that scope and around it, and those that are not assigned yet, in their order. */
  reaching(scope: Scope | undefined, tree: ScopeTree): AssignedRole[] {
    const keys = scope === undefined ? [undefined] : [undefined, ...tree.keysFrom(scope)];
    const groups = keys.flatMap(key => {
      const group = this.byKey.get(key);
      return group === undefined ? [] : [group];
    });
    const found = groups.length > 1 ? groups.flat().sort(([a], [b]) => a - b) : (groups[0] ?? []);
    return found.map(([, assignedRole]) => assignedRole);
  }
}

/** All that is left of what some holdings grant. What one grants for certain, a condition on another does not make doubtful. */
export function heldTogether({ assignedRoles, denials }: HeldHere, nothing: PermissionSet): LeftAccess {
  const definite = unionOf(
    assignedRoles.map(({ granted }) => granted.definite),
    nothing,
  );
  const possible = unionOf(
    assignedRoles.map(({ granted }) => granted.possible),
    nothing,
  );
  const granted = { definite, conditional: possible.subtract(definite) };
  if (denials.length === 0) return { ...granted, denied: nothing };
  const all = definite.union(possible);
  return lessTaken(
    granted,
    denials.map(denial => denial.takenFrom(all)),
    nothing,
  );
}
