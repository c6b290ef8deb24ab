import { expect, test } from 'vitest';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { changedRoles, roleChanges } from '../../../src/tenant/access/role-change.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { assign, group, groupOf, id, subscription, tenantOf, user, type Row } from './tenant-rows.js';

const keeper = 'c0000000-0000-0000-0000-000000000001';
const other = 'c0000000-0000-0000-0000-000000000002';
const elsewhere = 'c0000000-0000-0000-0000-000000000009';

const stored = (name: string, roleName: string | undefined, actions: readonly string[]): Row => ({
  name,
  properties: { ...(roleName !== undefined && { roleName }), type: 'CustomRole', permissions: [{ actions }] },
});

const tenant = tenantOf({
  principals: [user(1, 5), user(2, 5), user(3), groupOf(5), groupOf(6)],
  roleDefinitions: [
    stored(keeper, 'Disk Keeper', ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write']),
    stored(other, 'Reader of Disks', ['Microsoft.Compute/disks/read']),
    stored('c0000000-0000-0000-0000-000000000003', undefined, []),
  ],
  roleAssignments: [
    assign(keeper, id(5), subscription),
    assign(keeper, id(1), group),
    assign(keeper, id(6), group),
    assign(other, id(3), group),
  ],
});

/** A role of a file. */
function written(guid: string, name: string, permission: StoredPermission): RoleDefinition {
  const role = toRoleDefinition({ guid, name, permissions: [permission] });
  return { ...role, guid: guid === '' ? undefined : guid, name: name === '' ? undefined : role.name };
}

const reads = { actions: ['Microsoft.Compute/disks/read'] };

test.each([
  ['the GUID', keeper, 'Renamed', keeper],
  ['the name, where the file has no GUID', '', ' disk KEEPER ', keeper],
  ['the name, where nobody knows the GUID', elsewhere, 'Disk Keeper', keeper],
  ['the GUID before the name', other, 'Disk Keeper', other],
  ['neither', elsewhere, 'Disk Keepers', undefined],
  ['nothing, where it has neither', '', '', undefined],
])('a role of a file is known by %s', (_, guid, name, expected) => {
  const changed = changedRoles(tenant, [written(guid, name, reads)]);
  expect([...changed.keys()]).toEqual(expected === undefined ? [] : [expected]);
});

test('another role of that name, which has no GUID, is not in the way', () => {
  const named = (guid: object) => ({ ...guid, properties: { roleName: 'Disk Keeper', permissions: [] } });
  const twice = tenantOf({ roleDefinitions: [named({ name: keeper }), named({})] });
  expect([...changedRoles(twice, [written('', 'Disk Keeper', reads)]).keys()]).toEqual([keeper]);
});

test('a change says what is gained and lost, and who holds the role: members, and groups without any', () => {
  const role = written(keeper, 'Disk Keeper', {
    actions: ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/delete'],
  });
  expect(roleChanges(tenant, changedRoles(tenant, [role]))).toEqual([
    {
      role,
      guid: keeper,
      assignments: 3,
      principals: 3,
      gained: ['Microsoft.Compute/disks/delete'],
      lost: ['Microsoft.Compute/disks/write'],
    },
  ]);
});

test('a role that nobody holds is changed for nobody', () => {
  const unused = tenantOf({ roleDefinitions: [stored(keeper, 'Disk Keeper', [])] });
  const [change] = roleChanges(unused, changedRoles(unused, [written(keeper, 'Disk Keeper', reads)]));
  expect(change).toMatchObject({ assignments: 0, principals: 0, gained: reads.actions, lost: [] });
});
