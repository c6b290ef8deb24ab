import { append } from '../../maps.js';
import type { Notice } from '../../errors.js';
import type { JsonMember, JsonNode, JsonObject } from '../../input/json-node.js';
import { positionAt } from '../../input/position.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { CodeContext } from '../../input/code-resource.js';
import type { CodeAssignment } from './code-assignment.js';
import { otherSystemOf, textUnder, textsOf, type OtherSystem } from './look-alikes.js';
import { readRoleDefinition } from './read-role-definition.js';
import type { RoleDefinition } from './role-definition.js';
import { permissionObjects } from './role-form.js';
import { membersOf } from './role-properties.js';

/** What a document holds for us. */
export interface FoundRoleDefinitions {
  /** The document as its language's own reader has it, where that knows more of it. */
  readonly document?: SourceDocument;
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Assignments of code. */
  readonly assignments?: readonly CodeAssignment[];
  /** What code says beside them. */
  readonly context?: (() => CodeContext) | undefined;
  readonly notices: readonly Notice[];
  /** Other files that it deploys as its parts. */
  readonly modules?: readonly string[];
}

/** Where a file stands. */
export interface FilePlace {
  /** Absolute. */
  readonly path: string;
  readonly cwd: string;
}

/**
 * Finds and reads the role definitions of a document: one, a list, or the list in the `value` of a REST answer, in the
 * shapes of the Azure CLI, PowerShell, the portal and REST. `isNamed` says that the user named the file: then a sound
 * document without any is worth a notice, too.
 */
export function findRoleDefinitions(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const found = sort(document.root);
  const roleDefinitions = found.roles.map(node => readRoleDefinition(document, node));
  const notices = [...found.others].map(([system, nodes]) => notOurs(document, system, nodes));
  if (found.tooDeep !== undefined) notices.push(tooDeep(document, found.tooDeep));
  if (found.container !== undefined) notices.push(notSupported(document, found.container));
  else if (roleDefinitions.length === 0 && notices.length === 0)
    notices.push(...nothingFound(document, isNamed));
  return { roleDefinitions, notices };
}

/** Whether a document is an ARM template in which roles are defined or assigned: `find-roles.ts` has these read. */
export function isTemplateWithRoles({ root, text }: SourceDocument): boolean {
  if (root?.kind !== 'object' || !roleTypes.test(text)) return false;
  return containerOf(membersOf(root)) === 'ARM template';
}

/** Whether a document is a plan or state of Terraform in which roles are defined. */
export function isPlanWithRoles({ root, text }: SourceDocument): boolean {
  if (root?.kind !== 'object' || !terraformRoles.test(text)) return false;
  return containerOf(membersOf(root)) === 'Terraform document';
}

const roleTypes = /\/role(?:Definitions|Assignments|(?:Eligibility|Assignment)ScheduleRequests)\b/i;

const terraformRoles = /azurerm_(?:role_|pim_)|Microsoft\.Authorization\/role\w+@/i;

/** A format that role definitions are deployed from, which needs a reader of its own. */
type Container = 'ARM template' | 'Terraform document';

interface Sorted {
  readonly roles: JsonObject[];
  readonly others: Map<OtherSystem, JsonObject[]>;
  container: Container | undefined;
  /** The first list that lies in too many others. */
  tooDeep: JsonNode | undefined;
}

function sort(root: JsonNode | undefined): Sorted {
  const sorted: Sorted = { roles: [], others: new Map(), container: undefined, tooDeep: undefined };
  if (root?.kind === 'object') {
    const container = containerOf(membersOf(root));
    if (container !== undefined) {
      if (holdsRoleResource(root)) sorted.container = container;
      return sorted;
    }
  }
  const waiting = root === undefined ? [] : [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    const list = node.kind === 'array' ? node : listIn(node);
    if (list === undefined) {
      if (node.kind === 'object') sortObject(node, sorted);
    } else if (depth === deepestList) sorted.tooDeep ??= list;
    // Taken from the end, so that the first comes out first.
    else for (const item of list.items.toReversed()) waiting.push({ node: item, depth: depth + 1 });
  }
  return sorted;
}

/** Lists in lists; each role that lies deeper would name all of them in each of its places. */
const deepestList = 100;

function sortObject(object: JsonObject, sorted: Sorted): void {
  const other = otherSystemOf(object);
  if (other === undefined) {
    if (isRoleDefinition(object)) sorted.roles.push(object);
    return;
  }
  append(sorted.others, other, object);
}

/** REST answers with `value`, Resource Graph with `data`, Kubernetes with `items`; snapshots keep `roleDefinitions`. */
function listIn(node: JsonNode): (JsonNode & { kind: 'array' }) | undefined {
  if (node.kind !== 'object') return undefined;
  const members = membersOf(node);
  for (const name of ['value', 'data', 'items', 'roledefinitions']) {
    const value = members.get(name)?.value;
    if (value?.kind === 'array') return value;
  }
  return undefined;
}

function containerOf(members: Members): Container | undefined {
  if (members.has('terraform_version') || members.has('planned_values') || members.has('resource_changes')) {
    return 'Terraform document';
  }
  if (/deploymentTemplate\.json/i.test(textUnder(members.get('$schema')).slice(0, 1_000)))
    return 'ARM template';
  return members.has('resources') && members.has('contentversion') ? 'ARM template' : undefined;
}

function holdsRoleResource(root: JsonNode): boolean {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'array') for (const item of node.items) waiting.push(item);
    if (node.kind !== 'object') continue;
    for (const member of node.members) {
      if (member.key === 'type' && roleResource.test(textUnder(member))) return true;
      waiting.push(member.value);
    }
  }
  return false;
}

