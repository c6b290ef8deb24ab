import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';
import type { Check } from '../check.js';
import { assignmentMatch } from './assignment-match.js';
import { Holdings } from './holding.js';

/** Finds role assignments that are held for good, of a role that the same principal is to activate at the same scope. */
export const pimEligibleAndActive: Check<'tenant'> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant) {
    const eligible = new Set(tenant.snapshot.eligibleAssignments.map(one => keyOf(one, tenant)));
    if (eligible.size === 0) return;
    const holdings = new Holdings(tenant);
    for (const assignment of tenant.assignments) {
      if (tenant.eligibleOf(assignment.principalId).length === 0) continue;
      if (!eligible.has(keyOf(assignment, tenant)) || holdings.of(assignment) !== 'for-good') continue;
      yield assignmentMatch(assignment, tenant);
    }
  },
};

/** What is held under a condition may be less than what can be activated without one. */
function keyOf(assignment: RoleAssignment, tenant: Tenant): string {
  const { principalId, roleGuid, condition = '' } = assignment;
  return `${principalId} ${roleGuid} ${tenant.scopeOf(assignment).key} ${condition}`;
}
