import type { Plane } from '../../rbac/model/role-definition.js';
import type { RelatedPlace } from './match.js';

/** A named list of operations that rules look for: `rules/operation-groups/<name>.json`. */
export interface OperationGroup {
  readonly name: string;
  readonly title: string;
  readonly operations: readonly GroupOperation[];
}

export interface GroupOperation {
  /** As in the catalog: no wildcard. */
  readonly operation: string;
  readonly plane: Plane;
  /** What it allows, without a subject: `can read the keys of a storage account`. */
  readonly reason: string;
}

/** An operation and what it allows, as a related place of a finding says it. */
export function operationMeaning({
  operation,
  reason,
}: GroupOperation): Pick<RelatedPlace, 'operation' | 'meaning' | 'message'> {
  return { operation, meaning: reason, message: `${operation}: ${reason}.` };
}
