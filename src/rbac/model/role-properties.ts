import { distance } from 'fastest-levenshtein';
import type { JsonMember, JsonObject } from '../../input/json-node.js';
import type { ActionList } from './role-definition.js';

/** The lists of a permission, as REST and the Azure CLI spell them. */
export const actionLists: readonly ActionList[] = ['actions', 'notActions', 'dataActions', 'notDataActions'];

/** Names of properties as REST and the Azure CLI spell them, by their lower-cased form. */
export type KnownProperties = ReadonlyMap<string, string>;

/** What may stand in an entry of `permissions[]`. */
export const permissionProperties: KnownProperties = byFoldedName([
  ...actionLists,
  'condition',
  'conditionVersion',
]);

/** What Azure's tools take in the other objects of a role, in any of the shapes. */
export const roleProperties: KnownProperties = byFoldedName([
  'name',
  'roleName',
  'id',
  'description',
  'isCustom',
  'roleType',
  'type',
  'assignableScopes',
  'permissions',
  'properties',
  ...permissionProperties.values(),
]);

/** What they export beside it, and what editors and templates leave: without meaning, and without harm. */
const harmless: KnownProperties = byFoldedName([
  'createdOn',
  'createdBy',
  'updatedOn',
  'updatedBy',
  'systemData',
  'isServiceRole',
  'scope',
  'tenantId',
  'subscriptionId',
  'resourceGroup',
  'location',
  'kind',
  'tags',
  'dependsOn',
  'metadata',
  'apiVersion',
  'comment',
  'comments',
]);

/** Whether Azure's tools leave the property unread and nobody expects otherwise, such as `$schema` and `_comment`. */
export function isHarmless(name: string): boolean {
  return /^(\$|_|\/\/)/.test(name) || harmless.has(name.toLowerCase());
}

function byFoldedName(names: readonly string[]): KnownProperties {
  return new Map(names.map(name => [name.toLowerCase(), name]));
}

/** The members of an object by name without regard to case, the last of equals: the one that JSON parsers keep. */
export function membersOf(object: JsonObject): Map<string, JsonMember> {
  return new Map(object.members.map(member => [member.key.toLowerCase(), member]));
}

/**
 * The known property that a name was probably meant to be, if it is near enough to one. `present` are those that the
 * object has, by folded name: a short one is only meant where it is missing.
 */
export function nearProperty(
  name: string,
  known: KnownProperties,
  present: ReadonlyMap<string, unknown>,
): string | undefined {
  if (name.length > longestName) return undefined;
  const folded = name.toLowerCase();
  let nearest: string | undefined;
  let nearestAway = Number.POSITIVE_INFINITY;
  for (const [property, spelling] of known) {
    const allowed = Math.min(allowance(property, present), nearestAway - 1);
    if (Math.abs(property.length - folded.length) > allowed) continue;
    const away = distance(folded, property);
    if (away <= allowed) [nearest, nearestAway] = [spelling, away];
  }
  return nearest;
}

/** Longer names are no slip of a known one, and comparing them costs time. */
const longestName = 24;

/** Short names have too many neighbours that mean something else: `date` is not `name`. */
function allowance(property: string, present: ReadonlyMap<string, unknown>): number {
  if (property.length < 5) return property.length === 4 && !present.has(property) ? 1 : 0;
  return property.length < 7 ? 1 : 2;
}

/** `actions` as `Actions` where the name that it stands in for begins in upper case. */
export function inCaseOf(name: string, property: string): string {
  const isPascal = /^\s*[A-Z]/.test(name);
  return isPascal ? property.charAt(0).toUpperCase() + property.slice(1) : property;
}
