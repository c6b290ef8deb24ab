import type { SourceRef } from '../input/source-document.js';
import type { RoleAssignment, ScheduledAssignment } from '../model/role-assignment.js';
import { toRoleDefinition } from './snapshot-roles.js';
import type { DenyAssignment } from './deny-assignment.js';
import { bodyOf, isRow, own, textOf, type Row } from './row.js';
import { ownCopy, type SharedScope, type SharedTexts } from './shared-texts.js';

// One row of what was collected, as Azure's REST interface answers (`properties` inside) or as the Azure CLI prints it
// (flat). Each reader returns a reason, the end of a sentence, for a row that makes no sense.

export function readRoleAssignment(row: Row, at: SourceRef, shared: SharedTexts): RoleAssignment | string {
  const body = bodyOf(row);
  const id = textOf(row, 'id') ?? textOf(row, 'name');
  const principalId = shared.guid(textOf(body, 'principalId') ?? '');
  const roleGuid = shared.trailingGuid(textOf(body, 'roleDefinitionId') ?? '');
  const written = textOf(body, 'scope') ?? scopeInId(id);
  if (principalId === undefined) return 'its principalId is no GUID';
  if (roleGuid === undefined) return 'its roleDefinitionId does not end in a GUID';
  if (written === undefined) return 'it has no scope';
  const scope = shared.scope(written);
  if (scope === undefined) return 'its scope is none that Azure has';
  return {
    id: id === undefined ? '' : idAt(scope, id, row),
    scope: scope.text,
    principalId,
    principalType: shared.of(textOf(body, 'principalType')),
    roleGuid,
    condition: shared.of(textOf(body, 'condition')),
    conditionVersion: shared.of(textOf(body, 'conditionVersion')),
    at,
  };
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignment-schedule-instances */
export function readScheduledAssignment(
  row: Row,
  at: SourceRef,
  shared: SharedTexts,
): ScheduledAssignment | string {
  const assignment = readRoleAssignment(row, at, shared);
  if (typeof assignment === 'string') return assignment;
  const body = bodyOf(row);
  return {
    ...assignment,
    startsOn: shared.of(textOf(body, 'startDateTime')),
    endsOn: shared.of(textOf(body, 'endDateTime')),
    assignmentType: assignmentTypes.find(type => type === own(body, 'assignmentType')),
    originId: textOf(body, 'originRoleAssignmentId')?.toLowerCase(),
  };
}

const assignmentTypes = ['Assigned', 'Activated'] as const;

/** https://learn.microsoft.com/rest/api/authorization/deny-assignments */
export function readDenyAssignment(row: Row, at: SourceRef, shared: SharedTexts): DenyAssignment | string {
  const body = bodyOf(row);
  const id = textOf(row, 'id') ?? textOf(row, 'name') ?? '';
  const written = textOf(body, 'scope') ?? scopeInId(id);
  const scope = written === undefined ? undefined : shared.scope(written);
  if (scope === undefined) return 'its scope is none that Azure has';
  return {
    id: id.toLowerCase(),
    name: textOf(body, 'denyAssignmentName') ?? textOf(body, 'name'),
    scope: scope.text,
    appliesToChildScopes: own(body, 'doNotApplyToChildScopes') !== true,
    // https://learn.microsoft.com/rest/api/authorization/deny-assignments: absent before 2024-07-01-preview.
    effect: textOf(body, 'denyAssignmentEffect')?.toLowerCase() === 'audit' ? 'audit' : 'enforced',
    principals: idsIn(own(body, 'principals'), shared),
    excludedPrincipals: idsIn(own(body, 'excludePrincipals'), shared),
    denied: toRoleDefinition(
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
  return at < 0 ? undefined : id!.slice(0, at) || '/';
}

/**
 * In lower case. V8 keeps a text that was joined as its two parts until somebody looks into it, so that a million ids
 * take the memory of their GUIDs: 200 MB less.
 */
function idAt({ idStart }: SharedScope, written: string, row: Row): string {
  const id = written.toLowerCase();
  if (!id.startsWith(idStart)) return id;
  const name = textOf(row, 'name')?.toLowerCase() ?? '';
  const isOfThatName = id.length === idStart.length + name.length && id.endsWith(name);
  return idStart + (isOfThatName ? name : ownCopy(id.slice(idStart.length)));
}

function idsIn(principals: unknown, shared: SharedTexts): Set<string> {
  const rows = Array.isArray(principals) ? principals.filter(isRow) : [];
  return new Set(
    rows.flatMap(row => {
      const id = textOf(row, 'id');
      return id === undefined ? [] : shared.id(id);
    }),
  );
}
