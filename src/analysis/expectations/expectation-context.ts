import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';

/** What expectations speak of. */
export interface ExpectationContext {
  readonly sets: ActionSets;
  readonly catalog: Catalog;
  readonly index: OperationIndex;
  /** Object ids of the managed identities of a resource, by its ARM id; undefined where there is no snapshot. */
  readonly identitiesOf?: ((resource: string) => readonly string[]) | undefined;
}
