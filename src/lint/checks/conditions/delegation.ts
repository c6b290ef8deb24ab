import { getOrInsert } from '../../../maps.js';
import { type ValueSet, admittedValues } from '../../../rbac/conditions/admitted-values.js';
import type { ConditionExpression } from '../../../rbac/conditions/expression.js';
import { attributeKey, type Knowledge } from '../../../rbac/conditions/knowledge.js';
import { admittedAssignments, assignmentAction } from '../../../rbac/conditions/role-assignment-guard.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { EntryPermissions } from '../../../rbac/permissions/role-permissions.js';
import type { CheckContext } from '../check-context.js';
import { type AdmittedRole, RolePowers } from '../tenant/role-powers.js';
import type { Conditioned } from './conditioned.js';
import { guardedChanges } from './guarded-changes.js';

/** Which roles a condition lets its holder assign. */
export interface ConditionedDelegation {
  readonly expression: ConditionExpression;
  readonly admitted: ValueSet;
  /** Roles of them that are more than ordinary, worst first. */
  readonly powerful: readonly AdmittedRole[];
}

/**
 * Undefined where no roles can be assigned, where the condition does not guard that, and where nobody knows what it says.
 * Worked out once for all assignments of a role that share the condition.
 */
export function delegationOf(
  conditioned: Conditioned,
  context: CheckContext,
): ConditionedDelegation | undefined {
  const { reading, entries } = conditioned;
  const { expression, unknowns } = reading;
  if (expression === undefined || unknowns.length > 0 || !grantsChange(entries, 'write')) return undefined;
  if (!guardedChanges(expression).write) return undefined;
  const known = getOrInsert(delegations, entries, () => new WeakMap());
  if (!known.has(expression)) known.set(expression, findDelegation(expression, conditioned, context));
  return known.get(expression);
}

const delegations = new WeakMap<
  readonly EntryPermissions[],
  WeakMap<ConditionExpression, ConditionedDelegation | undefined>
>();

function findDelegation(
  expression: ConditionExpression,
  { assignment, roles }: Conditioned,
  context: CheckContext,
): ConditionedDelegation | undefined {
  const powers = RolePowers.of(roles, context);
  // Together with the conditions of the role itself.
  const admitted =
    assignment === undefined
      ? admittedAssignments(expression, 'write', 'RoleDefinitionId').possible
      : powers.delegation(assignment)?.admitted;
  return admitted && { expression, admitted, powerful: powers.powerfulIn(admitted) };
}

/** Whether role assignments can be added, or removed. */
export function grantsChange(entries: readonly EntryPermissions[], change: 'write' | 'delete'): boolean {
  return entries.some(entry => entry.witness(assignmentAction(change), 'control') !== undefined);
}

/** How many principals each of the roles may be assigned to at most; undefined where one may be assigned to any. */
export function listedPrincipals(
  expression: ConditionExpression,
  roles: readonly AdmittedRole[],
): number | undefined {
  let most = 0;
  for (const { guid } of roles) {
    const count = principalsFor(expression, guid);
    if (count === undefined) return undefined;
    most = Math.max(most, count);
  }
  return most;
}

function principalsFor(expression: ConditionExpression, role: string): number | undefined {
  const known: Knowledge = {
    action: assignmentAction('write'),
    subOperation: null,
    attribute: (source, path) =>
      attributeKey(source, path) === requestedRole ? { kind: 'values', values: [role] } : { kind: 'unknown' },
  };
  const { possible } = admittedValues(expression, known, {
    source: 'Request',
    path: 'Microsoft.Authorization/roleAssignments:PrincipalId',
  });
  return possible.kind === 'only' ? possible.values.length : undefined;
}

const requestedRole = attributeKey('Request', 'Microsoft.Authorization/roleAssignments:RoleDefinitionId');

/** Names of roles by their GUIDs, as people know them. */
export function roleNamesOf(guids: readonly string[], { roles }: Pick<Conditioned, 'roles'>): string[] {
  return guids.map(guid => {
    const known = roles.role(guid);
    return known === undefined ? guid : roleName(known.role);
  });
}
