import { type Admitted, admittedValues } from './admitted-values.js';
import type { ConditionExpression } from './expression.js';
import { knowingAction } from './knowledge.js';

// What a condition makes of the right to assign roles
// (https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples).

/** Adding role assignments and removing them. */
export type AssignmentChange = 'write' | 'delete';

/** What is said of a role assignment that is added or removed. */
export type AssignmentAttribute = 'RoleDefinitionId' | 'PrincipalId' | 'PrincipalType';

/** Which roles, principals or kinds of principals the condition lets add or remove assignments for. */
export function admittedAssignments(
  expression: ConditionExpression | undefined,
  change: AssignmentChange,
  attribute: AssignmentAttribute,
): Admitted {
  return admittedValues(expression, knowingAction(assignmentAction(change)), {
    source: change === 'write' ? 'Request' : 'Resource',
    path: `Microsoft.Authorization/roleAssignments:${attribute}`,
  });
}

/** The operation that adds or removes role assignments. */
export function assignmentAction(change: AssignmentChange): string {
  return `Microsoft.Authorization/roleAssignments/${change}`;
}
