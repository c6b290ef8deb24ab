import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Witness } from '../../rbac/permissions/effective.js';
import { byLowerCase } from '../../rbac/permissions/permission-set.js';
import type { Check } from './check.js';
import { grantsOf, type GroupGrant } from './group-grants.js';
import type { Match, RelatedPlace } from './match.js';
import { kindWitness, type MlRoleKind } from './ml-role-kinds.js';

export interface MlRoleGrantsOptions {
  readonly kind: MlRoleKind;
  /** The operation group that a role of that kind should not reach into. */
  readonly group: string;
}

/** Finds Azure Machine Learning roles that grant more than what they are for, however they reach it. */
export const mlRoleGrants: Check<'role-definition', MlRoleGrantsOptions> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    required: ['kind', 'group'],
    additionalProperties: false,
    properties: {
      kind: { enum: ['scoring', 'control', 'batch-invoker'] },
      group: { type: 'string', format: 'operation-group' },
    },
  },

  *evaluate(role, { kind, group }, context) {
    const permissions = context.permissionsOf(role);
    const grants = grantsOf(permissions, context.group(group), context);
    if (grants.length === 0) return;
    const because = kindWitness(permissions, kind);
    if (because !== undefined) yield toMatch(role, kind, because, grants);
  },
};

function toMatch(
  role: RoleDefinition,
  kind: MlRoleKind,
  because: Witness,
  grants: readonly GroupGrant[],
): Match {
  const entries = entriesOf(role, grants);
  return {
    at: entries[0]!.at,
    role,
    evidence: {
      operations: grants.map(({ operation }) => operation.operation).sort(byLowerCase),
      patterns: entries.map(entry => entry.text.trim()),
    },
    related: [{ at: because.entry.at, message: kindSentences[kind] }, ...reasons(grants)],
  };
}

const kindSentences: Readonly<Record<MlRoleKind, string>> = {
  scoring: 'This lets its holder call online endpoints, and makes the role a scoring role.',
  control: 'This makes the role one that manages online endpoints.',
  'batch-invoker':
    'This lets its holder start batch jobs, and makes the role one for invoking batch endpoints.',
};

function reasons(grants: readonly GroupGrant[]): RelatedPlace[] {
  return grants.map(({ operation, witness }) => ({
    at: witness.entry.at,
    message: `Whoever may do "${operation.operation}" ${operation.reason}.`,
  }));
}

/** What grants them, each once, in the order of the role. */
function entriesOf(role: RoleDefinition, grants: readonly GroupGrant[]): ActionEntry[] {
  const granting = new Set(grants.map(({ witness }) => witness.entry));
  return role.permissions.flatMap(({ actions }) => actions).filter(entry => granting.has(entry));
}
