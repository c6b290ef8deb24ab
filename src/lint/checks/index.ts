import { actionVerdict } from './action-verdict.js';
import { assignableScope } from './assignable-scope.js';
import { broadWildcard } from './broad-wildcard.js';
import type { Check, SubjectKind } from './check.js';
import { conditionAllowsPrivilegedRole } from './conditions/condition-allows-privileged-role.js';
import { conditionAmbiguous } from './conditions/condition-ambiguous.js';
import { conditionDenyList } from './conditions/condition-deny-list.js';
import { conditionFault } from './conditions/condition-fault.js';
import { conditionMissingOnDelegation } from './conditions/condition-missing-on-delegation.js';
import { conditionSyntax } from './conditions/condition-syntax.js';
import { conditionVacuous } from './conditions/condition-vacuous.js';
import { conditionVersion } from './conditions/condition-version.js';
import { conditionWriteOnly } from './conditions/condition-write-only.js';
import { coversBuiltInRole } from './covers-built-in-role.js';
import { documentSyntax } from './document-syntax.js';
import { grantsOperationGroup } from './grants-operation-group.js';
import { roleMatchesBuiltin, roleNearBuiltin } from './like-built-in-role.js';
import { managementGroupScope } from './management-group-scope.js';
import { mlControlRoleLacksDeployments } from './ml-control-role-lacks-deployments.js';
import { mlControlRoleScores } from './ml-control-role-scores.js';
import { mlDataAction } from './ml-data-action.js';
import { mlRoleGrants } from './ml-role-grants.js';
import { mlScoringWildcard } from './ml-scoring-wildcard.js';
import { notActionEffect } from './not-action-effect.js';
import { notActionLeavesAuthorization } from './not-action-leaves-authorization.js';
import { notActionsCancelRole } from './not-actions-cancel-role.js';
import { repeatedAction } from './repeated-action.js';
import { repeatedScope } from './repeated-scope.js';
import { roleConditionNotSettable } from './role-condition-not-settable.js';
import { roleDefect } from './role-defect.js';
import { roleDescriptionContradicts } from './role-description-contradicts.js';
import { roleDescriptionMissing } from './role-description-missing.js';
import { roleEmpty } from './role-empty.js';
import { roleExceedsBudget } from './role-exceeds-budget.js';
import { roleGrantsProviderWildcard } from './role-grants-provider-wildcard.js';
import { roleIdentity } from './role-identity.js';
import { roleLimit } from './role-limit.js';
import { roleNameDuplicate } from './role-name-duplicate.js';
import { suppressionState } from './suppression-state.js';

/** The checks that rules may name. */
export const checks = {
  'action-verdict': actionVerdict,
  'assignable-scope': assignableScope,
  'broad-wildcard': broadWildcard,
  'condition-allows-privileged-role': conditionAllowsPrivilegedRole,
  'condition-ambiguous': conditionAmbiguous,
  'condition-deny-list': conditionDenyList,
  'condition-fault': conditionFault,
  'condition-missing-on-delegation': conditionMissingOnDelegation,
  'condition-syntax': conditionSyntax,
  'condition-vacuous': conditionVacuous,
  'condition-version': conditionVersion,
  'condition-write-only': conditionWriteOnly,
  'covers-built-in-role': coversBuiltInRole,
  'document-syntax': documentSyntax,
  'grants-operation-group': grantsOperationGroup,
  'management-group-scope': managementGroupScope,
  'ml-control-role-lacks-deployments': mlControlRoleLacksDeployments,
  'ml-control-role-scores': mlControlRoleScores,
  'ml-data-action': mlDataAction,
  'ml-role-grants': mlRoleGrants,
  'ml-scoring-wildcard': mlScoringWildcard,
  'not-action-effect': notActionEffect,
  'not-action-leaves-authorization': notActionLeavesAuthorization,
  'not-actions-cancel-role': notActionsCancelRole,
  'repeated-action': repeatedAction,
  'repeated-scope': repeatedScope,
  'role-condition-not-settable': roleConditionNotSettable,
  'role-defect': roleDefect,
  'role-description-contradicts': roleDescriptionContradicts,
  'role-description-missing': roleDescriptionMissing,
  'role-empty': roleEmpty,
  'role-exceeds-budget': roleExceedsBudget,
  'role-grants-provider-wildcard': roleGrantsProviderWildcard,
  'role-identity': roleIdentity,
  'role-limit': roleLimit,
  'role-matches-builtin': roleMatchesBuiltin,
  'role-name-duplicate': roleNameDuplicate,
  'role-near-builtin': roleNearBuiltin,
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
