import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Check } from './check.js';

/** Roles that do not say what they are for. */
export const roleDescriptionMissing: Check<'role-definition'> = {
  subject: 'role-definition',
  needs: ['description'],
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(role) {
    if ((role.description?.value ?? '').trim() !== '' || isWrittenOtherwise(role)) return;
    yield { at: role.description?.at ?? role.at, role, evidence: {} };
  },
};

/** Under a misspelt key, or as something else than a string: there are rules for that. */
function isWrittenOtherwise({ defects }: RoleDefinition): boolean {
  return defects.some(({ evidence }) =>
    [evidence['property'], evidence['suggestion']].some(name => String(name).toLowerCase() === 'description'),
  );
}
