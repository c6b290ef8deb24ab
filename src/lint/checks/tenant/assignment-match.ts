import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Evidence, Match, TenantSubject } from '../match.js';

/** A match about an assignment. The message may name the role as {roleName}, and {principal}, {principalType} and {scope}. */
export function assignmentMatch(
  assignment: RoleAssignment,
  tenant: Tenant,
  evidence: Evidence = {},
  kind: TenantSubject['kind'] = 'role-assignment',
): Match {
  const { id, at, principalId, roleGuid, scope } = assignment;
  const role = tenant.role(roleGuid)?.role;
  const name = principalName(principalId, tenant);
  return {
    at,
    role: undefined,
    subject: role === undefined ? { kind, id, name } : { kind, id, name, role },
    evidence: {
      roleName: role === undefined ? roleGuid : roleName(role),
      principal: name,
      principalId,
      principalType: principalType(assignment, tenant),
      scope,
      ...evidence,
    },
  };
}

/** As people know it, else its object id. */
export function principalName(id: string, { snapshot }: Pick<Tenant, 'snapshot'>): string {
  return snapshot.principals.get(id)?.displayName ?? id;
}

/** What the directory says, else what the assignment does. */
export function principalType(
  { principalId, principalType: said }: RoleAssignment,
  { snapshot }: Pick<Tenant, 'snapshot'>,
): string {
  return typeInDirectory(principalId, { snapshot }) ?? said ?? 'Unknown';
}

/** Undefined where the directory does not know the principal, or not what it is. */
export function typeInDirectory(id: string, { snapshot }: Pick<Tenant, 'snapshot'>): string | undefined {
  const type = snapshot.principals.get(id)?.type;
  return type === 'Unknown' ? undefined : type;
}
