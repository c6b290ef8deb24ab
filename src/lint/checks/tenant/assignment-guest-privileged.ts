import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Check } from '../check.js';
import { assignmentMatch, principalName } from './assignment-match.js';
import { RolePowers } from './role-powers.js';

/** Finds guests who hold powerful roles, of their own or through groups; one match per guest, at the strongest assignment. */
export const assignmentGuestPrivileged: Check<'tenant', object> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant, _options, context) {
    const powers = RolePowers.of(tenant, context);
    const powerOf = (assignment: RoleAssignment): string => powers.ofAssignment(assignment).power;
    for (const { id, userType } of tenant.snapshot.principals.values()) {
      if (userType !== 'Guest') continue;
      const held = tenant.identityOf(id).ids.flatMap(holder => tenant.assignmentsOf(holder));
      const powerful = held.filter(assignment => powerOf(assignment) !== 'ordinary');
      const worst = powerful.find(assignment => powerOf(assignment) === 'owner') ?? powerful[0];
      if (worst === undefined) continue;
      const group = worst.principalId === id ? undefined : principalName(worst.principalId, tenant);
      const name = principalName(id, tenant);
      const match = assignmentMatch(worst, tenant, {
        guest: name,
        because: powers.ofAssignment(worst).because,
        ...(group !== undefined && { group }),
      });
      yield {
        ...match,
        subject: { kind: 'principal', id, name },
        ...(group !== undefined && { variant: 'through-group' }),
        identity: [id],
        related: othersOf(powerful, worst, tenant),
      };
    }
  },
};

function othersOf(powerful: readonly RoleAssignment[], worst: RoleAssignment, tenant: Tenant) {
  return powerful
    .filter(other => other !== worst)
    .slice(0, maxRelated)
    .map(other => {
      const { roleName, scope } = assignmentMatch(other, tenant).evidence;
      return { at: other.at, message: `Also ${String(roleName)} at ${String(scope)}.` };
    });
}

/** How many are named of places beside the first; nobody reads more. */
const maxRelated = 20;
