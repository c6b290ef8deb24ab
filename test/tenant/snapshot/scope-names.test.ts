import { expect, test } from 'vitest';
import { ScopeDisplayNames } from '../../../src/tenant/snapshot/scope-names.js';
import { snapshotOf } from '../../../src/tenant/snapshot/snapshot-of.js';

const subscription = '11111111-2222-3333-4444-555555555555';
const other = '22222222-2222-3333-4444-555555555555';

const names = new ScopeDisplayNames(
  snapshotOf(
    {
      managementGroups: [{ id: 'Corp', displayName: 'Contoso', parent: null }],
      subscriptions: [
        { id: subscription, displayName: 'Shop', managementGroup: 'Corp' },
        { id: other, displayName: null, managementGroup: 'Corp' },
      ],
    },
    'tenant.json',
  ),
);

test.each([
  [`/subscriptions/${subscription}`, 'Shop'],
  [`/Subscriptions/${subscription.toUpperCase()}/`, 'Shop'],
  [`/subscriptions/${subscription}/resourceGroups/rg`, 'Shop'],
  ['/providers/Microsoft.Management/managementGroups/corp', 'Contoso'],
  [`/subscriptions/${other}`, undefined],
  ['/providers/Microsoft.Management/managementGroups/sales', undefined],
  ['/providers/Microsoft.Capacity/managementGroups/corp', undefined],
  ['/', undefined],
  ['', undefined],
])('"%s" is, or lies in, %s', (scope, name) => {
  expect(names.around(scope)?.name).toBe(name);
});
