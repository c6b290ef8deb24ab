import { expect, test } from 'vitest';
import { assign, id, subscription, user } from '../../../tenant/access/tenant-rows.js';
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
