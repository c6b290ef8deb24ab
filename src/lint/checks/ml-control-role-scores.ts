import type { Check } from './check.js';
import { wideScoringWitness } from './ml-role-kinds.js';

/** Finds roles that reach scoring through a string that was written for more than scoring. */
export const mlControlRoleScores: Check<'role-definition', object> = {
  subject: 'role-definition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(role, _options, context) {
    const witness = wideScoringWitness(context.permissionsOf(role));
    if (witness !== undefined)
      yield { at: witness.entry.at, role, evidence: { pattern: witness.entry.text.trim() } };
  },
};
