import { isGuid } from '../../rbac/model/guid.js';
import type { Principal } from '../../rbac/model/principal.js';
import { isPlace, parseScope } from '../../rbac/model/scope.js';
import type { SourceRef } from '../../input/source-document.js';
import { bodyOf, isRow, own, textOf, type Row } from './row.js';
import type { SharedTexts } from './shared-texts.js';
import type { SnapshotResource } from './snapshot-resource.js';
import type { SnapshotGap } from './snapshot.js';

// One row of what was collected, as Azure's REST interface answers (`properties` inside) or as the Azure CLI prints it
// (flat). Each reader returns a reason, the end of a sentence, for a row that makes no sense.

export function readPrincipal(row: Row, shared: SharedTexts): Principal | string {
  const id = shared.guid(textOf(row, 'id') ?? '');
  if (id === undefined) return 'its ID is not a GUID';
  const { type, servicePrincipalType } = kindOf(textOf(row, 'type'));
  const accountEnabled = own(row, 'accountEnabled');
  return {
    id,
    type,
    displayName: textOf(row, 'displayName'),
    memberOf: idsIn(own(row, 'memberOf'), shared),
    owners: idsIn(own(row, 'owners'), shared),
    userType: userTypes.find(userType => userType === own(row, 'userType')),
    accountEnabled: typeof accountEnabled === 'boolean' ? accountEnabled : undefined,
    servicePrincipalType: shared.of(textOf(row, 'servicePrincipalType')) ?? servicePrincipalType,
  };
}

/** https://learn.microsoft.com/azure/templates: any resource has `identity`; a user-assigned identity is one itself. */
export function readResource(row: Row, at: SourceRef, shared: SharedTexts): SnapshotResource | string {
  const id = textOf(row, 'id');
  if (id === undefined || !isPlace(parseScope(id))) return 'its ID is not a valid scope ID';
  const identity = own(row, 'identity');
  const assigned = isRow(identity) ? own(identity, 'userAssignedIdentities') : undefined;
  const principalId =
    (isRow(identity) ? textOf(identity, 'principalId') : undefined) ?? textOf(bodyOf(row), 'principalId');
  return {
    id: id.toLowerCase(),
    type: shared.of((textOf(row, 'type') ?? '').toLowerCase()),
    principalId: principalId === undefined ? undefined : shared.id(principalId),
    userAssigned: isRow(assigned)
      ? Object.entries(assigned).map(([name, value]) => userAssigned(name, value, shared))
      : [],
    at,
    ...clientIdIn(bodyOf(row)),
  };
}

/** Few resources have one. */
function clientIdIn(row: Row): Pick<SnapshotResource, 'clientId'> {
  const clientId = textOf(row, 'clientId')?.toLowerCase();
  return clientId === undefined ? {} : { clientId };
}

function userAssigned(
  id: string,
  value: unknown,
  shared: SharedTexts,
): SnapshotResource['userAssigned'][number] {
  const principalId = isRow(value) ? textOf(value, 'principalId') : undefined;
  return {
    id: shared.of(id.toLowerCase()),
    principalId: principalId === undefined ? undefined : shared.id(principalId),
    ...(isRow(value) ? clientIdIn(value) : {}),
  };
}

interface ManagementGroupRow {
  readonly name: string;
  /** `undefined` where the row does not say what the parent is. */
  readonly parent: string | null | undefined;
  readonly displayName: string | undefined;
}

export function readManagementGroup(row: Row): ManagementGroupRow | string {
  const name = lastPart(textOf(row, 'name') ?? textOf(row, 'id'));
  if (name === undefined) return 'it has no id';
  return { name, parent: parentIn(row), displayName: unlessId(displayNameIn(row), name) };
}

interface SubscriptionRow {
  readonly id: string;
  readonly managementGroup: string | null;
  readonly displayName: string | undefined;
}

/** A subscription, its management group and what it is called, as far as the row says it. */
export function readSubscription(row: Row): SubscriptionRow | string {
  const id = lastPart(textOf(row, 'subscriptionId') ?? textOf(row, 'id'));
  if (id === undefined || !isGuid(id)) return 'its ID is not a GUID';
  const managementGroup = lastPart(textOf(row, 'managementGroup')) ?? parentIn(row) ?? null;
  // `az account list` has what it is called as `name`, in which others have its id.
  const displayName = unlessId(displayNameIn(row) ?? textOf(row, 'name'), id);
  return { id, managementGroup, displayName };
}

function displayNameIn(row: Row): string | undefined {
  return textOf(row, 'displayName') ?? textOf(bodyOf(row), 'displayName');
}

function unlessId(name: string | undefined, id: string): string | undefined {
  return name?.toLowerCase() === id ? undefined : name;
}

export function readGap(row: Row): SnapshotGap {
  return {
    what: textOf(row, 'what') ?? 'something',
    scope: textOf(row, 'scope') ?? '/',
    reason: textOf(row, 'reason') ?? 'no reason is given',
  };
}

const userTypes = ['Member', 'Guest'] as const;

interface PrincipalKind {
  readonly type: Principal['type'];
  readonly servicePrincipalType?: string;
}

function kindOf(type: string | undefined): PrincipalKind {
  return principalKinds.get(type?.toLowerCase() ?? '') ?? { type: 'Unknown' };
}

/** Also as older interfaces say it: https://learn.microsoft.com/rest/api/authorization/role-assignments (principalType). */
const principalKinds: ReadonlyMap<string, PrincipalKind> = new Map([
  ['user', { type: 'User' }],
  ['group', { type: 'Group' }],
  ['foreigngroup', { type: 'ForeignGroup' }],
  ['serviceprincipal', { type: 'ServicePrincipal' }],
  ['msi', { type: 'ServicePrincipal', servicePrincipalType: 'ManagedIdentity' }],
  ['application', { type: 'ServicePrincipal', servicePrincipalType: 'Application' }],
  ['device', { type: 'Device' }],
]);

function idsIn(list: unknown, shared: SharedTexts): string[] {
  const texts = Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
  return texts.map(text => shared.id(text.trim()));
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
