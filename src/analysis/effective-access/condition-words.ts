import type { Catalog } from '../../rbac/catalog/catalog.js';
import { describeAdmitted } from '../../rbac/conditions/describe-admitted.js';
import type { ConditionExpression } from '../../rbac/conditions/expression.js';
import { guardedActions } from '../../rbac/conditions/guarded-actions.js';
import { outcomeFor } from '../../rbac/conditions/outcome.js';
import { parseCondition } from '../../rbac/conditions/parse-condition.js';
import {
  admittedAssignments,
  assignmentAction,
  type AssignmentChange,
} from '../../rbac/conditions/role-assignment-guard.js';
import { roleName } from '../../rbac/model/role-name.js';
import { matchesAction } from '../../rbac/permissions/action-pattern.js';
import type { EntryPermissions } from '../../rbac/permissions/role-permissions.js';

/** What a condition lets through of what its permission grants, in plain words, a sentence each. */
export function conditionWords(text: string, entry: EntryPermissions, catalog: Catalog): string[] {
  const { expression, problems } = parseCondition(text);
  if (expression === undefined) return [`It cannot be read: ${problems[0]!.message}`];
  const said = changes.filter(change => entry.witness(assignmentAction(change), 'control') !== undefined);
  const { patterns, others } = guardedActions(expression);
  const elsewhere = patterns.filter(pattern =>
    said.every(change => !matchesAction(pattern, assignmentAction(change))),
  );
  return [
    ...said.map(change => assignmentWords(expression, change, catalog)),
    ...(elsewhere.length > 0 ? [`It guards ${elsewhere.join(', ')}.`] : []),
    ...(others !== 'always' && said.length === 0 ? ['It guards all that its permission grants.'] : []),
  ];
}

const changes = ['write', 'delete'] as const;

function assignmentWords(
  expression: ConditionExpression,
  change: AssignmentChange,
  catalog: Catalog,
): string {
  const doing = change === 'write' ? 'assigns' : 'removes assignments of';
  const outcome = outcomeFor(expression, assignmentAction(change));
  if (outcome === 'never') return `It ${doing} no role.`;
  const { possible: roles } = admittedAssignments(expression, change, 'RoleDefinitionId');
  const { possible: principals } = admittedAssignments(expression, change, 'PrincipalId');
  const { possible: kinds } = admittedAssignments(expression, change, 'PrincipalType');
  const limits = [
    describeAdmitted(principals, { one: 'principal', many: 'principals' }, id => id),
    describeAdmitted(kinds, { one: 'kind of principal', many: 'kinds of principals' }, kind => kind),
  ].filter(words => !words.startsWith('any '));
  const named = describeAdmitted(roles, { one: 'role', many: 'roles' }, id => nameOf(id, catalog));
  return `It ${doing} ${[named, ...limits].join(', to ')}.`;
}

function nameOf(id: string, { builtInRoles }: Catalog): string {
  const role = builtInRoles.find(id);
  return role === undefined ? id : roleName(role);
}
