import type { JsonMember, JsonNode, JsonObject } from '../../input/json-node.js';
import type { RoleShape } from './role-definition.js';
import { actionLists, membersOf } from './role-properties.js';

/** How a role definition was laid out. */
export interface RoleForm {
  readonly shape: RoleShape;
  readonly node: JsonObject;
  /** The members of the object itself, by lower-cased name. */
  readonly outer: ReadonlyMap<string, JsonMember>;
  /** The object that holds the role's properties: `properties` in REST, else the object itself. */
  readonly body: JsonObject;
  readonly inner: ReadonlyMap<string, JsonMember>;
}

/** The layout of an object that is taken for a role definition. */
export function formOf(node: JsonObject): RoleForm {
  const outer = membersOf(node);
  const properties = outer.get('properties')?.value;
  if (properties?.kind === 'object') {
    return { shape: 'rest', node, outer, body: properties, inner: membersOf(properties) };
  }
  return { shape: flatShape(outer), node, outer, body: node, inner: outer };
}

function flatShape(members: ReadonlyMap<string, JsonMember>): RoleShape {
  const permissions = members.get('permissions');
  if (permissions === undefined) return 'cli';
  if (members.has('rolename') && !hasPascalLists(permissions.value)) return 'cli-list';
  return permissions.key === 'Permissions' && hasPascalLists(permissions.value) ? 'powershell' : 'cli';
}

function hasPascalLists(permissions: JsonNode): boolean {
  return permissionObjects(permissions).some(object => object.members.some(isPascalList));
}

/** The objects in a `permissions`, which some write as a single object. */
export function permissionObjects(permissions: JsonNode): JsonObject[] {
  const items = permissions.kind === 'array' ? permissions.items : [permissions];
  return items.filter(item => item.kind === 'object');
}

/** A list of a permission whose name begins in upper case, such as `Actions`. */
export function isPascalList(member: JsonMember): boolean {
  const first = member.key.charAt(0);
  return first !== first.toLowerCase() && isActionList(member.key);
}

export function isActionList(key: string): boolean {
  return foldedLists.has(key.toLowerCase());
}

const foldedLists: ReadonlySet<string> = new Set(actionLists.map(list => list.toLowerCase()));
