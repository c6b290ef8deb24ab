import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Check } from '../check.js';
import { principalName, typeInDirectory } from './assignment-match.js';

/** Finds users with role assignments of their own, one match for all that a user has. What is active for a time is left out. */
export const assignmentToUser: Check<'tenant', object> = {
  subject: 'tenant',
  inCode: 'each',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant) {
    for (const principal of tenant.assignees()) {
      const assignments = asUser(principal, tenant);
      const [first, ...others] = assignments;
      if (first === undefined) continue;
      const name = principalName(principal, tenant);
      yield {
        at: first.at,
        role: undefined,
        subject: { kind: 'principal', id: principal, name },
        evidence: {
          principal: name,
          principalId: principal,
          count: assignments.length,
          roles: rolesOf(assignments, tenant),
        },
        identity: [principal],
        related: others.slice(0, maxRelated).map(({ at, scope }) => ({ at, message: `Also at ${scope}.` })),
      };
    }
  },
};

/** How many are named of places beside the first; nobody reads more. */
const maxRelated = 20;

/** What a principal holds for good, as far as it is a user. */
function asUser(principal: string, tenant: Tenant): readonly RoleAssignment[] {
  const type = typeInDirectory(principal, tenant);
  if (type !== undefined && type !== 'User') return [];
  return tenant
    .assignmentsOf(principal)
    .filter(assignment => (type ?? assignment.principalType) === 'User' && !tenant.isTimeBound(assignment));
}

function rolesOf(assignments: readonly RoleAssignment[], tenant: Tenant): string[] {
  const names = assignments.map(({ roleGuid }) => {
    const role = tenant.role(roleGuid)?.role;
    return role === undefined ? roleGuid : roleName(role);
  });
  return [...new Set(names)].sort();
}
