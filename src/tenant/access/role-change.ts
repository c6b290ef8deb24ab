import { append } from '../../maps.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { permissionsOf } from '../../rbac/permissions/role-permissions.js';
import type { Tenant } from './tenant.js';

/** What becomes of a tenant if a role is written as a file has it. */
export interface RoleChange {
  readonly role: RoleDefinition;
  /** In lower case. */
  readonly guid: string;
  readonly assignments: number;
  /** Whoever holds the role, members of groups among them. */
  readonly principals: number;
  /** Operations that the role grants then and does not now, and the other way round; sorted. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** A role's definition in a file, by the GUID of the role in the snapshot that it is about to replace. */
export type ChangedRoles = ReadonlyMap<string, RoleDefinition>;

/**
 * Which of these roles are in the snapshot: by their GUID, else by their name, which a tenant has once
 * (https://learn.microsoft.com/azure/role-based-access-control/custom-roles#custom-role-properties).
 */
export function changedRoles(
  { snapshot }: Pick<Tenant, 'snapshot'>,
  roles: readonly RoleDefinition[],
): ChangedRoles {
  const guids = new Map<string, string>();
  for (const { name, guid } of snapshot.roleDefinitions.all())
    if (name !== undefined && guid !== undefined) guids.set(nameKey(name.value), guid);
  const changed = new Map<string, RoleDefinition>();
  for (const role of roles) {
    const guid =
      role.guid !== undefined && snapshot.roleDefinitions.has(role.guid)
        ? role.guid
        : role.name && guids.get(nameKey(role.name.value));
    if (guid !== undefined) changed.set(guid, role);
  }
  return changed;
}

/** `tenant` is what is there now. In the order of the roles. */
export function roleChanges(tenant: Tenant, changed: ChangedRoles): RoleChange[] {
  const assignments = assignmentsByRole(tenant, changed);
  return [...changed].map(([guid, role]) => {
    const before = tenant.role(guid)!.set;
    const after = permissionsOf(role, tenant.catalog, tenant.index).set;
    const holding = assignments.get(guid) ?? [];
    return {
      role,
      guid,
      assignments: holding.length,
      principals: holders(holding, tenant).size,
      gained: after.subtract(before).operationsOnAnyPlane(),
      lost: before.subtract(after).operationsOnAnyPlane(),
    };
  });
}

function assignmentsByRole({ assignments }: Tenant, changed: ChangedRoles): Map<string, RoleAssignment[]> {
  const byRole = new Map<string, RoleAssignment[]>();
  for (const assignment of assignments) {
    if (!changed.has(assignment.roleGuid)) continue;
    append(byRole, assignment.roleGuid, assignment);
  }
  return byRole;
}

function holders(assignments: readonly RoleAssignment[], { memberships }: Tenant): Set<string> {
  const ids = new Set<string>();
  for (const { principalId } of assignments) {
    const members = memberships.membersOf(principalId);
    for (const id of members.length === 0 ? [principalId] : members) ids.add(id);
  }
  return ids;
}

function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
