import type { CheckContext } from '../checks/check-context.js';
import type { GrantsOperationGroupOptions } from '../checks/grants-operation-group.js';
import { grantsOf } from '../checks/group-grants.js';
import { kindWitness } from '../checks/ml-role-kinds.js';
import type { MlRoleGrantsOptions } from '../checks/ml-role-grants.js';
import type { OperationGroup } from '../checks/operation-group.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { byLowerCase } from '../../rbac/permissions/permission-set.js';
import { severities, type Rule, type Severity } from './rule.js';
import type { RuleSet } from './rules.js';

/** An operation that a role grants and that the rules look for. */
export interface SensitiveOperation {
  readonly operation: string;
  readonly plane: Plane;
  /** The severity of the worst rule that looks for it. */
  readonly severity: Severity;
  /** Ids of the rules, sorted. */
  readonly rules: readonly string[];
  /** What it allows: `can read the keys of a storage account`. */
  readonly reason: string;
  /** The string that grants it, and whether that is the operation itself. */
  readonly pattern: string;
  readonly isLiteral: boolean;
  readonly isConditional: boolean;
}

/** What is sensitive in a role, by the operation groups that rules look for; worst first, then by name. */
export function sensitiveOperations(
  permissions: RolePermissions,
  { rules, groups }: Pick<RuleSet, 'rules' | 'groups'>,
  { catalog }: Pick<CheckContext, 'catalog'>,
): SensitiveOperation[] {
  const found = new Map<string, SensitiveOperation>();
  for (const group of groups) {
    const looking = rules.filter(rule => looksFor(rule, group, permissions));
    if (looking.length === 0) continue;
    for (const { operation, witness } of grantsOf(permissions, group, { catalog, groups })) {
      const key = keyOf(operation);
      const sensitive = {
        operation: operation.operation,
        plane: operation.plane,
        severity: worst(looking.map(rule => rule.severity)),
        rules: [...new Set(looking.map(({ id }) => id))].sort(),
        reason: operation.reason,
        pattern: witness.entry.text.trim(),
        isLiteral: witness.isLiteral,
        isConditional: witness.isConditional,
      };
      found.set(key, joined(found.get(key), sensitive));
    }
  }
  return worstFirst([...found.values()]);
}

/** Equal for what is one operation on one plane. */
export function keyOf({ operation, plane }: Pick<SensitiveOperation, 'operation' | 'plane'>): string {
  return `${plane} ${operation}`;
}

/** One operation that was found twice, as one. What was known of how it is granted stays. */
export function joined<Found extends SensitiveOperation>(known: Found | undefined, found: Found): Found {
  if (known === undefined) return found;
  return {
    ...known,
    severity: worst([known.severity, found.severity]),
    rules: [...new Set([...known.rules, ...found.rules])].sort(),
  };
}

/** The order of reports: the worst first, then by name. */
export function worstFirst<Found extends SensitiveOperation>(found: readonly Found[]): Found[] {
  return [...found].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      byLowerCase(a.operation, b.operation),
  );
}

/**
 * Whether the rule is about that group. The further groups of a case only make its first one worse, and a rule for one
 * kind of Azure Machine Learning role says nothing of the others.
 */
function looksFor({ check, options }: Rule, group: OperationGroup, permissions: RolePermissions): boolean {
  if (check === 'grants-operation-group') {
    const { cases } = options as GrantsOperationGroupOptions;
    return cases.some(({ allOf }) => [allOf[0] ?? []].flat().includes(group.name));
  }
  if (check !== 'ml-role-grants') return false;
  const { kind, group: name } = options as MlRoleGrantsOptions;
  return name === group.name && kindWitness(permissions, kind) !== undefined;
}

function worst(found: readonly Severity[]): Severity {
  return severities.find(severity => found.includes(severity)) ?? 'info';
}
