import { expect, test } from 'vitest';
import { compileActionPattern } from '../../src/rbac/permissions/action-pattern.js';
import { permissionsOf } from '../../src/rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../shipped-catalog.js';
import { someOf } from '../portion.js';

const roles = [...shippedCatalog.builtInRoles.all()];
const index = new OperationIndex(shippedCatalog);
const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;

test('all 928 built-in roles and 22,704 operations load', () => {
  expect(roles).toHaveLength(928);
  expect(shippedCatalog.operations.size).toBe(22_704);
});

test('every wildcard of the built-in roles expands the same by index and by minimatch alone', {
  timeout: 300_000,
}, () => {
  const texts = roles.flatMap(role => role.permissions.flatMap(entry => lists.flatMap(list => entry[list])));
  const wildcards = new Set(texts.map(entry => entry.text.toLowerCase()).filter(text => text.includes('*')));
  const names = [...shippedCatalog.operations].map(operation => operation.name.toLowerCase());
  expect(wildcards.size).toBe(976);
  for (const wildcard of someOf([...wildcards], { of: 12 })) {
    const covers = compileActionPattern(wildcard);
    const expected = names.flatMap((name, i) => (covers(name) ? [i] : []));
    expect([...index.expand(wildcard)], wildcard).toEqual(expected);
  }
});

test.each([
  { role: 'Owner', control: 18_248, data: 0 },
  { role: 'AcrPull', control: 1, data: 0 },
  { role: 'Storage Blob Data Reader', control: 2, data: 1 },
])('$role grants $control control and $data data operations', ({ role, control, data }) => {
  const { set } = permissionsOf(shippedCatalog.builtInRoles.find(role)!, shippedCatalog, index);
  expect({ control: set.count('control'), data: set.count('data') }).toEqual({ control, data });
});

const ml = 'Microsoft.MachineLearningServices/workspaces';
test.each([
  {
    role: 'Managed Identity Operator',
    operation: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    granted: true,
  },
  { role: 'AzureML Data Scientist', operation: `${ml}/computes/write`, granted: false },
  { role: 'AzureML Data Scientist', operation: `${ml}/read`, granted: true },
  { role: 'Contributor', operation: 'Microsoft.Authorization/roleAssignments/write', granted: false },
])('$role grants $operation: $granted', ({ role, operation, granted }) => {
  const permissions = permissionsOf(shippedCatalog.builtInRoles.find(role)!, shippedCatalog, index);
  expect(permissions.set.has(operation, 'control')).toBe(granted);
  expect(permissions.witnesses(operation, 'control').length > 0).toBe(granted);
});
