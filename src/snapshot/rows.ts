import { isGuid, trailingGuid } from '../model/guid.js';
import type { Principal } from '../model/principal.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { parseScope } from '../model/scope.js';
import type { DenyAssignment } from './deny-assignment.js';
import type { SnapshotGap } from './snapshot.js';
import { toRoleDefinition } from './snapshot-roles.js';

// One row of what was collected, as Azure's REST interface answers (`properties` inside) or as the Azure CLI prints it
// (flat). Each reader returns a reason, the end of a sentence, for a row that makes no sense.

/** A value of `JSON.parse` that may be anything. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What Azure says of the thing: its `properties`, or the row itself where it is flat. */
export function bodyOf(row: Row): Row {
  const properties = own(row, 'properties');
  return isRow(properties) ? properties : row;
}

/** Never what an object inherits: a row may lack any property, and hold one named `__proto__`. */
export function own(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

export function textOf(row: Row, name: string): string | undefined {
  const value = own(row, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function readRoleAssignment(row: Row): RoleAssignment | string {
  const body = bodyOf(row);
  const id = textOf(row, 'id') ?? textOf(row, 'name');
  const principalId = textOf(body, 'principalId');
  const roleGuid = trailingGuid(textOf(body, 'roleDefinitionId') ?? '');
  const scope = textOf(body, 'scope') ?? scopeInId(id);
  if (principalId === undefined || !isGuid(principalId)) return 'its principalId is no GUID';
  if (roleGuid === undefined) return 'its roleDefinitionId does not end in a GUID';
  if (scope === undefined) return 'it has no scope';
  if (!isPlace(scope)) return 'its scope is none that Azure has';
  return {
    id: (id ?? '').toLowerCase(),
    scope,
    principalId: principalId.toLowerCase(),
    principalType: textOf(body, 'principalType'),
    roleGuid,
    condition: textOf(body, 'condition'),
  };
}

/** https://learn.microsoft.com/rest/api/authorization/deny-assignments */
export function readDenyAssignment(row: Row, file: string): DenyAssignment | string {
  const body = bodyOf(row);
  const id = textOf(row, 'id') ?? textOf(row, 'name') ?? '';
  const scope = textOf(body, 'scope') ?? scopeInId(id);
  if (scope === undefined || !isPlace(scope)) return 'its scope is none that Azure has';
  return {
    id: id.toLowerCase(),
    scope,
    appliesToChildScopes: own(body, 'doNotApplyToChildScopes') !== true,
    principals: idsIn(own(body, 'principals')),
    excludedPrincipals: idsIn(own(body, 'excludePrincipals')),
    denied: toRoleDefinition({ name: id, permissions: own(body, 'permissions') ?? [] }, file),
  };
}

export function readPrincipal(row: Row): Principal | string {
  const id = textOf(row, 'id');
  if (id === undefined || !isGuid(id)) return 'its id is no GUID';
  const memberOf = own(row, 'memberOf');
  const groups = Array.isArray(memberOf) ? memberOf.filter(group => typeof group === 'string') : [];
  return {
    id: id.toLowerCase(),
    type: principalTypes.find(type => type === own(row, 'type')) ?? 'Unknown',
    displayName: textOf(row, 'displayName'),
    memberOf: groups.map(group => group.toLowerCase()),
  };
}

/** A management group and its parent; `undefined` where the row does not say what the parent is. */
export function readManagementGroup(row: Row): { name: string; parent: string | null | undefined } | string {
  const name = lastPart(textOf(row, 'name') ?? textOf(row, 'id'));
  return name === undefined ? 'it has no id' : { name, parent: parentIn(row) };
}

/** A subscription and its management group, if the row says it. */
export function readSubscription(row: Row): { id: string; managementGroup: string | null } | string {
  const id = lastPart(textOf(row, 'subscriptionId') ?? textOf(row, 'id'));
  if (id === undefined || !isGuid(id)) return 'its id is no GUID';
  const group = textOf(row, 'managementGroup');
  return { id, managementGroup: lastPart(group) ?? parentIn(row) ?? null };
}

export function readGap(row: Row): SnapshotGap {
  return {
    what: textOf(row, 'what') ?? 'something',
    scope: textOf(row, 'scope') ?? '/',
    reason: textOf(row, 'reason') ?? 'no reason is given',
  };
}

const principalTypes = ['User', 'Group', 'ServicePrincipal'] as const;

/** Snapshots name the parent; `az account management-group entities list` has an object with its id. */
function parentIn(row: Row): string | null | undefined {
  const body = bodyOf(row);
  const details = own(body, 'details');
  const parent =
    own(row, 'parent') ?? own(body, 'parent') ?? (isRow(details) ? own(details, 'parent') : undefined);
  if (typeof parent === 'string') return lastPart(parent) ?? null;
  if (isRow(parent)) return lastPart(textOf(parent, 'id') ?? textOf(parent, 'name')) ?? null;
  return Object.hasOwn(row, 'parent') || Object.hasOwn(body, 'parent') ? null : undefined;
}

function lastPart(id: string | undefined): string | undefined {
  const part = id?.slice(id.lastIndexOf('/') + 1).toLowerCase();
  return part === '' ? undefined : part;
}

/** The id of an assignment is that of its scope, then `/providers/Microsoft.Authorization/…/{guid}`. */
function scopeInId(id: string | undefined): string | undefined {
  const at = id?.toLowerCase().lastIndexOf('/providers/microsoft.authorization/') ?? -1;
  return at < 0 ? undefined : id!.slice(0, at) || '/';
}

/** Assignments are many, their scopes few. */
function isPlace(scope: string): boolean {
  const known = places.get(scope);
  if (known !== undefined) return known;
  const found = !['malformed', 'placeholder', 'wildcard'].includes(parseScope(scope).kind);
  if (places.size >= mostPlaces) places.clear();
  places.set(scope, found);
  return found;
}

const places = new Map<string, boolean>();
const mostPlaces = 10_000;

function idsIn(principals: unknown): Set<string> {
  const rows = Array.isArray(principals) ? principals.filter(isRow) : [];
  return new Set(rows.flatMap(row => textOf(row, 'id')?.toLowerCase() ?? []));
}
