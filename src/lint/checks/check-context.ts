import type { SourceDocument } from '../../input/source-document.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Inventory } from '../../rbac/model/inventory.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { RoleSource } from '../../tenant/access/role-source.js';
import type { OperationGroup } from './operation-group.js';

/** What a check may ask. Everything is memoised for the run. */
export interface CheckContext {
  readonly catalog: Catalog;
  readonly inventory: Inventory;
  /** From patterns to the operations of {@link catalog}; its expansions are kept for the run. */
  readonly index: OperationIndex;
  /** Roles by GUID: of the tenant, or of the files and built in. */
  readonly roles: RoleSource;
  /** The day the run is about, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly groups: readonly OperationGroup[];
  /** The operation group of that name. @throws Error if there is none: rules are validated before a run. */
  group(name: string): OperationGroup;
  /** What the role grants. */
  permissionsOf(role: RoleDefinition): RolePermissions;
  /** Whether placeholders belong in the document: by its name, or because the configuration says so. */
  isTemplate(document: SourceDocument): boolean;
}