const roleResource = /^(azurerm_role_definition|Microsoft\.Authorization\/roleDefinitions(@.*)?)$/i;

type Members = ReadonlyMap<string, JsonMember>;

/**
 * Liberal, for what is not recognised is not linted; but a word that other systems use too, such as `actions`,
 * needs another beside it that only Azure has.
 */
function isRoleDefinition(object: JsonObject): boolean {
  const outer = membersOf(object);
  if (roleResource.test(textUnder(outer.get('type')))) return true;
  if (outer.has('principalid') && outer.has('roledefinitionid')) return false;
  if (isRoleBody(outer)) return true;
  const properties = outer.get('properties')?.value;
  return properties?.kind === 'object' && isRoleBody(membersOf(properties));
}

function isRoleBody(members: Members): boolean {
  if (members.has('principalid')) return false;
  if (azureOnly.some(name => members.has(name))) return true;
  const isNamed = members.has('rolename') || members.has('name');
  if (members.get('iscustom')?.key === 'IsCustom' && isNamed) return true;
  const permissions = members.get('permissions')?.value;
  if (permissions !== undefined && members.has('rolename')) return true;
  return (
    holdsActions(members) ||
    (permissions !== undefined && permissionObjects(permissions).map(membersOf).some(isPermission))
  );
}

function isPermission(members: Members): boolean {
  return azureOnly.some(name => members.has(name)) || holdsActions(members);
}

/** Names that no other system has; with the slips in them that are common. */
const azureOnly = [
  'assignablescopes',
  'assignablescope',
  'notactions',
  'dataactions',
  'dataaction',
  'notdataactions',
  'notdataaction',
];

function holdsActions(members: Members): boolean {
  return ['actions', 'action'].some(name => textsOf(members.get(name)).some(text => operation.test(text)));
}

/** A star before the first slash, or a provider with a dot in its name. */
const operation = /^(\*|[a-z]+(\.[a-z]+)+)\//i;

function notOurs(document: SourceDocument, system: OtherSystem, nodes: readonly JsonObject[]): Notice {
  const count = nodes.length === 1 ? `This is ${system}` : `${nodes.length} objects here are each ${system}`;
  const message = `${count}, not an Azure role definition; it was not linted.`;
  return { code: 'not-an-azure-role', message, file: document.file, ...placeOf(document, nodes[0]) };
}

function tooDeep(document: SourceDocument, list: JsonNode): Notice {
  const message = `A list lies in more than ${deepestList - 1} others here; what lies deeper was not looked at.`;
  return { code: 'nested-too-deeply', message, file: document.file, ...placeOf(document, list) };
}

function notSupported(document: SourceDocument, container: Container): Notice {
  const article = container === 'ARM template' ? 'an' : 'a';
  const message =
    `Role definitions in ${article} ${container} are not read yet. ` +
    'Export the deployed role with: az role definition list --name NAME -o json';
  return { code: 'not-supported-yet', message, file: document.file };
}

/**
 * What to say of a document without a role definition: a damaged text is worth a word wherever it was found, since what is not
 * there may have been lost.
 */
export function nothingFound(document: SourceDocument, isNamed: boolean): Notice[] {
  const [problem] = document.syntaxProblems;
  if (problem !== undefined) {
    const message = `No role definition was found, and the text is damaged: ${problem.message}`;
    return [
      { code: 'no-role-definition', message, file: document.file, ...positionAt(document, problem.start) },
    ];
  }
  if (!isNamed) return [];
  const message = `No role definition was found; the file holds ${whatIsIn(document.root)}.`;
  return [{ code: 'no-role-definition', message, file: document.file }];
}

function whatIsIn(root: JsonNode | undefined): string {
  if (root === undefined) return 'no value';
  if (root.kind !== 'object' && root.kind !== 'array')
    return root.kind === 'null' ? 'null' : `a ${root.kind}`;
  const list = root.kind === 'array' ? root : listIn(root);
  if (list !== undefined)
    return list.items.length === 0 ? 'an empty list' : `a list of ${whatIsOne(list.items[0])}`;
  return root.kind === 'object' ? whatObjectIs(root) : 'a list';
}

function whatIsOne(first: JsonNode | undefined): string {
  if (first?.kind !== 'object') return 'other values';
  return isRoleAssignment(first) ? 'role assignments' : 'other objects';
}

function whatObjectIs(object: JsonObject): string {
  const members = membersOf(object);
  const container = containerOf(members);
  if (container !== undefined) return `${container === 'ARM template' ? 'an' : 'a'} ${container} without any`;
  if (/deploymentParameters\.json/i.test(textUnder(members.get('$schema')).slice(0, 1_000)))
    return 'parameters of an ARM template';
  if (isRoleAssignment(object)) return 'a role assignment';
  const keys = object.members.slice(0, 4).map(member => JSON.stringify(member.key.slice(0, 40)));
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.join(', ')}`;
}

function isRoleAssignment(object: JsonObject): boolean {
  const outer = membersOf(object);
  const properties = outer.get('properties')?.value;
  const inner = properties?.kind === 'object' ? membersOf(properties) : outer;
  return inner.has('principalid') || inner.has('roledefinitionid') || inner.has('roledefinitionname');
}

function placeOf(document: SourceDocument, node: JsonNode | undefined): { line?: number; column?: number } {
  return node === undefined || document.text === '' ? {} : positionAt(document, node.start);
}
