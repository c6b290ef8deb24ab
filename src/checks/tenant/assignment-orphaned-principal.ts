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
    const { principals } = tenant.snapshot;
    if (principals.size === 0 || tenant.gaps.coverDirectory) return;
    for (const assignment of tenant.assignments) {
      if (principals.has(assignment.principalId) || foreign.has(assignment.principalType ?? '')) continue;
      yield assignmentMatch(assignment, tenant);
    }
  },
};

/** As Azure calls groups of another directory, and devices, which are no principals that Microsoft Graph is asked for. */
const foreign: ReadonlySet<string> = new Set(['ForeignGroup', 'Device']);
