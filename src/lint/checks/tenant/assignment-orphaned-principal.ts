import type { Check } from '../check.js';
import { assignmentMatch } from './assignment-match.js';

/**
 * Finds assignments of principals that the directory no longer has. Nothing is said where the directory was not read to
 * its end, nor of principals of other directories, which it never held.
 */
export const assignmentOrphanedPrincipal: Check<'tenant', object> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant) {
    for (const assignment of tenant.assignments)
      if (tenant.isDeleted(assignment)) yield assignmentMatch(assignment, tenant);
  },
};
