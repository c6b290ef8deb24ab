import type { SourceRef } from '../../input/source-document.js';
import type { ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import { type AssignmentFields, CollectedAssignment } from './collected-assignment.js';
import type { DenyAssignment } from './deny-assignment.js';
import { bodyOf, isRow, own, textIn, textOf, type Row } from './row.js';
import type { RowRef } from './row-ref.js';
import { ownCopy, type SharedTexts } from './shared-texts.js';
import { roleOfRow } from './snapshot-roles.js';

// One row of what was collected, as Azure's REST interface answers (`properties` inside) or as the Azure CLI prints it
// (flat). Each reader returns a reason, the end of a sentence, for a row that makes no sense.

export function readRoleAssignment(row: Row, at: RowRef, shared: SharedTexts): CollectedAssignment | string {
  const fields = readFields(row, shared);
  return typeof fields === 'string'
    ? fields
    : new CollectedAssignment(fields, idOf(row) ?? '', shared.names, at);
}

function idOf(row: Row): string | undefined {
  return textIn(row['id']) ?? textIn(row['name']);
}

function readFields(row: Row, shared: SharedTexts): AssignmentFields | string {
  const body = bodyOf(row);
  const principal = textIn(body['principalId']) ?? '';
  const principalType = shared.of(textIn(body['principalType']));
  const roleGuid = shared.trailingGuid(textIn(body['roleDefinitionId']) ?? '');
  const written = textIn(body['scope']) ?? scopeInId(idOf(row));
  const place = written === undefined ? undefined : shared.scope(written);
  const isGrant = roleGuid !== undefined && place !== undefined;
  const principalId = isGrant ? shared.holder(principal, principalType) : shared.guid(principal);
  if (principalId === undefined) return 'its principalId is not a GUID';
  if (roleGuid === undefined) return 'its roleDefinitionId does not end in a GUID';
  if (written === undefined) return 'it has no scope';
  if (place === undefined) return 'its scope is none that Azure has';
  return {
    place,
    principalId,
    principalType,
    roleGuid,
    condition: shared.of(textIn(body['condition'])),
    conditionVersion: shared.of(textIn(body['conditionVersion'])),
  };
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignment-schedule-instances */
export function readScheduledAssignment(
  row: Row,
  at: RowRef,
  shared: SharedTexts,
): ScheduledAssignment | string {
  const fields = readFields(row, shared);
  if (typeof fields === 'string') return fields;
  const body = bodyOf(row);
  const { place, principalId, principalType, roleGuid, condition, conditionVersion } = fields;
  return {
    place,
    principalId,
    principalType,
    roleGuid,
    condition,
    conditionVersion,
    scope: place.text,
    id: idOf(row)?.toLowerCase() ?? '',
    startsOn: shared.of(textOf(body, 'startDateTime')),
    endsOn: shared.of(textOf(body, 'endDateTime')),
    assignmentType: assignmentTypes.find(type => type === own(body, 'assignmentType')),
    originId: textOf(body, 'originRoleAssignmentId')?.toLowerCase(),
    at,
  };
}

const assignmentTypes = ['Assigned', 'Activated'] as const;

/** https://learn.microsoft.com/rest/api/authorization/deny-assignments */
export function readDenyAssignment(row: Row, at: SourceRef, shared: SharedTexts): DenyAssignment | string {
  const body = bodyOf(row);
  const id = textOf(row, 'id') ?? textOf(row, 'name') ?? '';
  const written = textOf(body, 'scope') ?? scopeInId(id);
  const place = written === undefined ? undefined : shared.scope(written);
  if (place === undefined) return 'its scope is none that Azure has';
  return {
    id: id.toLowerCase(),
    name: textOf(body, 'denyAssignmentName') ?? textOf(body, 'name'),
    scope: place.text,
    place,
    appliesToChildScopes: own(body, 'doNotApplyToChildScopes') !== true,
    // https://learn.microsoft.com/rest/api/authorization/deny-assignments: absent before 2024-07-01-preview.
    effect: textOf(body, 'denyAssignmentEffect')?.toLowerCase() === 'audit' ? 'audit' : 'enforced',
    principals: idsIn(own(body, 'principals'), shared),
    excludedPrincipals: idsIn(own(body, 'excludePrincipals'), shared),
    individuals: new Set([
      ...idsIn(own(body, 'principals'), shared, isIndividual),
      ...idsIn(own(body, 'excludePrincipals'), shared, isIndividual),
    ]),
    denied: roleOfRow(
      { name: id, permissions: own(body, 'permissions') ?? [] },
      at.document.file,
      body === row ? at.pointer : `${at.pointer}/properties`,
    ),
    condition: textOf(body, 'condition'),
    at,
  };
}

/** The id of an assignment is that of its scope, then `/providers/Microsoft.Authorization/…/{guid}`. */
function scopeInId(id: string | undefined): string | undefined {
  const at = id?.toLowerCase().lastIndexOf('/providers/microsoft.authorization/') ?? -1;
  return at < 0 ? undefined : ownCopy(id!.slice(0, at)) || '/';
}

function isIndividual(principal: Row): boolean {
  const type = textOf(principal, 'type');
  return type === 'User' || type === 'ServicePrincipal';
}

function idsIn(
  principals: unknown,
  shared: SharedTexts,
  isMeant: (principal: Row) => boolean = () => true,
): Set<string> {
  const rows = Array.isArray(principals) ? principals.filter(isRow).filter(isMeant) : [];
  return new Set(
    rows.flatMap(row => {
      const id = textOf(row, 'id');
      return id === undefined ? [] : shared.id(id);
    }),
  );
}
