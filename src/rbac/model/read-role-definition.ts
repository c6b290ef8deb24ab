import type { JsonMember, JsonObject } from '../../input/json-node.js';
import type { Located, SourceDocument } from '../../input/source-document.js';
import { refTo } from '../../input/source-ref.js';
import { actionKey } from './action-key.js';
import { isGuid, trailingGuid } from './guid.js';
import { defectsOfNames } from './role-defects.js';
import type { ActionEntry, ActionList, Permission, RoleDefect, RoleDefinition } from './role-definition.js';
import { formOf, isActionList, type RoleForm } from './role-form.js';
import { membersOf } from './role-properties.js';
import { RoleValues } from './role-values.js';

/**
 * Reads an object that was taken for a role definition, of any shape. Reads as much as can be understood: a list
 * under a wrongly cased name is read as that list, and the fault is kept in `defects`, in the order of the text.
 */
export function readRoleDefinition(document: SourceDocument, node: JsonObject): RoleDefinition {
  const values = new RoleValues(document);
  const form = formOf(node);
  const role = {
    at: refTo(document, node),
    shape: form.shape,
    name: nameOf(values, form),
    description: values.text(form.inner.get('description')),
    ...idOf(values, form),
    ...scopesOf(values, form),
    permissions: permissionsOf(values, form),
  };
  const roleType = roleTypeOf(values, form, role.assignableScopes, role.guid);
  const defects = [...values.defects, ...defectsOfNames(document, form)];
  if (!isDamaged(document, node)) defects.push(...missingOf(form, role, misspeltIn(defects)));
  return { ...role, roleType, defects: defects.sort(byPlace) };
}

function nameOf(values: RoleValues, form: RoleForm): Located<string> | undefined {
  const roleName = form.inner.get('rolename');
  if (roleName !== undefined || form.shape === 'cli-list') return values.text(roleName);
  const name = form.shape === 'rest' ? pascalName(form) : form.inner.get('name');
  return values.text(name);
}

/** In REST `name` is the GUID; but `Name` is PowerShell's word for the display name, and is so meant beside `properties`. */
function pascalName(form: RoleForm): JsonMember | undefined {
  const name = form.outer.get('name');
  return name?.key === 'Name' && name.value.kind === 'string' && !isGuid(String(name.value.value))
    ? name
    : undefined;
}

function idOf(values: RoleValues, form: RoleForm): Pick<RoleDefinition, 'id' | 'guid'> {
  const written = values.text(form.outer.get('id'));
  const id = written === undefined || written.value.trim() === '' ? guidName(values, form) : written;
  return { id, guid: id === undefined ? undefined : trailingGuid(id.value) };
}

/** Lists and REST keep the GUID in `name`; tools that make it themselves leave any text there. */
function guidName(values: RoleValues, form: RoleForm): Located<string> | undefined {
  if (form.shape !== 'rest' && form.shape !== 'cli-list') return undefined;
  const name = form.outer.get('name');
  if (name?.value.kind !== 'string' || !isGuid(String(name.value.value))) return undefined;
  return values.text(name);
}

function scopesOf(
  values: RoleValues,
  form: RoleForm,
): Pick<RoleDefinition, 'assignableScopes' | 'assignableScopesAt'> {
  const member = form.inner.get('assignablescopes') ?? form.outer.get('assignablescopes');
  if (member === undefined || member.value.kind === 'null')
    return { assignableScopes: [], assignableScopesAt: undefined };
  const scopes = values.texts(member).map(node => ({
    value: node.kind === 'string' ? String(node.value) : '',
    at: refTo(values.document, node),
  }));
  return { assignableScopes: scopes, assignableScopesAt: refTo(values.document, member.value) };
}

/** Permissions of `permissions`, then the flat lists as one more: they are never merged. */
function permissionsOf(values: RoleValues, form: RoleForm): Permission[] {
  const nested = form.inner.get('permissions') ?? form.outer.get('permissions');
  const found = nested === undefined ? [] : nestedPermissions(values, nested);
  for (const object of new Set([form.body, form.node])) {
    if (object.members.some(member => isActionList(member.key)))
      found.push(readPermission(values, object, found.length));
  }
  return found;
}

function nestedPermissions(values: RoleValues, member: JsonMember): Permission[] {
  const node = member.value;
  if (node.kind === 'object') {
    values.wrongType(member.key, 'a list of objects', node);
    return [readPermission(values, node, 0)];
  }
  if (node.kind !== 'array') {
    if (!values.isPlaceholder(node)) values.wrongType(member.key, 'a list of objects', node);
    return [];
  }
  const permissions: Permission[] = [];
  for (const item of node.items) {
    if (item.kind === 'object') permissions.push(readPermission(values, item, permissions.length));
    else if (!values.isPlaceholder(item)) values.wrongType(member.key, 'a list of objects', item);
  }
  return permissions;
}

