import type { Check } from '../check.js';
import { codeAssignmentMatch } from './code-assignment-match.js';

/** Finds assignments to an identity that the same code makes, where Azure is not told what it is. */
export const assignmentPrincipalTypeMissing: Check<'inventory'> = {
  subject: 'inventory',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ assignments }) {
    for (const assignment of assignments) {
      const { principal, lacksPrincipalType } = assignment;
      if (!lacksPrincipalType || principal?.value.kind !== 'unknown') continue;
      const { resource } = principal.value;
      if (resource === undefined) continue;
      yield codeAssignmentMatch(assignment, principal.at, { principal: resource });
    }
  },
};
