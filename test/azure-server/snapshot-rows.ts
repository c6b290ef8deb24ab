import { groupId } from './arm-containers.js';
import { roleDefinitionAt } from './role-definition-rows.js';
import {
  authorizationKinds,
  type AuthorizationKind,
  type AzureTenant,
  type DirectoryObject,
  type ScopedRow,
} from './tenant.js';

export interface SnapshotRow {
  readonly kind:
    | AuthorizationKind
    | 'roleDefinitions'
    | 'principals'
    | 'managementGroups'
    | 'subscriptions'
    | 'resources';
  readonly value: Readonly<Record<string, unknown>> & { readonly id: string };
}

/** What a perfect collection of the whole tenant holds: every row once. Built-in roles need not be in it. */
export function* snapshotRowsOf(tenant: AzureTenant): Generator<SnapshotRow> {
  for (const role of tenant.roleDefinitions)
    if (role.properties.type === 'CustomRole')
      yield { kind: 'roleDefinitions', value: { ...roleDefinitionAt(role, '') } };
  const named = new Set<string>();
  for (const row of authorizationRows(tenant)) {
    for (const id of namedIn(row)) named.add(id);
    yield row;
  }
  yield* principalRows(tenant, named);
  for (const { name, parent } of tenant.managementGroups)
    yield { kind: 'managementGroups', value: { id: name, parent } };
  for (const { id, displayName, managementGroup } of tenant.subscriptions)
    yield { kind: 'subscriptions', value: { id, displayName, managementGroup } };
}

/** The principals that belong to rows that were collected. */
export function principalsFor(tenant: AzureTenant, rows: readonly SnapshotRow[]): SnapshotRow[] {
  return [...principalRows(tenant, new Set(rows.flatMap(namedIn)))];
}

function* authorizationRows(tenant: AzureTenant): Generator<SnapshotRow> {
  for (const kind of authorizationKinds)
    for (const row of tenant.top[kind])
      if (row.properties.scope !== '/' || tenant.caller.isElevated) yield { kind, value: { ...row } };
  for (const { id } of tenant.subscriptions) {
    const rows = tenant.inSubscription(id);
    for (const kind of authorizationKinds) for (const row of rows[kind]) yield { kind, value: { ...row } };
    for (const row of rows.resources) yield { kind: 'resources', value: { ...row } };
  }
}

/** Ids of principals that a row names: who is granted or denied something, and who a resource acts as. */
export function namedIn({ kind, value }: SnapshotRow): string[] {
  const properties = (value['properties'] ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'resources') {
    const identity = (value['identity'] ?? {}) as Readonly<Record<string, unknown>>;
    const assigned = Object.values((identity['userAssignedIdentities'] ?? {}) as { [id: string]: unknown });
    const shared = assigned.map(one => (one as { principalId?: unknown }).principalId);
    const own = [identity['principalId'], properties['principalId']];
    return [...own, ...shared].filter(id => typeof id === 'string');
  }
  if (!(authorizationKinds as readonly string[]).includes(kind)) return [];
  const denied = [properties['principals'], properties['excludePrincipals']].flatMap(list =>
    ((list ?? []) as { id: string }[]).map(({ id }) => id),
  );
  const own = properties['principalId'];
  return typeof own === 'string' ? [own, ...denied] : denied;
}

/**
 * Those that are named, the members of groups among them, however deep, and those who own any of them; and of which of
 * these groups each is a direct member.
 */
function* principalRows({ directory }: AzureTenant, named: ReadonlySet<string>): Generator<SnapshotRow> {
  const { objects, members, owners } = directory;
  const found = new Set([...named].filter(id => objects.has(id)));
  const memberOf = new Map<string, string[]>();
  for (const id of found)
    for (const member of members.get(id) ?? []) {
      found.add(member);
      memberOf.set(member, [...(memberOf.get(member) ?? []), id]);
    }
  for (const id of found) for (const owner of owners.get(id) ?? []) found.add(owner);
  for (const id of found) {
    const value = principalRow(objects.get(id)!, memberOf.get(id) ?? [], owners.get(id) ?? []);
    yield { kind: 'principals', value };
  }
}

function principalRow(
  object: DirectoryObject,
  memberOf: readonly string[],
  owners: readonly string[],
): SnapshotRow['value'] {
  const { id, displayName, userType, accountEnabled, servicePrincipalType } = object;
  const type = typeOf(object);
  return { id, type, displayName, memberOf, owners, userType, accountEnabled, servicePrincipalType };
}

function typeOf(object: DirectoryObject): string {
  if (object['@odata.type'] === '#microsoft.graph.user') return 'User';
  return object['@odata.type'] === '#microsoft.graph.group' ? 'Group' : 'ServicePrincipal';
}

/** Where a row stands, as gaps name it. */
export function scopeOf({ kind, value }: SnapshotRow): string {
  const { properties } = value as unknown as ScopedRow;
  if ((authorizationKinds as readonly string[]).includes(kind)) return properties.scope;
  if (kind === 'managementGroups') return groupId(value.id);
  return kind === 'subscriptions' ? `/subscriptions/${value.id}` : value.id;
}
