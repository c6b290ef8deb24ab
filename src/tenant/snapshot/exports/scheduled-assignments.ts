import type { Collection } from '../collections.js';
import { bodyOf, isRow, own, type Row, textOf } from '../row.js';
import type { ExportShape } from './export-shape.js';

/** What Privileged Identity Management lists through REST, `az rest` and PowerShell's `Get-AzRole…Schedule…`. */
export const scheduledAssignments: ExportShape = {
  name: 'eligible and active assignments of Privileged Identity Management',
  matches: row => collectionOf(row) !== undefined && textOf(bodyOf(row), 'principalId') !== undefined,
  read(row, say) {
    const body = bodyOf(row);
    const dated = {
      ...body,
      startDateTime: dateIn(body, 'startDateTime'),
      endDateTime: dateIn(body, 'endDateTime'),
    };
    const displayName = textOf(body, 'principalDisplayName');
    const id = textOf(body, 'principalId');
    if (displayName !== undefined && id !== undefined)
      say.principal({ id, type: textOf(body, 'principalType'), displayName });
    say.row(collectionOf(row)!, body === row ? dated : { ...row, properties: dated });
  },
};

/** What somebody asked for is held only once it is an instance. */
export const scheduleRequests: ExportShape = {
  name: 'requests to Privileged Identity Management',
  matches: row => /\/role(?:eligibility|assignment)schedulerequests$/i.test(textOf(row, 'type') ?? ''),
  read: (_, say) =>
    say.notRead(
      'requests to Privileged Identity Management',
      'export roleEligibilityScheduleInstances and roleAssignmentScheduleInstances',
    ),
};

/** Roles of Microsoft Entra: they have a scope of the directory, and decide nothing in Azure. */
export const directoryRoles: ExportShape = {
  name: 'directory roles of Microsoft Entra',
  matches: row => own(row, 'directoryScopeId') !== undefined && own(row, 'roleDefinitionId') !== undefined,
  read: (_, say) =>
    say.notRead(
      'roles of Microsoft Entra',
      'they are roles in the directory; Azure roles are: az role assignment list',
    ),
};

function collectionOf(row: Row): Collection | undefined {
  const type = /\/role(eligibility|assignment)schedule(?:instance)?s$/i.exec(textOf(row, 'type') ?? '');
  if (type !== null)
    return type[1]!.toLowerCase() === 'eligibility' ? 'eligibleAssignments' : 'activeAssignments';
  const body = bodyOf(row);
  if (own(body, 'roleEligibilityScheduleId') !== undefined) return 'eligibleAssignments';
  return own(body, 'roleAssignmentScheduleId') === undefined ? undefined : 'activeAssignments';
}

/** Windows PowerShell writes dates as `/Date(1700000000000)/`, or as an object that holds that. */
function dateIn(row: Row, name: string): unknown {
  const value = own(row, name);
  const written = isRow(value) ? own(value, 'value') : value;
  const ticks = typeof written === 'string' ? /^\/Date\((-?\d{1,15})\)\/$/.exec(written)?.[1] : undefined;
  return ticks === undefined ? written : new Date(Number(ticks)).toISOString();
}
