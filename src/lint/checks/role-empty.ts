import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Check } from './check.js';

/** Roles that list no action at all. Where a fault of form is the cause, the rule on that fault speaks. */
export const roleEmpty: Check<'role-definition'> = {
  subject: 'role-definition',
  needs: ['permissions', 'actions', 'dataActions'],
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role) {
    const isEmpty = role.permissions.every(
      ({ actions, dataActions }) => actions.length === 0 && dataActions.length === 0,
    );
    if (isEmpty && !hasOtherCause(role)) yield { at: role.permissions[0]?.at ?? role.at, role, evidence: {} };
  },
};

function hasOtherCause({ defects }: RoleDefinition): boolean {
  return defects.some(
    ({ kind, variant, evidence }) =>
      kind === 'missing-permissions' ||
      (kind === 'wrong-type' && listNames.has(String(evidence['property']).toLowerCase())) ||
      (kind === 'unknown-property' &&
        variant === 'near-match' &&
        listNames.has(String(evidence['suggestion']).toLowerCase())),
  );
}

const listNames: ReadonlySet<string> = new Set(['actions', 'dataactions', 'permissions']);
