import { getOrInsert } from '../../../maps.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Check } from '../check.js';
import { assignmentMatch } from './assignment-match.js';
import { AssignmentDurations } from './assignment-durations.js';

/** Finds role assignments that are held for good, of a role that the same principal is to activate at the same scope. */
export const pimEligibleAndActive: Check<'tenant'> = {
  subject: 'tenant',
  inCode: 'together',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant) {
    const eligible = new Map<string, Map<string, Set<string>>>();
    for (const one of tenant.snapshot.eligibleAssignments) {
      const ofPrincipal = entryOf(eligible, one.principalId, () => new Map<string, Set<string>>());
      entryOf(ofPrincipal, one.roleGuid, () => new Set()).add(placeOf(one, tenant));
    }
    if (eligible.size === 0) return;
    const durations = new AssignmentDurations(tenant);
    for (const [principal, byRole] of eligible) {
      for (const assignment of tenant.assignmentsOf(principal)) {
        const places = byRole.get(assignment.roleGuid);
        if (places?.has(placeOf(assignment, tenant)) && durations.of(assignment) === 'for-good')
          yield assignmentMatch(assignment, tenant);
      }
    }
  },
};

/** What is held under a condition may be less than what can be activated without one. */
function placeOf(assignment: RoleAssignment, tenant: Tenant): string {
  const { condition } = assignment;
  const { key } = tenant.scopeOf(assignment);
  return condition === undefined ? key : `${key} ${condition}`;
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  return getOrInsert(map, key, () => make());
}
