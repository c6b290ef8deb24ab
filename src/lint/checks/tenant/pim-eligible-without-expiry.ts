import type { Check } from '../check.js';
import { assignmentMatch } from './assignment-match.js';
import { isAtHighScope } from './high-scope.js';
import { RolePowers } from './role-powers.js';

/** Finds who may for ever make themselves privileged in a subscription or more. */
export const pimEligibleWithoutExpiry: Check<'tenant'> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant, _options, context) {
    const powers = RolePowers.of(tenant, context);
    for (const eligible of tenant.snapshot.eligibleAssignments) {
      if (eligible.endsOn !== undefined || !isAtHighScope(eligible, tenant)) continue;
      const { power, because } = powers.ofAssignment(eligible);
      if (power !== 'ordinary') yield assignmentMatch(eligible, tenant, { because }, 'eligible-assignment');
    }
  },
};
