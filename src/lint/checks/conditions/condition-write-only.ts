import type { EntryPermissions } from '../../../rbac/permissions/role-permissions.js';
import type { Check } from '../check.js';
import type { Conditioned } from './conditioned.js';
import { grantsChange } from './delegation.js';
import { guardedChanges } from './guarded-changes.js';

/** Finds conditions that guard who is given a role, where anybody's role can be taken away. */
export const conditionWriteOnly: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(conditioned) {
    const { expression } = conditioned.reading;
    if (expression === undefined || conditioned.on === 'deny-assignment') return;
    if (!grantsChange(conditioned.entries, 'write') || !removesFreely(conditioned)) return;
    const guarded = guardedChanges(expression);
    if (guarded.write && !guarded.delete) yield conditioned.match();
  },
};

/** Apart from the condition that is looked at. What the role guards itself may be guarded well. */
function removesFreely({ on, entries }: Conditioned): boolean {
  const isFree = ({ permission }: EntryPermissions): boolean => permission.condition === undefined;
  return grantsChange(on === 'assignment' ? entries.filter(isFree) : entries, 'delete');
}
