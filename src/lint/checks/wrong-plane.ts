import { getOrInsert } from '../../maps.js';
import type { BuiltInRoles } from '../../rbac/catalog/built-in-roles.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Operation, OperationPlane } from '../../rbac/catalog/operation-table.js';
import { planeOf, type ActionEntry, type ActionList, type Plane } from '../../rbac/model/role-definition.js';

/** Says that a string stands in a list of the plane on which it grants nothing. */
export interface WrongPlane {
  /** The plane that it belongs to. */
  readonly plane: Plane;
  /** The list of that plane. */
  readonly to: ActionList;
  readonly basis: 'published' | 'inferred';
}

/**
 * Judges a string by the operations that it covers: wrong only if each of them belongs to the other plane alone. An
 * operation of unknown plane, or one that is published on both, may be what the author meant. What a built-in role
 * lists on that plane is right, whatever the providers publish.
 */
export function wrongPlaneOf(
  entry: ActionEntry,
  covered: readonly Operation[],
  catalog: Pick<Catalog, 'builtInRoles'>,
): WrongPlane | undefined {
  const plane = otherPlane[planeOf[entry.list]];
  if (covered.length === 0 || !covered.every(operation => operation.plane === (plane as OperationPlane)))
    return undefined;
  if (standsInBuiltInRole(entry, catalog)) return undefined;
  const isPublished = covered.every(operation => operation.basis === 'published');
  return { plane, to: sibling[entry.list], basis: isPublished ? 'published' : 'inferred' };
}

const otherPlane = { control: 'data', data: 'control' } as const;

const sibling = {
  actions: 'dataActions',
  notActions: 'notDataActions',
  dataActions: 'actions',
  notDataActions: 'notActions',
} as const;

/** Asked once per string and list: a hostile role may repeat a string that 100 built-in roles have. */
function standsInBuiltInRole(
  { key: folded, list }: ActionEntry,
  { builtInRoles }: Pick<Catalog, 'builtInRoles'>,
): boolean {
  const known = getOrInsert(standing, builtInRoles, () => new Map());
  // What no built-in role mentions is not kept: there is no end to such strings.
  if (!builtInRoles.mentions(folded)) return false;
  const key = `${list} ${folded}`;
  return getOrInsert(known, key, () => isListed(folded, list, builtInRoles));
}

const standing = new WeakMap<BuiltInRoles, Map<string, boolean>>();

function isListed(folded: string, list: ActionList, builtInRoles: BuiltInRoles): boolean {
  return builtInRoles
    .mentioning(folded)
    .some(role => role.permissions.some(permission => permission[list].some(entry => entry.key === folded)));
}
