import { actionVerdict } from './action-verdict.js';
import { broadWildcard } from './broad-wildcard.js';
import type { Check, SubjectKind } from './check.js';
import { coversBuiltInRole } from './covers-built-in-role.js';
import { equalsBuiltInRole, nearBuiltInRole } from './like-built-in-role.js';
import { grantsOperationGroup } from './grants-operation-group.js';
import { mlControlRoleLacksDeployments } from './ml-control-role-lacks-deployments.js';
import { mlControlRoleScores } from './ml-control-role-scores.js';
import { mlDataAction } from './ml-data-action.js';
import { mlRoleGrants } from './ml-role-grants.js';
import { mlScoringWildcard } from './ml-scoring-wildcard.js';
import { notActionEffect } from './not-action-effect.js';
import { notActionLeavesOperations } from './not-action-leaves-operations.js';
import { notActionsCancelRole } from './not-actions-cancel-role.js';
import { providerWildcard } from './provider-wildcard.js';
import { repeatedAction } from './repeated-action.js';
import { setSize } from './set-size.js';
import { suppressionState } from './suppression-state.js';

/** The checks that rules may name. */
export const checks = {
  'action-verdict': actionVerdict,
  'broad-wildcard': broadWildcard,
  'covers-built-in-role': coversBuiltInRole,
  'equals-built-in-role': equalsBuiltInRole,
  'grants-operation-group': grantsOperationGroup,
  'ml-control-role-lacks-deployments': mlControlRoleLacksDeployments,
  'ml-control-role-scores': mlControlRoleScores,
  'ml-data-action': mlDataAction,
  'ml-role-grants': mlRoleGrants,
  'ml-scoring-wildcard': mlScoringWildcard,
  'near-built-in-role': nearBuiltInRole,
  'not-action-effect': notActionEffect,
  'not-action-leaves-operations': notActionLeavesOperations,
  'not-actions-cancel-role': notActionsCancelRole,
  'provider-wildcard': providerWildcard,
  'repeated-action': repeatedAction,
  'set-size': setSize,
  'suppression-state': suppressionState,
} as const satisfies Readonly<Record<string, AnyCheck>>;

/** A check whose options are checked elsewhere: against its `optionsSchema`, before a run. */
export type AnyCheck = { readonly [Kind in SubjectKind]: Check<Kind, never> }[SubjectKind];

/** Undefined where there is none of that name. */
export function findCheck(name: string): AnyCheck | undefined {
  return Object.hasOwn(checks, name) ? (checks as Readonly<Record<string, AnyCheck>>)[name] : undefined;
}

export function checkNames(): string[] {
  return Object.keys(checks);
}
