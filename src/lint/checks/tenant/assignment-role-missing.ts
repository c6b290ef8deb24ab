import type { Check } from '../check.js';
import { assignmentMatch } from './assignment-match.js';

/** Finds assignments of roles that are neither in the snapshot nor built in. A gap in reading them would explain it. */
export const assignmentRoleMissing: Check<'tenant', object> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant) {
    const { gaps, isComplete } = tenant.snapshot;
    if (!isComplete || gaps.some(({ what }) => what === 'roleDefinitions')) return;
    for (const assignment of tenant.assignments) {
      if (tenant.role(assignment.roleGuid) === undefined) yield assignmentMatch(assignment, tenant);
    }
  },
};
