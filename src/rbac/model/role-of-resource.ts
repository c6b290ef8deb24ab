import type { CodeResource } from '../../input/code-resource.js';
import {
  locatedItems,
  locatedMembers,
  type LocatedMember,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../input/located-value.js';
import type { DocumentRange } from '../../input/source-document.js';
import { isGuid } from './guid.js';
import type { RoleDefect, RoleDefinition } from './role-definition.js';
import { roleOfCode } from './role-of-code.js';
import {
  isHarmless,
  nearProperty,
  permissionProperties,
  roleProperties,
  type KnownProperties,
} from './role-properties.js';

/** Whether a resource, named by Azure's types, is a role definition. */
export function isRoleDefinitionType(type: string): boolean {
  return /^Microsoft\.Authorization\/roleDefinitions$/i.test(type);
}

/** The role definition in a resource of Azure's own languages, which take properties as REST does. */
export function roleOfResource(resource: CodeResource): RoleDefinition {
  const { properties: outer, address } = resource;
  const body = partOf(outer, 'properties');
  const part = (name: string): LocatedValue | undefined => body && partOf(body, name);
  return roleOfCode({
    resource,
    name: part('roleName'),
    id: idOf(memberIn(outer, 'name')),
    description: part('description'),
    assignableScopes: part('assignableScopes'),
    hasDefaultScope: false,
    permissions: withNames(part('permissions')),
    defects: body === undefined ? [] : [...defectsOf(body, address)],
  });
}

/** Names of properties do not depend on case. */
function memberIn(object: LocatedObject, name: string): LocatedValue | undefined {
  const folded = name.toLowerCase();
  return locatedMembers(object).findLast(({ key }) => key.toLowerCase() === folded)?.value;
}

/** A property of a value that may be unknown itself. */
function partOf(body: LocatedValue, name: string): LocatedValue | undefined {
  if (body.kind !== 'object') return body.kind === 'unknown' ? body : undefined;
  const found = memberIn(body, name);
  if (found === undefined && body.more !== undefined) return unknownFor(body, body.more);
  return found && withoutEmptyDefault(found);
}

function unknownFor({ at, via }: LocatedValue, reason: UnknownReason): LocatedValue {
  return { kind: 'unknown', reason, parts: undefined, at, via };
}

/** What is empty because that is the default of a parameter will be something else when it is deployed. */
function withoutEmptyDefault(value: LocatedValue): LocatedValue {
  const step = value.via.find(({ kind }) => kind === 'default');
  if (step === undefined) return value;
  return unknownFor(value, { kind: 'input', name: step.name, at: step.at });
}

/** A name that is no GUID is refused by Azure, or is one that a tool replaces. */
function idOf(name: LocatedValue | undefined): LocatedValue | undefined {
  return name?.kind === 'unknown' || (name?.kind === 'string' && isGuid(name.value)) ? name : undefined;
}

/** The properties of permissions under the names that Azure gives them. */
function withNames(permissions: LocatedValue | undefined): LocatedValue | undefined {
  if (permissions?.kind === 'object') return named(permissions);
  if (permissions?.kind !== 'list') return permissions;
  return {
    ...permissions,
    items: permissions.items.map(item => (item.kind === 'object' ? named(item) : item)),
  };
}

function named(permission: LocatedObject): LocatedObject {
  const members = permission.members.map(member => ({
    ...member,
    value: withoutEmptyDefault(member.value),
    key: permissionProperties.get(member.key.toLowerCase()) ?? member.key,
  }));
  return { ...permission, members };
}

function* defectsOf(body: LocatedValue, address: string): Generator<RoleDefect> {
  yield* unknownIn(body, roleProperties, address);
  const permissions = partOf(body, 'permissions');
  const entries = permissions?.kind === 'list' ? locatedItems(permissions) : [permissions];
  for (const entry of entries) yield* unknownIn(entry, permissionProperties, `${address}/permissions`);
}

function* unknownIn(
  object: LocatedValue | undefined,
  known: KnownProperties,
  pointer: string,
): Generator<RoleDefect> {
  if (object?.kind !== 'object') return;
  const present = new Map(object.members.map(({ key }) => [key.toLowerCase(), true]));
  for (const member of object.members) {
    const folded = member.key.toLowerCase();
    if (!known.has(folded) && !isHarmless(member.key))
      yield unknownProperty(member, { known, present, pointer });
  }
}

function unknownProperty(
  { key, keyAt }: LocatedMember,
  {
    known,
    present,
    pointer,
  }: {
    readonly known: KnownProperties;
    readonly present: ReadonlyMap<string, unknown>;
    readonly pointer: string;
  },
): RoleDefect {
  const at = refOf(keyAt, `/${pointer}/${key}`);
  const suggestion = nearProperty(key, known, present);
  const kind = 'unknown-property';
  if (suggestion === undefined) return { kind, variant: 'other', at, evidence: { property: key } };
  return { kind, variant: 'near-match', at, evidence: { property: key, suggestion } };
}

function refOf({ document, start, end }: DocumentRange, pointer: string): RoleDefect['at'] {
  return { document, pointer, range: { start, end } };
}
