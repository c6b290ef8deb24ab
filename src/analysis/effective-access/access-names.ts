import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { roleName } from '../../rbac/model/role-name.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';

/** The role's name; null where nobody knows the role. */
export function roleNameOf({ roleGuid }: Pick<RoleAssignment, 'roleGuid'>, tenant: Tenant): string | null {
  const role = tenant.role(roleGuid)?.role;
  return role === undefined ? null : roleName(role);
}

/** The conditions in the role itself, each once. */
export function conditionTexts({ role }: RolePermissions): string[] {
  return [...new Set(role.permissions.flatMap(({ condition }) => condition?.value ?? []))];
}

/** What a principal is called; null where the snapshot does not say. */
export function displayNameOf(id: string, { snapshot }: Tenant): string | null {
  return snapshot.principals.get(id)?.displayName ?? null;
}
