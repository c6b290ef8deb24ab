import type { CodeResource } from '../../input/code-resource.js';
import type { JsonNode, JsonObject } from '../../input/json-node.js';
import {
  locatedMember,
  locatedMembers,
  type LocatedObject,
  type LocatedValue,
} from '../../input/located-value.js';
import { commentsOfYaml } from '../../input/formats/yaml/yaml-comments.js';
import { valueOfYaml } from '../../input/formats/yaml/yaml-values.js';
import type { SourceDocument } from '../../input/source-document.js';
import { readYamlDocuments } from '../../input/yaml.js';
import { nothingFound, type FoundRoleDefinitions } from './find-role-definitions.js';
import { otherSystemOf } from './look-alikes.js';
import type { RoleDefinition } from './role-definition.js';
import { roleOfCode } from './role-of-code.js';

/**
 * The role definitions in a text of YAML, found by what is in it: tasks of Ansible
 * (https://docs.ansible.com/ansible/latest/collections/azure/azcollection/azure_rm_roledefinition_module.html), values of charts,
 * lists of roles. Names of properties may be in any case, with underscores or without. Loaded where there is one.
 */
export async function rolesOfYaml(source: SourceDocument, isNamed: boolean): Promise<FoundRoleDefinitions> {
  const { document: read, roots } = await readYamlDocuments(source.text, source.file);
  const document = { ...read, root: undefined, comments: commentsOfYaml(source.text) };
  const roleDefinitions = roots.flatMap((root, i) =>
    rolesUnder({ node: root, address: roots.length > 1 ? `[${i}]` : '' }, document),
  );
  return {
    document,
    roleDefinitions,
    notices: roleDefinitions.length > 0 ? [] : nothingFound(document, isNamed),
  };
}

/** A value, and the way to it: `tasks[0].azure_rm_roledefinition`. */
interface Placed {
  readonly node: JsonNode;
  readonly address: string;
}

function rolesUnder(root: Placed, document: SourceDocument): RoleDefinition[] {
  const found: RoleDefinition[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, address } = next;
    if (node.kind === 'object' && isRole(node, address)) {
      if (!isRemoved(node)) found.push(roleOf(node, address, document));
      continue;
    }
    // Taken from the end, so that the first comes out first.
    waiting.push(...inside(node, address).reverse());
  }
  return found;
}

function inside(node: JsonNode, address: string): Placed[] {
  if (node.kind === 'array')
    return node.items.map((item, i) => ({ node: item, address: `${address}[${i}]` }));
  if (node.kind !== 'object' || otherSystemOf(node) !== undefined) return [];
  return node.members.map(({ key, value }) => ({
    node: value,
    address: address === '' ? key : `${address}.${key}`,
  }));
}

/** Liberal, as for JSON; but of a list of actions alone nobody knows whose it is. */
function isRole(object: JsonObject, address: string): boolean {
  if (otherSystemOf(object) !== undefined) return false;
  const names = new Map(object.members.map(({ key, value }) => [folded(key), value]));
  if (/(?:^|\.)azure_rm_roledefinition$/.test(address)) return names.has('name') || names.has('permissions');
  const isTold = names.has('assignablescopes') || names.has('rolename') || names.has('name');
  const permissions = names.get('permissions');
  const items = permissions?.kind === 'array' ? permissions.items : [permissions];
  return isTold && [object, ...items].some(each => each?.kind === 'object' && isPermission(each));
}

function isPermission({ members }: JsonObject): boolean {
  return members.some(({ key, value }) => {
    const name = folded(key);
    if (azureOnly.has(name)) return true;
    return name === 'actions' && value.kind === 'array' && value.items.some(isOperation);
  });
}

/** Names that no other system has. */
const azureOnly: ReadonlySet<string> = new Set(['notactions', 'dataactions', 'notdataactions']);

/** A star before the first slash, or a provider with a dot in its name. */
function isOperation(node: JsonNode): boolean {
  return node.kind === 'string' && /^(\*|[a-z]+(\.[a-z]+)+)(?:\/|$)/i.test(String(node.value));
}

/** Whether a task sees to it that the role is gone. */
function isRemoved({ members }: JsonObject): boolean {
  return members.some(
    ({ key, value }) => key === 'state' && value.kind === 'string' && value.value === 'absent',
  );
}

function roleOf(node: JsonObject, address: string, document: SourceDocument): RoleDefinition {
  const properties = withAzureNames(valueOfYaml(node, document));
  const at = { document, start: node.start, end: node.end };
  const whole: LocatedObject =
    properties.kind === 'object' ? properties : { kind: 'object', members: [], more: undefined, at, via: [] };
  const part = (name: string): LocatedValue | undefined => locatedMember(whole, name)?.value;
  const resource: CodeResource = {
    type: 'role definition',
    address: address === '' ? 'role' : address,
    domain: document.file,
    at,
    properties: whole,
    presence: undefined,
  };
  const listed = part('permissions');
  return roleOfCode({
    resource,
    name: part('roleName') ?? part('name'),
    id: part('id'),
    description: part('description'),
    assignableScopes: part('assignableScopes'),
    hasDefaultScope: true,
    permissions: listed ?? { kind: 'list', items: [whole], more: undefined, at, via: [] },
  });
}

/** Properties under the names that Azure gives them, in the role and its permissions. */
function withAzureNames(value: LocatedValue): LocatedValue {
  if (value.kind === 'list') return { ...value, items: value.items.map(withAzureNames) };
  if (value.kind !== 'object') return value;
  const members = locatedMembers(value).map(member => {
    const key = azureNames.get(folded(member.key)) ?? member.key;
    return { ...member, key, value: key === 'permissions' ? withAzureNames(member.value) : member.value };
  });
  return { ...value, members };
}

const azureNames: ReadonlyMap<string, string> = new Map(
  [
    'id',
    'name',
    'roleName',
    'description',
    'assignableScopes',
    'permissions',
    'actions',
    'notActions',
    'dataActions',
    'notDataActions',
  ].map(name => [name.toLowerCase(), name]),
);

/** `not_actions`, `notActions` and `NotActions` are one name. */
function folded(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}
