import type { RoleDefectKind } from '../../rbac/model/role-definition.js';
import type { Check } from './check.js';

const kinds = {
  'missing-name': true,
  'missing-permissions': true,
  'missing-assignable-scopes': true,
  'unknown-property': true,
  'wrong-type': true,
  'mixed-shapes': true,
  'nested-pascal-case': true,
  'duplicate-key': true,
} as const satisfies Readonly<Record<RoleDefectKind, true>>;

/** What the reading of a role saw that is wrong with its form. */
export const roleDefect: Check<'role-definition', { kind: RoleDefectKind }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { kind: { enum: Object.keys(kinds) } },
    required: ['kind'],
    additionalProperties: false,
  },
  *evaluate(role, { kind }) {
    if (role.roleType === 'BuiltInRole' && kind.startsWith('missing-')) return;
    for (const defect of role.defects) {
      if (defect.kind !== kind) continue;
      const { at, variant, evidence } = defect;
      yield { at, role, ...(variant === undefined ? {} : { variant }), evidence };
    }
  },
};
