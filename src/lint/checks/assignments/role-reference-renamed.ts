import { roleName } from '../../../rbac/model/role-name.js';
import type { Check } from '../check.js';
import { codeAssignmentMatch } from './code-assignment-match.js';

/** Finds roles that code assigns by a name that they no longer have. */
export const roleReferenceRenamed: Check<'inventory'> = {
  subject: 'inventory',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ assignments, roleDefinitions }, _options, { catalog }) {
    const own = new Set(roleDefinitions.flatMap(({ name }) => name?.value.trim().toLowerCase() ?? []));
    for (const assignment of assignments) {
      const { roleName: written } = assignment;
      if (written?.value.kind !== 'string' || own.has(written.value.value.trim().toLowerCase())) continue;
      const named = catalog.builtInRoles.findNamed(written.value.value);
      if (named?.formerName === undefined) continue;
      const evidence = { name: named.formerName, current: roleName(named.role), guid: named.role.guid ?? '' };
      yield codeAssignmentMatch(assignment, written.at, evidence);
    }
  },
};
