import type { Check } from './check.js';

/** Conditions in custom roles. */
export const roleConditionNotSettable: Check<'role-definition'> = {
  subject: 'role-definition',
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role) {
    for (const { condition } of role.permissions) {
      if (condition !== undefined && condition.value.trim() !== '')
        yield { at: condition.at, role, evidence: {} };
    }
  },
};