function readPermission(values: RoleValues, object: JsonObject, index: number): Permission {
  const members = membersOf(object);
  return {
    at: refTo(values.document, object),
    actions: readList(values, members, 'actions', index),
    notActions: readList(values, members, 'notActions', index),
    dataActions: readList(values, members, 'dataActions', index),
    notDataActions: readList(values, members, 'notDataActions', index),
    condition: conditionOf(values, members),
    conditionVersion: values.text(members.get('conditionversion')),
  };
}

/** Azure writes a condition that is not there as null, or as an empty text. */
function conditionOf(
  values: RoleValues,
  members: ReadonlyMap<string, JsonMember>,
): Located<string> | undefined {
  const condition = values.text(members.get('condition'));
  return condition?.value.trim() === '' ? undefined : condition;
}

function readList(
  values: RoleValues,
  members: ReadonlyMap<string, JsonMember>,
  list: ActionList,
  permissionIndex: number,
): ActionEntry[] {
  return values.texts(members.get(list.toLowerCase())).map(node => {
    const text = node.kind === 'string' ? String(node.value) : '';
    return { text, key: actionKey(text), list, permissionIndex, at: refTo(values.document, node) };
  });
}

function roleTypeOf(
  values: RoleValues,
  form: RoleForm,
  scopes: readonly Located<string>[],
  guid: string | undefined,
): RoleDefinition['roleType'] {
  const isCustom = form.inner.get('iscustom');
  if (isCustom !== undefined && isCustom.value.kind !== 'boolean' && isCustom.value.kind !== 'null') {
    values.wrongType(isCustom.key, 'true or false', isCustom.value, 'ignored');
  }
  const types = [form.inner.get('roletype'), form.inner.get('type'), form.outer.get('type')];
  if (types.some(isBuiltIn)) return 'BuiltInRole';
  // PowerShell's export has no type. "IsCustom": false alone proves nothing, since nothing reads it on the way in.
  const isExport = guid !== undefined && scopes.length === 1 && scopes[0]?.value === '/';
  const isFalse = isCustom?.value.kind === 'boolean' && isCustom.value.value === false;
  return isExport && isFalse ? 'BuiltInRole' : 'CustomRole';
}

function isBuiltIn(type: JsonMember | undefined): boolean {
  return type?.value.kind === 'string' && String(type.value.value).toLowerCase() === 'builtinrole';
}

/** Then what seems to be missing may have been lost, and the damage is one fault, not two. */
function isDamaged(document: SourceDocument, node: JsonObject): boolean {
  return document.syntaxProblems.some(problem => problem.start >= node.start && problem.start < node.end);
}

/** What is there under a misspelt name is one fault, not two. */
function misspeltIn(defects: readonly RoleDefect[]): ReadonlySet<string> {
  return new Set(defects.map(defect => String(defect.evidence['suggestion'] ?? '').toLowerCase()));
}

function missingOf(
  form: RoleForm,
  role: Omit<RoleDefinition, 'defects' | 'roleType'>,
  misspelt: ReadonlySet<string>,
): RoleDefect[] {
  const missing: RoleDefect[] = [];
  if (isMissingName(form, role.name) && !misspelt.has('rolename'))
    missing.push({ kind: 'missing-name', at: role.name?.at ?? role.at, evidence: {} });
  if (
    isMissingPermissions(form, role.permissions) &&
    !['permissions', 'actions', 'dataactions'].some(name => misspelt.has(name))
  ) {
    missing.push({ kind: 'missing-permissions', at: role.at, evidence: {} });
  }
  if (isMissingScopes(form, role.assignableScopes) && !misspelt.has('assignablescopes')) {
    missing.push({ kind: 'missing-assignable-scopes', at: role.assignableScopesAt ?? role.at, evidence: {} });
  }
  return missing;
}

/** A name of another type is a defect of its own. */
function isMissingName(form: RoleForm, name: Located<string> | undefined): boolean {
  if (name !== undefined) return name.value.trim() === '';
  const members = [form.inner.get('rolename'), form.shape === 'rest' ? undefined : form.inner.get('name')];
  return members.every(
    member => member === undefined || member.value.kind === 'null' || member.value.kind === 'string',
  );
}

function isMissingPermissions(form: RoleForm, permissions: readonly Permission[]): boolean {
  return permissions.length === 0 && !form.inner.has('permissions') && !form.outer.has('permissions');
}

function isMissingScopes(form: RoleForm, scopes: readonly Located<string>[]): boolean {
  if (scopes.length > 0) return false;
  const node = (form.inner.get('assignablescopes') ?? form.outer.get('assignablescopes'))?.value;
  return node === undefined || node.kind === 'null' || (node.kind === 'array' && node.items.length === 0);
}

function byPlace(a: RoleDefect, b: RoleDefect): number {
  return (a.at.range?.start ?? 0) - (b.at.range?.start ?? 0);
}
