import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';

/** Names of code: the address of a resource in Terraform, a symbol in Bicep. */
export interface CodeNames {
  /** The ids of the principals that the name stands for. */
  principals(name: string): readonly string[];
  scopes(name: string): readonly Scope[];
}

/** What expectations speak of. */
export interface ExpectationContext {
  readonly sets: ActionSets;
  readonly catalog: Catalog;
  readonly index: OperationIndex;
  /** Object ids of the managed identities of a resource, by its ARM id; undefined where there is no snapshot. */
  /** Names of code that is not deployed yet: the principals and scopes that it has names for. */
  readonly code?: CodeNames | undefined;
  readonly identitiesOf?: ((resource: string) => readonly string[]) | undefined;
}
