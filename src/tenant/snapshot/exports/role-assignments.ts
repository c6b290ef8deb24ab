import { guidOf } from '../../../rbac/model/guid.js';
import { bodyOf, own, textOf } from '../row.js';
import type { ExportShape, ExportSink } from './export-shape.js';

/** `az role assignment list`, REST, Azure Resource Graph: `principalId` and `roleDefinitionId`, flat or in `properties`. */
export const roleAssignments: ExportShape = {
  name: 'role assignments of the Azure CLI, REST and Azure Resource Graph',
  matches(row) {
    const type = (textOf(row, 'type') ?? '').toLowerCase();
    const isAssignment = type === '' || type.endsWith('/roleassignments');
    const body = bodyOf(row);
    return (
      isAssignment && own(body, 'principalId') !== undefined && own(body, 'roleDefinitionId') !== undefined
    );
  },
  read(row, say) {
    const body = bodyOf(row);
    const name = textOf(body, 'principalName');
    sayName(say, textOf(body, 'principalId'), textOf(body, 'principalType'), name);
    say.row('roleAssignments', row);
  },
};

/** `Get-AzRoleAssignment`, and what the portal downloads as CSV or JSON. */
export const powerShellRoleAssignments: ExportShape = {
  name: 'role assignments of PowerShell and of the portal',
  matches: row =>
    own(row, 'objectId') !== undefined &&
    own(row, 'scope') !== undefined &&
    (own(row, 'roleDefinitionId') ?? own(row, 'roleDefinitionName')) !== undefined,
  read(row, say) {
    const scope = textOf(row, 'scope');
    const type = textOf(row, 'objectType');
    const principalType = type === 'Unknown' ? undefined : type;
    const name = textOf(row, 'displayName') ?? textOf(row, 'signInName');
    sayName(say, textOf(row, 'objectId'), principalType, name);
    say.row('roleAssignments', {
      id: fullId(textOf(row, 'roleAssignmentId') ?? textOf(row, 'roleAssignmentName'), scope),
      principalId: own(row, 'objectId'),
      principalType,
      roleDefinitionId: own(row, 'roleDefinitionId'),
      scope,
      condition: own(row, 'condition'),
      conditionVersion: own(row, 'conditionVersion'),
    });
  },
};

/** `--include-classic-administrators` and `-IncludeClassicAdministrators` list them among role assignments. */
export const classicAdministrators: ExportShape = {
  name: 'classic administrators',
  matches(row) {
    if (/\/classicadministrators$/i.test(textOf(row, 'type') ?? '')) return true;
    const role = textOf(row, 'roleDefinitionId') ?? '';
    const isRole = guidOf(role.slice(role.lastIndexOf('/') + 1)) !== undefined;
    return !isRole && /^(?:Service|Account|Co)Administrator\b/i.test(textOf(row, 'roleDefinitionName') ?? '');
  },
  read: (_, say) =>
    say.notRead(
      'classic administrators',
      'they are no role assignments, and Azure retired them on 31 August 2024',
    ),
};

/** The Azure CLI leaves the name empty where it could not ask the directory, or nobody is there any more. */
function sayName(
  say: ExportSink,
  id: string | undefined,
  type: string | undefined,
  displayName: string | undefined,
): void {
  if (id === undefined || displayName === undefined) return;
  // Of a service principal it writes the id of the application, which says nothing to people.
  if (guidOf(displayName) === undefined) say.principal({ id, type, displayName });
}

/** PowerShell prints the GUID alone, or the whole id. */
function fullId(id: string | undefined, scope: string | undefined): string | undefined {
  const guid = id === undefined ? undefined : guidOf(id);
  if (guid === undefined || scope === undefined) return id;
  return `${scope.replace(/\/$/, '')}/providers/Microsoft.Authorization/roleAssignments/${guid}`;
}
