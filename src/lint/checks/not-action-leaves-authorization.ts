import type { Check } from './check.js';

/**
 * Permissions that grant `*`, subtract one operation and leave another that goes with it. The finding is at the entry
 * that subtracts and names all that is left of the group.
 */
export const notActionLeavesAuthorization: Check<
  'role-definition',
  { subtracted: string; left: string; group: string }
> = {
  subject: 'role-definition',
  needs: ['permissions', 'notActions'],
  optionsSchema: {
    type: 'object',
    properties: {
      subtracted: { type: 'string', minLength: 1 },
      left: { type: 'string', minLength: 1 },
      group: { type: 'string', format: 'operation-group' },
    },
    required: ['subtracted', 'left', 'group'],
    additionalProperties: false,
  },
  *evaluate(role, { subtracted, left, group }, context) {
    for (const entry of context.permissionsOf(role).entries) {
      if (!entry.permission.actions.some(({ key }) => key === '*')) continue;
      const subtraction = entry.list('notActions').find(subtracted);
      if (subtraction === undefined || entry.witness(left, 'control') === undefined) continue;
      const operations = context
        .group(group)
        .operations.filter(({ operation, plane }) => entry.witness(operation, plane) !== undefined)
        .map(({ operation }) => operation);
      yield { at: subtraction.at, role, evidence: { action: subtraction.text, operations } };
    }
  },
};
