import { append } from '../../maps.js';
import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import type { RolePermissions, Witness } from '../../rbac/permissions/role-permissions.js';
import { byLowerCase } from '../../rbac/permissions/permission-set.js';
import type { Check } from './check.js';
import { grantsOf, type GroupGrant } from './group-grants.js';
import { firstTwo } from '../../text/list.js';
import type { Match, RelatedPlace } from './match.js';
import { kindWitness, type MlRoleKind, spelledOutScoring } from './ml-role-kinds.js';
import { operationMeaning } from './operation-group.js';
import { type WriteGrant, writeGrants, writesOf } from './write-grants.js';

export interface MlRoleGrantsOptions {
  readonly kind: MlRoleKind;
  /** The operation group that a role of that kind should not reach into. */
  readonly group: string;
  /** Nor may it write anything else, where its author spelled out what it is for. */
  readonly beside?: 'other-writes';
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
      beside: { enum: ['other-writes'] },
    },
  },

  *evaluate(role, { kind, group, beside }, context) {
    const permissions = context.permissionsOf(role);
    const because = kindWitness(permissions, kind);
    if (because === undefined) return;
    const grants = grantsOf(permissions, context.group(group), context);
    const others = beside === undefined ? [] : otherWrites(permissions, grants);
    if (grants.length + others.length > 0)
      yield toMatch(role, { kind, because, grants, writes: writeGrants(permissions, others), others });
  },
};

function otherWrites(permissions: RolePermissions, grants: readonly GroupGrant[]): string[] {
  if (spelledOutScoring(permissions) === undefined) return [];
  const named = new Set(grants.map(({ operation }) => foldCase(operation.operation)));
  return writesOf(permissions).filter(operation => !named.has(foldCase(operation)));
}

interface MlGrants {
  readonly kind: MlRoleKind;
  readonly because: Witness;
  readonly grants: readonly GroupGrant[];
  readonly writes: readonly WriteGrant[];
  readonly others: readonly string[];
}

function toMatch(role: RoleDefinition, { kind, because, grants, writes, others }: MlGrants): Match {
  const entries = entriesOf(role, [...grants, ...writes]);
  return {
    at: entries[0]!.at,
    role,
    evidence: {
      operations: [...grants.map(({ operation }) => operation.operation), ...others].sort(byLowerCase),
      patterns: entries.map(entry => entry.text.trim()),
    },
    related: [
      { at: because.entry.at, message: kindSentences[kind], isReason: true },
      ...reasons(grants),
      ...writeReasons(writes),
    ],
  };
}

const kindSentences: Readonly<Record<MlRoleKind, string>> = {
  scoring: 'Treated as a scoring role: it can call online endpoints.',
  control: 'Treated as a role that manages online endpoints: it can write them.',
  'batch-invoker': 'Treated as a batch invoker role: it can start batch endpoint jobs.',
};

function reasons(grants: readonly GroupGrant[]): RelatedPlace[] {
  return grants.map(({ operation, witness }) => ({
    at: witness.entry.at,
    ...operationMeaning(operation),
  }));
}

/** One for each string that grants some. */
function writeReasons(writes: readonly WriteGrant[]): RelatedPlace[] {
  const byEntry = new Map<ActionEntry, string[]>();
  for (const { operation, witness } of writes) {
    append(byEntry, witness.entry, operation);
  }
  return [...byEntry].map(([{ at }, operations]) => ({
    at,
    message: `This allows ${firstTwo(operations)}.`,
  }));
}

/** What grants them, each once, in the order of the role. */
function entriesOf(role: RoleDefinition, grants: readonly { readonly witness: Witness }[]): ActionEntry[] {
  const granting = new Set(grants.map(({ witness }) => witness.entry));
  return role.permissions
    .flatMap(({ actions, dataActions }) => [...actions, ...dataActions])
    .filter(entry => granting.has(entry));
}
