import { distance } from 'fastest-levenshtein';
import type { JsonMember, JsonObject } from '../input/json-node.js';
import type { ActionList } from './role-definition.js';

/** The lists of a permission, as REST and the Azure CLI spell them. */
export const actionLists: readonly ActionList[] = ['actions', 'notActions', 'dataActions', 'notDataActions'];

/** What may stand in an entry of `permissions[]`. */
export const permissionProperties: readonly string[] = [...actionLists, 'condition', 'conditionVersion'];

/**
 * What may stand beside the permissions, in any of the shapes: what the tools take, and what they export
 * (https://learn.microsoft.com/azure/role-based-access-control/custom-roles).
 */
export const roleProperties: readonly string[] = [
  'name', 'roleName', 'id', 'description', 'isCustom', 'roleType', 'type', 'assignableScopes', 'permissions', 'properties',
  'createdOn', 'createdBy', 'updatedOn', 'updatedBy', 'systemData', 'apiVersion', '$schema', 'isServiceRole', 'scope',
  'tenantId', 'resourceGroup', 'subscriptionId', 'location', 'kind', 'tags', 'dependsOn', 'metadata', 'comments',
];

/** The members of an object by name without regard to case, the last of equals: the one that JSON parsers keep. */
export function membersOf(object: JsonObject): Map<string, JsonMember> {
  return new Map(object.members.map(member => [member.key.toLowerCase(), member]));
}

/** The known property that a name was probably meant to be; undefined where it is none, or spelled right but for case. */
export function nearProperty(name: string, known: readonly string[]): string | undefined {
  if (name.length > longestName) return undefined;
  const folded = name.toLowerCase();
  const [nearest] = known
    .map(property => ({ property, away: distance(folded, property.toLowerCase()) }))
    .filter(({ property, away }) => away <= allowance(property))
    .sort((a, b) => a.away - b.away);
  return nearest?.property;
}

/** Longer names are no slip of a known one, and comparing them costs time. */
const longestName = 24;

/** Short names have too many neighbours that mean something else: `date` is not `name`. */
function allowance(property: string): number {
  if (property.length < 5) return 0;
  return property.length < 7 ? 1 : 2;
}

/** `actions` as `Actions` where the name that it stands in for begins in upper case. */
export function inCaseOf(name: string, property: string): string {
  const isPascal = /^\s*[A-Z]/.test(name);
  return isPascal ? property.charAt(0).toUpperCase() + property.slice(1) : property;
}
