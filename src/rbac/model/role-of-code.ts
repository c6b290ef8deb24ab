import type { CodeResource } from '../../input/code-resource.js';
import {
  locatedItems,
  locatedMember,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../input/located-value.js';
import type { Located } from '../../input/source-document.js';
import { identityOf } from '../../input/value-identity.js';
import { actionKey } from './action-key.js';
import { CodeValues } from './code-values.js';
import { trailingGuid } from './guid.js';
import type { ActionEntry, ActionList, Permission, RoleDefect, RoleDefinition } from './role-definition.js';

/** What the resource of a role says, by Azure's names, whatever format and names it was written in. */
export interface RoleParts {
  readonly resource: CodeResource;
  readonly name: LocatedValue | undefined;
  /** A GUID, or an id that ends in one. */
  readonly id: LocatedValue | undefined;
  readonly description: LocatedValue | undefined;
  readonly assignableScopes: LocatedValue | undefined;
  /** Whether the format itself says where a role is assignable that says nothing about it. */
  readonly hasDefaultScope: boolean;
  /** A list of objects with `actions`, `notActions`, `dataActions`, `notDataActions`, `condition`, `conditionVersion`. */
  readonly permissions: LocatedValue | undefined;
  /** What the format's reader saw that is wrong with the names of the properties. */
  readonly defects?: readonly RoleDefect[];
}

/** The role definition that a resource of code deploys, as far as it is known. */
export function roleOfCode(parts: RoleParts): RoleDefinition {
  const { resource } = parts;
  const values = new CodeValues(resource.address);
  if (resource.presence !== undefined) values.unknown('presence', resource.presence);
  const damage = damageIn(resource);
  if (damage !== undefined) values.unknown('permissions', damage);
  const id = values.text(parts.id, 'id');
  const role = {
    at: values.ref(resource.at, ''),
    shape: 'code',
    address: resource.address,
    name: values.text(parts.name, 'name', '/name'),
    id,
    guid: id === undefined ? undefined : trailingGuid(id.value),
    ...(id === undefined && parts.id !== undefined && { identity: identityOf(parts.id) }),
    description: values.text(parts.description, 'description'),
    roleType: 'CustomRole',
    assignableScopes: values.texts(parts.assignableScopes, 'assignableScopes', '/assignableScopes'),
    assignableScopesAt: parts.assignableScopes && values.refTo(parts.assignableScopes, '/assignableScopes'),
    permissions: permissionsOf(values, parts.permissions),
  } as const;
  const defects = [...(parts.defects ?? []), ...values.defects, ...missingOf(role, parts, values)];
  return { ...role, defects, unknowns: values.unknowns };
}

function permissionsOf(values: CodeValues, written: LocatedValue | undefined): Permission[] {
  const objects = values.objects(written, 'permissions', '/permissions');
  return objects.map((object, index) => permissionOf(values, object, index));
}

function permissionOf(values: CodeValues, object: LocatedObject, index: number): Permission {
  const pointer = `/permissions/${index}`;
  if (object.more !== undefined) values.unknown('permissions', object.more);
  const member = (name: string): LocatedValue | undefined => locatedMember(object, name)?.value;
  const list = (name: ActionList): ActionEntry[] =>
    values.texts(member(name), name, `${pointer}/${name}`).map(({ value, at }) => ({
      text: value,
      key: actionKey(value),
      list: name,
      permissionIndex: index,
      at,
    }));
  return {
    at: values.refTo(object, pointer),
    actions: list('actions'),
    notActions: list('notActions'),
    dataActions: list('dataActions'),
    notDataActions: list('notDataActions'),
    condition: conditionOf(values.text(member('condition'), 'condition', `${pointer}/condition`)),
    conditionVersion: values.text(member('conditionVersion'), 'condition', `${pointer}/conditionVersion`),
  };
}

/** Azure writes a condition that is not there as null, or as an empty text. */
function conditionOf(condition: Located<string> | undefined): Located<string> | undefined {
  return condition?.value.trim() === '' ? undefined : condition;
}

function missingOf(
  role: Pick<RoleDefinition, 'at' | 'name' | 'permissions' | 'assignableScopes' | 'assignableScopesAt'>,
  parts: RoleParts,
  values: CodeValues,
): RoleDefect[] {
  // What seems to be missing from a damaged text may have been lost.
  if (damageIn(parts.resource) !== undefined) return [];
  const missing: RoleDefect[] = [];
  if (isAbsent(parts.name) || role.name?.value.trim() === '') {
    missing.push({ kind: 'missing-name', at: role.name?.at ?? role.at, evidence: {} });
  }
  const { permissions, assignableScopes } = parts;
  if (role.permissions.length === 0 && (isAbsent(permissions) || isEmpty(permissions))) {
    missing.push({ kind: 'missing-permissions', at: role.at, evidence: {} });
  }
  const isUnset = parts.hasDefaultScope && (isAbsent(assignableScopes) || isEmpty(assignableScopes));
  if (!isUnset && (isAbsent(assignableScopes) || isEmpty(assignableScopes))) {
    missing.push({
      kind: 'missing-assignable-scopes',
      at: role.assignableScopesAt ?? role.at,
      evidence: {},
    });
  }
  // What a reader took for a misspelt name is one fault, not two.
  const misspelt = new Set(
    [...(parts.defects ?? []), ...values.defects].map(({ evidence }) => evidence['suggestion']),
  );
  return missing.filter(({ kind }) => !misspelt.has(propertyMissing[kind]));
}

const propertyMissing: Readonly<Partial<Record<RoleDefect['kind'], string>>> = {
  'missing-name': 'name',
  'missing-permissions': 'permissions',
  'missing-assignable-scopes': 'assignableScopes',
};

function damageIn({ at: { document, start, end } }: CodeResource): UnknownReason | undefined {
  const problem = document.syntaxProblems.find(each => each.start >= start && each.start < end);
  if (problem === undefined) return undefined;
  const at = { document, start: problem.start, end: problem.end };
  return { kind: 'error', name: 'The text', detail: 'is damaged here', at };
}

function isAbsent(value: LocatedValue | undefined): boolean {
  return value === undefined || value.kind === 'null';
}

function isEmpty(value: LocatedValue | undefined): boolean {
  return value?.kind === 'list' && value.more === undefined && locatedItems(value).length === 0;
}
