import type { Check } from './check.js';

export interface BudgetOptions {
  /** The most operations that a role may grant on each plane; a plane without a number is not limited. */
  readonly control?: number;
  readonly data?: number;
}

/** Finds roles that grant more operations than they may. One match per plane. */
export const roleExceedsBudget: Check<'role-definition', BudgetOptions> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    additionalProperties: false,
    properties: { control: { type: 'integer', minimum: 0 }, data: { type: 'integer', minimum: 0 } },
  },

  *evaluate(role, options, context) {
    const { set } = context.permissionsOf(role);
    for (const plane of ['control', 'data'] as const) {
      const most = options[plane];
      const count = set.count(plane);
      if (most === undefined || count <= most) continue;
      yield { at: role.name?.at ?? role.at, role, evidence: { plane, count, most } };
    }
  },
};
