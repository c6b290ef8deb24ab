import type { OperationPlane } from '../../rbac/catalog/operation-table.js';

/** An operation that was missing. */
export interface MissingOperation {
  /** As the catalog spells it, else as written. */
  readonly name: string;
  readonly inCatalog: boolean;
  readonly plane: OperationPlane;
}
