import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { ConditionReader } from './condition-truth.js';

/** Where roles are found by their GUIDs, and their conditions read: a tenant, or the files of a run. */
export interface RoleSource {
  readonly conditions: ConditionReader;
  /** What the role grants; undefined where nobody knows it. The GUID is in lower case. */
  role(guid: string): RolePermissions | undefined;
  /** GUIDs of all roles that there are, the built-in ones among them; some may come twice. */
  roleGuids(): Iterable<string>;
}
