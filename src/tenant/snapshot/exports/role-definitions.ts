import { bodyOf, isRow, own, type Row, textOf } from '../row.js';
import { camelCased } from '../camel-case.js';
import type { ExportShape } from './export-shape.js';

/** `az role definition list`, REST, Azure Resource Graph, the portal's "Download custom role". */
export const roleDefinitions: ExportShape = {
  name: 'role definitions of the Azure CLI, REST, Azure Resource Graph and the portal',
  matches: row =>
    Array.isArray(own(bodyOf(row), 'permissions')) && own(bodyOf(row), 'roleName') !== undefined,
  read: (row, say) => say.row('roleDefinitions', row),
};

/** `Get-AzRoleDefinition | ConvertTo-Json`, flat up to Az 15, with `Permissions` from Az 16 on. */
export const powerShellRoleDefinitions: ExportShape = {
  name: 'role definitions of PowerShell',
  matches: row =>
    typeof own(row, 'isCustom') === 'boolean' &&
    (own(row, 'permissions') ?? own(row, 'actions')) !== undefined,
  read(row, say, raw) {
    const permissions = own(row, 'permissions');
    if (isCutOff(permissions) || ['actions', 'dataActions'].some(name => typeof own(row, name) === 'string'))
      return say.notRead(
        'role definitions',
        'ConvertTo-Json cut their permissions off; use ConvertTo-Json -Depth 10',
      );
    // Flat, it holds no more than one condition, and none of the several that built-in roles have: the catalog holds these.
    if (own(row, 'isCustom') === false && !Array.isArray(permissions)) return say.nothing();
    say.row('roleDefinitions', raw);
  },
};

/** `ConvertTo-Json` writes what lies deeper than it goes as the name of a type. */
function isCutOff(permissions: unknown): boolean {
  if (typeof permissions === 'string') return true;
  if (!Array.isArray(permissions)) return false;
  return permissions.some(entry => !isRow(entry) || typeof own(camelCased(entry), 'actions') === 'string');
}

/** `Get-AzDenyAssignment | ConvertTo-Json`: flat, and principals have other names. */
export const powerShellDenyAssignments: ExportShape = {
  name: 'deny assignments of PowerShell',
  matches: row => own(row, 'denyAssignmentName') !== undefined && own(row, 'actions') !== undefined,
  read(row, say) {
    const { principals, excludePrincipals, ...rest } = row;
    const isComplete = [principals, excludePrincipals].every(
      list => !Array.isArray(list) || list.every(isRow),
    );
    const scope = textOf(row, 'scope') ?? '/';
    if (!isComplete)
      return say.gap(
        'denyAssignments',
        scope,
        'ConvertTo-Json cut off whom they deny; use ConvertTo-Json -Depth 10',
      );
    const { actions, notActions, dataActions, notDataActions, condition, conditionVersion } = row;
    say.row('denyAssignments', {
      ...rest,
      principals: principalsIn(principals),
      excludePrincipals: principalsIn(excludePrincipals),
      permissions: [{ actions, notActions, dataActions, notDataActions, condition, conditionVersion }],
      condition: undefined,
    });
  },
};

/** `az rest`, REST: as Azure answers. */
export const denyAssignments: ExportShape = {
  name: 'deny assignments of REST',
  matches: row =>
    /\/denyassignments$/i.test(textOf(row, 'type') ?? '') ||
    own(bodyOf(row), 'denyAssignmentName') !== undefined,
  read: (row, say) => say.row('denyAssignments', row),
};

function principalsIn(list: unknown): Row[] {
  const rows = Array.isArray(list) ? list.filter(isRow).map(camelCased) : [];
  return rows.map(row => ({ id: own(row, 'objectId'), type: own(row, 'objectType') }));
}
