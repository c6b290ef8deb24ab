import { getOrInsert } from '../../../maps.js';
import { askedLeaves } from '../../../rbac/conditions/asked-leaves.js';
import type { ConditionExpression } from '../../../rbac/conditions/expression.js';
import { guardedActions, unnamedAction } from '../../../rbac/conditions/guarded-actions.js';
import { type ConditionOutcome, outcomeFor } from '../../../rbac/conditions/outcome.js';
import type { EntryPermissions } from '../../../rbac/permissions/role-permissions.js';
import type { CheckContext } from '../check-context.js';
import { grantedParts } from './granted-parts.js';

/** What a condition does to what it guards. */
export interface ConditionEffect {
  /** What its ActionMatches name. */
  readonly patterns: readonly string[];
  /** Operations that are granted: one for each way in which these patterns tell them apart. Never empty. */
  readonly operations: readonly OperationOutcome[];
}

export interface OperationOutcome {
  readonly operation: string;
  /** Whether it is named by a pattern of the condition. Otherwise it stands for all that none of them names. */
  readonly isNamed: boolean;
  readonly outcome: ConditionOutcome;
  /** Attributes are asked for, and not the name alone. */
  readonly isAsked: boolean;
}

/** Undefined where nothing is granted, or the condition names too much. Worked out once for all assignments of a role. */
export function effectOf(
  expression: ConditionExpression,
  entries: readonly EntryPermissions[],
  context: Pick<CheckContext, 'catalog' | 'index'>,
): ConditionEffect | undefined {
  const known = getOrInsert(effects, entries, () => new WeakMap());
  if (!known.has(expression)) known.set(expression, findEffect(expression, entries, context));
  return known.get(expression);
}

/** Whether it guards only what is not granted. */
export function isWithoutEffect({ patterns, operations }: ConditionEffect): boolean {
  return patterns.length > 0 && operations.every(({ isNamed, outcome }) => !isNamed && outcome === 'always');
}

const effects = new WeakMap<
  readonly EntryPermissions[],
  WeakMap<ConditionExpression, ConditionEffect | undefined>
>();

function findEffect(
  expression: ConditionExpression,
  entries: readonly EntryPermissions[],
  context: Pick<CheckContext, 'catalog' | 'index'>,
): ConditionEffect | undefined {
  const { patterns, others } = guardedActions(expression);
  if (patterns.length > maxPatterns) return undefined;
  const parts = grantedParts(patterns, entries, context);
  if (parts === undefined || (parts.named.length === 0 && !parts.hasOthers)) return undefined;
  const toOutcome = (operation: string, isNamed: boolean, outcome: ConditionOutcome): OperationOutcome => ({
    operation,
    isNamed,
    outcome,
    isAsked: askedLeaves(expression, operation).size > 0,
  });
  const named = parts.named.map(name => toOutcome(name, true, outcomeFor(expression, name)));
  const rest = parts.hasOthers ? [toOutcome(unnamedAction, false, others)] : [];
  return { patterns, operations: [...named, ...rest] };
}

/** A condition of 8 KB has room for about as many. */
const maxPatterns = 100;
