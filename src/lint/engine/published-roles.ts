import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { permissionsOf } from '../../rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { maxSeveralStars } from '../../rbac/permissions/action-pattern.js';

/** Role definitions, by whether they are Azure's own. */
export interface SortedRoles {
  /** The catalog has them. */
  readonly published: readonly RoleDefinition[];
  /** All others, as custom roles. */
  readonly custom: readonly RoleDefinition[];
  /** Roles of the others that say that they are built-in. */
  readonly claimed: readonly RoleDefinition[];
}

/**
 * What a file says of a role's type proves nothing, and nothing reads it when a role is created. A built-in role is one
 * that the catalog has, by GUID and name, and that grants no more than it does there.
 */
export function sortByOrigin(roles: readonly RoleDefinition[], catalog: Catalog): SortedRoles {
  const published: RoleDefinition[] = [];
  const custom: RoleDefinition[] = [];
  const claimed: RoleDefinition[] = [];
  const isPublished = publishedIn(catalog);
  for (const role of roles) {
    if (role.roleType === 'CustomRole') custom.push(role);
    else if (isPublished(role)) published.push(role);
    else {
      claimed.push(role);
      // An older export of Azure's, perhaps under a former name: what it grants is judged, its identity and scopes are Azure's.
      const isExport = role.guid !== undefined && catalog.builtInRoles.find(role.guid) !== undefined;
      custom.push(isExport ? role : { ...role, roleType: 'CustomRole' });
    }
  }
  return { published, custom, claimed };
}

function publishedIn(catalog: Catalog): (role: RoleDefinition) => boolean {
  let index: OperationIndex | undefined;
  return role => {
    const known = role.guid === undefined ? undefined : catalog.builtInRoles.find(role.guid);
    if (known === undefined || known.name?.value !== role.name?.value) return false;
    // Of an export of the catalog's own day all are written alike: nothing has to be expanded.
    if (known === role || writtenAs(known) === writtenAs(role)) return true;
    if (hasCondition(known) || hasCondition(role)) return false;
    index ??= new OperationIndex(catalog, { severalStars: maxSeveralStars });
    const [granted, published] = [role, known].map(each => permissionsOf(each, catalog, index!).set);
    return granted!.isSubsetOf(published!);
  };
}

/** Equal for roles that list the same strings, in any order and case. */
function writtenAs({ permissions }: RoleDefinition): string {
  return JSON.stringify(
    permissions.map(({ actions, notActions, dataActions, notDataActions, condition }) => [
      ...[actions, notActions, dataActions, notDataActions].map(list => list.map(({ key }) => key).sort()),
      condition?.value,
    ]),
  );
}

function hasCondition({ permissions }: RoleDefinition): boolean {
  return permissions.some(({ condition }) => condition !== undefined);
}
