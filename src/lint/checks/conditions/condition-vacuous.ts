import { getOrInsert } from '../../../maps.js';
import type { ConditionComparison, ConditionExpression } from '../../../rbac/conditions/expression.js';
import { attributeKey } from '../../../rbac/conditions/knowledge.js';
import { attributesOf } from '../../../rbac/conditions/leaves.js';
import { vacuousComparisons } from '../../../rbac/conditions/outcome.js';
import { printCondition } from '../../../rbac/conditions/print-condition.js';
import { admittedAssignments } from '../../../rbac/conditions/role-assignment-guard.js';
import type { Check } from '../check.js';
import { effectOf, isWithoutEffect } from './condition-effect.js';
import type { Conditioned } from './conditioned.js';
import { grantsChange } from './delegation.js';

/**
 * Finds comparisons that are true for any value, as each value differs from one of two. As the variant `other` where it is not
 * the role that is assigned which they fail to guard.
 */
export const conditionVacuous: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(conditioned, _options, context) {
    const { expression } = conditioned.reading;
    if (expression === undefined) return;
    const found = vacuousIn(expression);
    if (found.length === 0) return;
    const effect = effectOf(expression, conditioned.entries, context);
    if (effect !== undefined && isWithoutEffect(effect)) return;
    const unguarding = found.find(comparison => freesRoles(comparison, expression, conditioned));
    const comparison = unguarding ?? found[0]!;
    yield conditioned.match(
      {
        comparison: printCondition(comparison),
        operator: comparison.operator.name,
        attribute: attributesOf(comparison)[0]!.path,
      },
      unguarding === undefined ? 'other' : undefined,
    );
  },
};

/** Worked out once for all assignments that share the condition. */
function vacuousIn(expression: ConditionExpression): readonly ConditionComparison[] {
  return getOrInsert(known, expression, () => vacuousComparisons(expression));
}

const known = new WeakMap<ConditionExpression, readonly ConditionComparison[]>();

/** Whether it was to say which roles may be assigned, and any may be. */
function freesRoles(
  comparison: ConditionComparison,
  expression: ConditionExpression,
  { entries }: Conditioned,
): boolean {
  const isAboutRole = attributesOf(comparison).some(
    ({ source, path }) => source !== undefined && attributeKey(source, path) === requestedRole,
  );
  if (!isAboutRole || !grantsChange(entries, 'write')) return false;
  const { possible } = admittedAssignments(expression, 'write', 'RoleDefinitionId');
  return possible.kind === 'all-but' && possible.values.length === 0;
}

const requestedRole = attributeKey('Request', 'Microsoft.Authorization/roleAssignments:RoleDefinitionId');
