import type { SourceRef } from '../../input/source-document.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Check } from './check.js';

type Limited = 'name' | 'description' | 'assignable-scopes' | 'permissions';

/** What of a role is longer, or more, than Azure takes. */
export const roleLimit: Check<'role-definition', { of: Limited; most: number }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: {
      of: { enum: ['name', 'description', 'assignable-scopes', 'permissions'] },
      most: { type: 'integer', minimum: 0 },
    },
    required: ['of', 'most'],
    additionalProperties: false,
  },
  *evaluate(role, { of, most }) {
    const { count, at } = measure(role, of, most);
    if (count > most && at !== undefined) yield { at, role, evidence: { count, most } };
  },
};

/** How much there is, and the place of it: for lists, of the first entry too many. */
function measure(
  role: RoleDefinition,
  of: Limited,
  most: number,
): { count: number; at: SourceRef | undefined } {
  switch (of) {
    case 'name':
    case 'description':
      return { count: role[of]?.value.length ?? 0, at: role[of]?.at };
    case 'assignable-scopes':
      return { count: role.assignableScopes.length, at: role.assignableScopes[most]?.at };
    case 'permissions':
      return { count: countPermissions(role), at: role.permissions[most]?.at };
  }
}

/** Flat lists beside `permissions` are a fault of their own, not one more permission. */
function countPermissions({ permissions, defects }: RoleDefinition): number {
  return defects.some(({ kind }) => kind === 'mixed-shapes') ? 0 : permissions.length;
}
