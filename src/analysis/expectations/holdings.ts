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
export interface Holding {
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
  readonly holdings: readonly Holding[];
  readonly denials: readonly Denial[];
}

/** What a role grants whoever has it. */
export interface RoleGrants {
  readonly role: RoleDefinition;
  readonly held: Held;
}

/** Who holds what, through groups too. */
export class Holdings {
  private readonly sizes = new Map<RolePermissions, number>();

  constructor(
    private readonly tenant: Tenant,
    private readonly evaluator: AccessEvaluator,
  ) {}

  /** A principal's own, then those of its groups, nearest first. Roles that nobody knows are left out. */
  of(principal: string): Holding[] {
    const { memberships } = this.tenant;
    return this.tenant.identityOf(principal).ids.flatMap(id => {
      const via = memberships.via(principal, id);
      return this.tenant.assignmentsOf(id).flatMap(assignment => this.holding(assignment, via) ?? []);
    });
  }

  /** Undefined where the role is neither in the snapshot nor built in. */
  holding(
    assignment: RoleAssignment,
    via: readonly string[],
    seenFrom = this.tenant.scopeOf(assignment),
  ): Holding | undefined {
    const permissions = this.tenant.role(assignment.roleGuid);
    if (permissions === undefined) return undefined;
    const scope = this.tenant.scopeOf(assignment);
    const reach = this.tenant.reach.at(scope);
    const granted = this.evaluator.grantedBy(permissions, assignment.condition, seenFrom, reach);
    const { role } = permissions;
    return { assignment, scope, via, role, permissions, granted, size: this.sizeOf(permissions) };
  }

  /** The same seen from a scope that they reach: names that their conditions ask for may be known there. */
  seenFrom(scope: Scope | undefined, holdings: readonly Holding[]): readonly Holding[] {
    if (scope === undefined || !scopeMatters(scope)) return holdings;
    return holdings.map(holding => {
      const { permissions, assignment, scope: own = anywhere } = holding;
      const reach = this.tenant.reach.at(own);
      const granted = this.evaluator.grantedBy(permissions, assignment?.condition, scope, reach);
      return granted === holding.granted ? holding : { ...holding, granted };
    });
  }

  /** As if the role were assigned wherever it is needed. */
  ofRole(role: RoleDefinition): Holding {
    const permissions = permissionsOf(role, this.tenant.catalog, this.tenant.index);
    const granted = this.evaluator.grantedBy(permissions, undefined, anywhere);
    const size = this.sizeOf(permissions);
    return { assignment: null, scope: undefined, via: [], role, permissions, granted, size };
  }

  grants(role: RoleDefinition): RoleGrants {
    return { role, held: heldThrough(role, this.tenant) };
  }

  private sizeOf(permissions: RolePermissions): number {
    let size = this.sizes.get(permissions);
    if (size === undefined) {
      size = permissions.set.count('control') + permissions.set.count('data');
      this.sizes.set(permissions, size);
    }
    return size;
  }
}

const anywhere = parseScope('/');

/** The holdings of one principal, found by where they reach. */
export class HoldingsByScope {
  private readonly byKey: ReadonlyMap<
    string | undefined,
    readonly (readonly [at: number, holding: Holding])[]
  >;

  constructor(holdings: readonly Holding[]) {
    this.byKey = groupBy(holdings.entries(), ([, { scope }]) => scope?.key);
  }

  /** Those at that scope and around it, and those that are not assigned yet, in their order. */
  reaching(scope: Scope | undefined, tree: ScopeTree): Holding[] {
    const keys = scope === undefined ? [undefined] : [undefined, ...tree.keysFrom(scope)];
    const groups = keys.flatMap(key => {
      const group = this.byKey.get(key);
      return group === undefined ? [] : [group];
    });
    const found = groups.length > 1 ? groups.flat().sort(([a], [b]) => a - b) : (groups[0] ?? []);
    return found.map(([, holding]) => holding);
  }
}

/** All that is left of what some holdings grant. What one grants for certain, a condition on another does not make doubtful. */
export function heldTogether({ holdings, denials }: HeldHere, nothing: PermissionSet): LeftAccess {
  const definite = unionOf(
    holdings.map(({ granted }) => granted.definite),
    nothing,
  );
  const possible = unionOf(
    holdings.map(({ granted }) => granted.possible),
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
