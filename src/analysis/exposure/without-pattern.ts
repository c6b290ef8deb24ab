import type { Tenant } from '../../tenant/access/tenant.js';
import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { permissionsOf, type RolePermissions } from '../../rbac/permissions/effective.js';

/** A string that could be taken out of a custom role, and the role without it. */
export interface RemovablePattern {
  readonly roleGuid: string;
  readonly list: 'actions' | 'dataActions';
  readonly pattern: string;
  readonly without: RolePermissions;
}

/** Each string of a role once, in their order. */
export function* removablePatterns(
  roleGuid: string,
  role: RoleDefinition,
  tenant: Tenant,
): Generator<RemovablePattern> {
  for (const list of ['actions', 'dataActions'] as const) {
    const texts = new Map<string, string>();
    for (const permission of role.permissions)
      for (const { key, text } of permission[list]) if (!texts.has(key)) texts.set(key, text.trim());
    if (texts.size > mostPatterns) continue;
    for (const [key, pattern] of texts) {
      const without = permissionsOf(withoutKey(role, list, key), tenant.catalog, tenant.index);
      yield { roleGuid, list, pattern, without };
    }
  }
}

/** Who writes more by hand edits them by other means. */
const mostPatterns = 200;

function withoutKey(role: RoleDefinition, list: 'actions' | 'dataActions', key: string): RoleDefinition {
  const kept = (entries: readonly ActionEntry[]): readonly ActionEntry[] =>
    entries.filter(entry => entry.key !== key);
  return {
    ...role,
    permissions: role.permissions.map(permission => ({ ...permission, [list]: kept(permission[list]) })),
  };
}
