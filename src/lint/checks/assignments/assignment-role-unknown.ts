import { nearestWord } from '../../../did-you-mean.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Check } from '../check.js';
import { editDistance } from '../edit-distance.js';
import { codeAssignmentMatch } from './code-assignment-match.js';

/** Finds names of roles that are neither built in nor in the code, and nearly that of a built-in one. */
export const assignmentRoleUnknown: Check<'inventory'> = {
  subject: 'inventory',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ assignments, roleDefinitions }, _options, { catalog }) {
    const own = new Set(roleDefinitions.flatMap(({ name }) => name?.value.trim().toLowerCase() ?? []));
    let builtIn: readonly string[] | undefined;
    for (const assignment of assignments) {
      const { roleName: written } = assignment;
      if (written?.value.kind !== 'string') continue;
      const { value } = written.value;
      if (own.has(value.trim().toLowerCase()) || catalog.builtInRoles.findNamed(value) !== undefined)
        continue;
      builtIn ??= [...catalog.builtInRoles.all()].map(role => roleName(role));
      const suggestion = nearestWord(value.trim(), builtIn);
      if (
        suggestion === undefined ||
        editDistance(value.toLowerCase(), suggestion.toLowerCase(), maxEdits) > maxEdits
      )
        continue;
      yield codeAssignmentMatch(assignment, written.at, { name: value, suggestion });
    }
  },
};

/** Slips of the hand; a name that differs by more may well be that of a custom role. */
const maxEdits = 2;
