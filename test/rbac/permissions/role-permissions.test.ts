import { describe, expect, test } from 'vitest';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { permissionsOf, type RolePermissions } from '../../../src/rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const index = new OperationIndex(shippedCatalog);

function roleOf(...permissions: readonly StoredPermission[]): RolePermissions {
  const guid = '00000000-0000-4000-8000-000000000001';
  return permissionsOf(toRoleDefinition({ guid, name: 'Tested Role', permissions }), shippedCatalog, index);
}

const agreements = 'Anyscale.Platform/agreements';

// Nothing published says on which plane these operations are.
test.each([
  ['nothing', [], ['accept/action', 'delete', 'read', 'write']],
  ['one that is spelled out', [`${agreements}/read`], ['accept/action', 'delete', 'write']],
  ['those under a wildcard', [`${agreements}/accept/*`], ['delete', 'read', 'write']],
])('of operations of unknown plane NotActions take away %s', (_, notActions, left) => {
  const { set } = roleOf({ actions: [`${agreements}/*`], notActions });
  expect(set.unknownPlaneOperations('control')).toEqual(left.map(verb => `${agreements}/${verb}`));
});

test('what a list grants before anything is subtracted stays what it is', () => {
  const role = roleOf({
    actions: [`${agreements}/*`, '*/read'],
    notActions: [`${agreements}/read`, '*/read'],
  });
  const before = role.entries[0]!.granted('control');
  const sizes = () => [before.known.size, before.unknownPlane.size];
  const counted = sizes();
  expect(role.set.control.unknownPlane.size).toBe(3);
  expect(sizes()).toEqual(counted);
});

describe('the first witness is the strongest', () => {
  const read = 'Microsoft.Storage/storageAccounts/read';
  const condition = "@Resource[Microsoft.Storage/storageAccounts:Name] StringEquals 'data1'";

  test.each<[string, StoredPermission[], string]>([
    [
      'a wildcard without a condition before a string with one',
      [{ actions: [read], condition }, { actions: ['Microsoft.Storage/*'] }],
      'Microsoft.Storage/*',
    ],
    [
      'a string spelled out before a wildcard',
      [{ actions: ['Microsoft.Storage/*'] }, { actions: [read] }],
      read,
    ],
    [
      'among those with conditions, too',
      [
        { actions: ['Microsoft.Storage/*'], condition },
        { actions: [read], condition },
      ],
      read,
    ],
  ])('%s', (_, permissions, expected) => {
    const [strongest, ...others] = roleOf(...permissions).witnesses(read, 'control');
    expect(strongest?.entry.text).toBe(expected);
    expect(others).toHaveLength(1);
  });
});
