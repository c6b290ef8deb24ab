import type { JsonMember, JsonNode, JsonObject } from '../../input/json-node.js';
import type { SourceDocument } from '../../input/source-document.js';
import { refToKey } from '../../input/source-ref.js';
import { isGuid } from './guid.js';
import type { RoleDefect } from './role-definition.js';
import { isActionList, isPascalList, permissionObjects, type RoleForm } from './role-form.js';
import {
  inCaseOf,
  isHarmless,
  membersOf,
  nearProperty,
  permissionProperties,
  roleProperties,
  type KnownProperties,
} from './role-properties.js';

/** What is wrong with the names of a role's properties: unknown, written twice, or of two shapes at once. */
export function* defectsOfNames(document: SourceDocument, form: RoleForm): Generator<RoleDefect> {
  yield* unknownProperties(document, form);
  yield* duplicateKeys(document, form);
  yield* mixedShapes(document, form);
  yield* pascalCaseInside(document, form);
}

function* unknownProperties(document: SourceDocument, form: RoleForm): Generator<RoleDefect> {
  for (const object of new Set([form.node, form.body])) {
    yield* unknownIn(document, form, object, roleProperties);
  }
  for (const permission of permissionsIn(form))
    yield* unknownIn(document, form, permission, permissionProperties);
}

function* unknownIn(
  document: SourceDocument,
  form: RoleForm,
  object: JsonObject,
  known: KnownProperties,
): Generator<RoleDefect> {
  const present = membersOf(object);
  for (const member of object.members) yield* unknownProperty(document, form, member, { known, present });
}

function* unknownProperty(
  document: SourceDocument,
  form: RoleForm,
  member: JsonMember,
  { known, present }: { known: KnownProperties; present: ReadonlyMap<string, JsonMember> },
): Generator<RoleDefect> {
  const { key } = member;
  const exact = known.get(key.toLowerCase());
  if (exact !== undefined && (form.shape === 'rest' || isSpelled(key, exact))) return;
  if (isHarmless(key)) return;
  const near = exact ?? nearProperty(key, known, present);
  const at = refToKey(document, member);
  if (near === undefined)
    yield { kind: 'unknown-property', variant: 'other', at, evidence: { property: key } };
  else {
    const evidence = { property: key, suggestion: inCaseOf(key, near) };
    yield { kind: 'unknown-property', variant: 'near-match', at, evidence };
  }
}

/** The tools that care about case (the Azure CLI) lower the first letter only: `Assignablescopes` is lost on them. */
function isSpelled(key: string, property: string): boolean {
  return key.slice(1) === property.slice(1);
}

/** In the objects of the role definition; `Actions` and `actions` are one property to Azure's tools. */
function* duplicateKeys(document: SourceDocument, form: RoleForm): Generator<RoleDefect> {
  const waiting: { readonly node: JsonNode; readonly depth: number }[] = [{ node: form.node, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (node.kind === 'object') yield* duplicateKeysOf(document, node);
    if (depth === deepestProperty) continue;
    if (node.kind === 'array') for (const item of node.items) waiting.push({ node: item, depth: depth + 1 });
    if (node.kind === 'object')
      for (const { value } of node.members) waiting.push({ node: value, depth: depth + 1 });
  }
}

/** The lists of a role lie four levels deep in it. Whatever lies far below is no part of any role. */
const deepestProperty = 20;

function* duplicateKeysOf(document: SourceDocument, object: JsonObject): Generator<RoleDefect> {
  const seen = new Set<string>();
  for (const member of object.members) {
    const name = roleProperties.has(member.key.toLowerCase()) ? member.key.toLowerCase() : member.key;
    if (seen.has(name)) {
      yield { kind: 'duplicate-key', at: refToKey(document, member), evidence: { key: member.key } };
    }
    seen.add(name);
  }
}

function* mixedShapes(document: SourceDocument, form: RoleForm): Generator<RoleDefect> {
  const properties = form.outer.get('properties');
  const permissions = form.inner.get('permissions');
  const lists = form.body.members.filter(member => isActionList(member.key));
  if (form.shape === 'rest' && properties !== undefined) {
    for (const member of form.node.members) {
      if (belongsInside(member)) yield mixed(document, member, properties);
    }
    for (const list of lists) if (permissions === undefined) yield mixed(document, list, properties);
  }
  if (permissions !== undefined) for (const list of lists) yield mixed(document, list, permissions);
  yield* twoNames(document, form);
}

/** What REST keeps in `properties`, and PowerShell's `Name`, which means what REST calls `properties.roleName`. */
function belongsInside({ key, value }: JsonMember): boolean {
  if (key === 'Name') return value.kind === 'string' && !isGuid(String(value.value));
  const folded = key.toLowerCase();
  return (
    isActionList(key) || folded === 'permissions' || folded === 'assignablescopes' || folded === 'rolename'
  );
}

function* twoNames(document: SourceDocument, form: RoleForm): Generator<RoleDefect> {
  const [name, roleName] = [form.inner.get('name'), form.inner.get('rolename')];
  if (form.shape === 'rest' || name?.value.kind !== 'string' || roleName?.value.kind !== 'string') return;
  if (name.value.value === roleName.value.value || isGuid(String(name.value.value))) return;
  yield mixed(document, name, roleName);
}

function mixed(document: SourceDocument, member: JsonMember, beside: JsonMember): RoleDefect {
  const evidence = { property: member.key, other: beside.key };
  return { kind: 'mixed-shapes', at: refToKey(document, member), evidence };
}

/**
 * The Azure CLI reads the lists inside `permissions` in lower camel case only, and makes a role that grants nothing
 * of any other. PowerShell from Az 16 on writes and takes them in Pascal case. Said once for a role, at the first.
 */
function* pascalCaseInside(document: SourceDocument, form: RoleForm): Generator<RoleDefect> {
  if (form.shape === 'rest') return;
  const variant = form.shape === 'powershell' ? 'powershell' : 'silently-empty';
  for (const permission of permissionsIn(form)) {
    const list = permission.members.find(isPascalList);
    if (list === undefined) continue;
    const suggestion = permissionProperties.get(list.key.toLowerCase()) ?? list.key;
    const evidence = { property: list.key, suggestion };
    return yield { kind: 'nested-pascal-case', variant, at: refToKey(document, list), evidence };
  }
}

function permissionsIn(form: RoleForm): JsonObject[] {
  const permissions = form.inner.get('permissions');
  return permissions === undefined ? [] : permissionObjects(permissions.value);
}
