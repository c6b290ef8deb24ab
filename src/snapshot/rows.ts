import { comparableId, isGuid, trailingGuid } from '../model/guid.js';
import type { Principal } from '../model/principal.js';
import type { RoleAssignment, ScheduledAssignment } from '../model/role-assignment.js';
import type { SourceRef } from '../input/source-document.js';
import { parseScope } from '../model/scope.js';
import type { DenyAssignment } from './deny-assignment.js';
import type { SnapshotResource } from './snapshot-resource.js';
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

export function readRoleAssignment(row: Row, at: SourceRef): RoleAssignment | string {
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
    conditionVersion: textOf(body, 'conditionVersion'),
    at,
  };
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignment-schedule-instances */
export function readScheduledAssignment(row: Row, at: SourceRef): ScheduledAssignment | string {
  const assignment = readRoleAssignment(row, at);
  if (typeof assignment === 'string') return assignment;
  const body = bodyOf(row);
  return {
    ...assignment,
    startsOn: textOf(body, 'startDateTime'),
    endsOn: textOf(body, 'endDateTime'),
    assignmentType: assignmentTypes.find(type => type === own(body, 'assignmentType')),
    originId: textOf(body, 'originRoleAssignmentId')?.toLowerCase(),
  };
}

const assignmentTypes = ['Assigned', 'Activated'] as const;

/** https://learn.microsoft.com/rest/api/authorization/deny-assignments */
export function readDenyAssignment(row: Row, at: SourceRef): DenyAssignment | string {
  const body = bodyOf(row);
  const id = textOf(row, 'id') ?? textOf(row, 'name') ?? '';
  const scope = textOf(body, 'scope') ?? scopeInId(id);
  if (scope === undefined || !isPlace(scope)) return 'its scope is none that Azure has';
  return {
    id: id.toLowerCase(),
    name: textOf(body, 'denyAssignmentName') ?? textOf(body, 'name'),
    scope,
    appliesToChildScopes: own(body, 'doNotApplyToChildScopes') !== true,
    // https://learn.microsoft.com/rest/api/authorization/deny-assignments: absent before 2024-07-01-preview.
    effect: textOf(body, 'denyAssignmentEffect')?.toLowerCase() === 'audit' ? 'audit' : 'enforced',
    principals: idsIn(own(body, 'principals')),
    excludedPrincipals: idsIn(own(body, 'excludePrincipals')),
    individuals: new Set([
      ...idsIn(own(body, 'principals'), isIndividual),
      ...idsIn(own(body, 'excludePrincipals'), isIndividual),
    ]),
    denied: toRoleDefinition({ name: id, permissions: own(body, 'permissions') ?? [] }, at.document.file),
    condition: textOf(body, 'condition'),
    at,
  };
}

export function readPrincipal(row: Row): Principal | string {
  const id = textOf(row, 'id');
  if (id === undefined || !isGuid(id)) return 'its id is no GUID';
  const accountEnabled = own(row, 'accountEnabled');
  return {
    id: id.toLowerCase(),
    type: principalTypes.find(type => type === own(row, 'type')) ?? 'Unknown',
    displayName: textOf(row, 'displayName'),
    memberOf: textsIn(own(row, 'memberOf')),
    owners: textsIn(own(row, 'owners')),
    userType: userTypes.find(type => type === own(row, 'userType')),
    accountEnabled: typeof accountEnabled === 'boolean' ? accountEnabled : undefined,
    servicePrincipalType: textOf(row, 'servicePrincipalType'),
  };
}

/** https://learn.microsoft.com/azure/templates: any resource has `identity`; a user-assigned identity is one itself. */
export function readResource(row: Row, at: SourceRef): SnapshotResource | string {
  const id = textOf(row, 'id');
  if (id === undefined || !isPlace(id)) return 'its id is no scope that Azure has';
  const identity = own(row, 'identity');
  const assigned = isRow(identity) ? own(identity, 'userAssignedIdentities') : undefined;
  return {
    id: id.toLowerCase(),
    type: (textOf(row, 'type') ?? '').toLowerCase(),
    principalId: (
      (isRow(identity) ? textOf(identity, 'principalId') : undefined) ?? textOf(bodyOf(row), 'principalId')
    )?.toLowerCase(),
    userAssigned: isRow(assigned)
      ? Object.entries(assigned).map(([name, value]) => userAssigned(name, value))
      : [],
    at,
  };
}

function userAssigned(id: string, value: unknown): SnapshotResource['userAssigned'][number] {
  return {
    id: id.toLowerCase(),
    principalId: isRow(value) ? textOf(value, 'principalId')?.toLowerCase() : undefined,
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

const userTypes = ['Member', 'Guest'] as const;

/** The texts of a list, in lower case. */
function textsIn(list: unknown): string[] {
  const texts = Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
  return texts.map(text => text.toLowerCase());
}

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

function isIndividual(principal: Row): boolean {
  const type = textOf(principal, 'type');
  return type === 'User' || type === 'ServicePrincipal';
}

function idsIn(principals: unknown, isMeant: (principal: Row) => boolean = () => true): Set<string> {
  const rows = Array.isArray(principals) ? principals.filter(isRow).filter(isMeant) : [];
  // Azure prints the ids of deny assignments without hyphens in places (https://github.com/Azure/ARO-RP/pull/3710).
  return new Set(rows.flatMap(row => comparableId(textOf(row, 'id') ?? '') || []));
}
