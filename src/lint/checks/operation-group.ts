import type { Plane } from '../../rbac/model/role-definition.js';

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
  /** What its holder can do with it, as the end of the sentence "Whoever may do this …". */
  readonly reason: string;
}
