import { expect, test } from 'vitest';
import { AccessReader } from '../../src/access/held-access.js';
import { parseScope } from '../../src/model/scope.js';
import { assign, group, id, roles, tenantOf, user, type Rows } from './tenant-rows.js';

const read = 'Microsoft.Storage/storageAccounts/read';

function held(rows: Rows) {
  return new AccessReader(tenantOf({ principals: [user(1)], ...rows })).at(parseScope(group), id(1));
}

test('an empty name in a condition is that of no operation', () => {
  const condition = "!(ActionMatches{''})";
  const { certain } = held({ roleAssignments: [assign(roles.owner, id(1), group, { condition })] });
  expect(certain.has(read, 'control')).toBe(true);
});
