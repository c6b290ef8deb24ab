import { expect, test } from 'vitest';
import { assign, group, groupOf, id, roles, subscription, user } from '../../../tenant/access/tenant-rows.js';
import { lintTenant } from '../conditions/lint-tenant.js';

test('of roles that grant nothing, the last one is not redundant: there is no other', () => {
  const guid = 'c0000000-0000-0000-0000-000000000001';
  const empty = { name: guid, properties: { roleName: 'Nothing', type: 'CustomRole', permissions: [] } };
  const roleAssignments = [1, 2].map(() => assign(guid, id(1), subscription));
  const found = lintTenant(
    { principals: [user(1)], roleDefinitions: [empty], roleAssignments },
    'assignment-redundant',
  );
  expect(found.map(({ at }) => at.pointer)).toEqual(['/roleAssignments/1']);
});

test.each([
  ['directly', 1, 'a direct assignment'],
  ['through a group', 5, 'the group Group 5'],
])('a redundant assignment says that the same is held %s', (_, holder, through) => {
  const roleAssignments = [
    assign(roles.contributor, id(holder), subscription),
    assign(roles.reader, id(1), group),
  ];
  const [found] = lintTenant(
    { principals: [user(1, 5), groupOf(5)], roleAssignments },
    'assignment-redundant',
  );
  expect(found?.evidence).toMatchObject({ otherRole: 'Contributor', otherScope: subscription, through });
});
