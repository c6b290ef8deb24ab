import { bodyOf, isRow, own, type Row, textOf } from '../row.js';
import { camelCased } from '../camel-case.js';
import type { ExportShape } from './export-shape.js';

/** `az account management-group list`, `… entities list` and `… show --expand --recurse`, `Get-AzManagementGroup`. */
export const managementGroups: ExportShape = {
  name: 'management groups',
  matches: row => isManagementGroup(row) || isSubscriptionBelow(row),
  read(row, say) {
    const waiting: Row[] = [row];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const parentId = textOf(next, 'parentId');
      const value = parentId === undefined ? next : { ...next, parent: parentId };
      say.row(isSubscriptionBelow(value) ? 'subscriptions' : 'managementGroups', value);
      const children = own(bodyOf(value), 'children');
      if (!Array.isArray(children)) continue;
      const parent = textOf(value, 'name') ?? textOf(value, 'id');
      for (const child of children) if (isRow(child)) waiting.push({ parent, ...camelCased(child) });
    }
  },
};

/** `az account list`, `Get-AzSubscription`, and `resourcecontainers` of Azure Resource Graph. */
export const subscriptions: ExportShape = {
  name: 'subscriptions',
  matches: row => isAccount(row) || /^microsoft\.resources\/subscriptions$/i.test(textOf(row, 'type') ?? ''),
  read(row, say) {
    const chain = own(bodyOf(row), 'managementGroupAncestorsChain');
    const [nearest] = Array.isArray(chain) ? chain : [];
    const managementGroup = isRow(nearest) ? textOf(nearest, 'name') : undefined;
    say.row('subscriptions', managementGroup === undefined ? row : { ...row, managementGroup });
  },
};

function isManagementGroup(row: Row): boolean {
  return /\/managementgroups$/i.test(textOf(row, 'type') ?? '');
}

/** As management groups list what lies in them. */
function isSubscriptionBelow(row: Row): boolean {
  return /^\/?subscriptions$/i.test(textOf(row, 'type') ?? '');
}

function isAccount(row: Row): boolean {
  return (
    own(row, 'tenantId') !== undefined &&
    (own(row, 'state') ?? own(row, 'cloudName')) !== undefined &&
    own(row, 'id') !== undefined &&
    !(textOf(row, 'id') ?? '').includes('/providers/')
  );
}
