import type { Coverage } from '../../rbac/action-sets/coverage.js';
import type { IdentityResult, IdentitySummary } from '../../analysis/expectations/check-report.js';

// What `azrbac check` and `azrbac audit --expect` write for scripts: role-catalog/schemas/check-result.v1.json and
// checked-identity.v1.json. Lists of operations are handed on as they are: many results share them, and each is written once.

/** What an identity holds against what it needs at a scope. */
export function resultObject(result: IdentityResult): object {
  const {
    subject,
    actionSet,
    actionSets,
    scope,
    denied,
    denials,
    remedies,
    because,
    accepted,
    unknownReach,
  } = result;
  return {
    subject,
    actionSet,
    actionSets,
    scope,
    ...coverageObject(result),
    denied,
    denials,
    remedies,
    because,
    accepted,
    notChecked: result.notChecked,
    unknownReach,
  };
}

/** Whether what is held covers what is needed, and what is too much. */
export function coverageObject({
  status,
  coverage,
  leastPrivilege,
  covered,
  conditional,
  missing,
  forbidden,
  excess,
}: Coverage): object {
  return { status, coverage, leastPrivilege, covered, conditional, missing, forbidden, excess };
}

/** An identity, by all of its results. */
export function checkedIdentityObject(identity: IdentitySummary): object {
  const { subject, status, never, widerThanNeeded, redundant } = identity;
  return { subject, status, never, widerThanNeeded, redundant };
}
