import type { JsonMember, JsonNode, JsonObject } from '../../input/json-node.js';
import { permissionObjects } from './role-form.js';
import { membersOf } from './role-properties.js';

/** A permission system whose documents look like Azure roles, as it stands in a sentence. */
export type OtherSystem =
  | 'an Azure Cosmos DB native role'
  | 'a Kubernetes role'
  | 'a Microsoft Entra role'
  | 'an Azure Policy document'
  | 'an AWS IAM policy'
  | 'a Google Cloud role';

/** The system that an object belongs to, if it is no Azure role but looks like one. */
export function otherSystemOf(object: JsonObject): OtherSystem | undefined {
  const members = membersOf(object);
  const properties = members.get('properties')?.value;
  const inner = properties?.kind === 'object' ? membersOf(properties) : members;
  return tests.find(({ matches }) => matches(members, inner))?.system;
}

type Members = ReadonlyMap<string, JsonMember>;

const tests: readonly { readonly system: OtherSystem; matches(outer: Members, inner: Members): boolean }[] = [
  { system: 'an Azure Cosmos DB native role', matches: isCosmosRole },
  { system: 'a Kubernetes role', matches: isKubernetesRole },
  { system: 'a Microsoft Entra role', matches: isEntraRole },
  { system: 'an Azure Policy document', matches: isPolicy },
  { system: 'an AWS IAM policy', matches: isAwsPolicy },
  { system: 'a Google Cloud role', matches: outer => outer.has('includedpermissions') },
];

/**
 * Cosmos DB keeps roles of its own, for its data, with the words of Azure roles
 * (https://learn.microsoft.com/azure/cosmos-db/nosql/security/reference-data-plane-roles). An Azure role that names
 * such operations by mistake is told from them by an action, or by what only Azure roles have.
 */
function isCosmosRole(outer: Members, inner: Members): boolean {
  const type = `${textUnder(outer.get('type'))} ${textUnder(outer.get('id'))}`;
  if (/Microsoft\.DocumentDB\/databaseAccounts\/.*RoleDefinitions/i.test(type.slice(0, 2_000))) return true;
  const permissions = inner.get('permissions')?.value;
  if (permissions === undefined || inner.has('iscustom') || !inner.has('rolename')) return false;
  const lists = permissionObjects(permissions).map(membersOf);
  const dataActions = lists.flatMap(list => textsOf(list.get('dataactions')));
  const hasActions = lists.some(list => textsOf(list.get('actions')).length > 0);
  return !hasActions && dataActions.length > 0 && dataActions.every(text => cosmosOperation.test(text));
}

const cosmosOperation =
  /^Microsoft\.DocumentDB\/databaseAccounts\/(readMetadata|throughputSettings|sqlDatabases|tables|gremlin|cassandra|mongodb|mongoMI)/i;

function isKubernetesRole(outer: Members): boolean {
  const kind = textUnder(outer.get('kind'));
  if (textUnder(outer.get('apiversion')).startsWith('rbac.authorization.k8s.io/')) return true;
  return /^(Cluster)?Role(Binding)?$/.test(kind) && (outer.has('rules') || outer.has('roleref'));
}

function isEntraRole(outer: Members, inner: Members): boolean {
  if (inner.has('rolepermissions') || inner.has('allowedresourceactions')) return true;
  return textUnder(outer.get('@odata.type')) === '#microsoft.graph.unifiedRoleDefinition';
}

function isPolicy(outer: Members, inner: Members): boolean {
  if (inner.has('policyrule') || inner.has('policydefinitions') || inner.has('policydefinitionid'))
    return true;
  if (/^Microsoft\.Authorization\/policy/i.test(textUnder(outer.get('type')))) return true;
  return inner.has('if') && inner.has('then');
}

function isAwsPolicy(outer: Members): boolean {
  const statement = outer.get('statement')?.value;
  const statements = statement?.kind === 'array' ? statement.items : [statement];
  return [...statements.filter(each => each?.kind === 'object').map(membersOf), outer].some(
    members => members.has('effect') && (members.has('action') || members.has('notaction')),
  );
}

/** The string of a member, else empty. */
export function textUnder(member: JsonMember | undefined): string {
  return member?.value.kind === 'string' ? String(member.value.value) : '';
}

/** The strings of a list, or the string that stands in its place. */
export function textsOf(member: JsonMember | undefined): string[] {
  const node = member?.value;
  const nodes: readonly JsonNode[] = node?.kind === 'array' ? node.items : node === undefined ? [] : [node];
  return nodes.flatMap(each => (each.kind === 'string' ? [String(each.value)] : []));
}
