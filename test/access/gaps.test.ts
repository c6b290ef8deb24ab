import { expect, test } from 'vitest';
import { assign, id, roles, subscription, tenantOfRows, user } from './tenant-rows.js';

test.each([
  ['of which nothing is missing', {}, false],
  ['that is cut off', { isComplete: false }, true],
  ['whose principals were refused', { gaps: [{ what: 'principals', scope: '/', reason: 'refused' }] }, true],
  [
    'whose assignments were refused',
    { gaps: [{ what: 'roleAssignments', scope: '/', reason: 'no' }] },
    false,
  ],
  ['that lacks nobody knows what', { gaps: [{ what: 'somethingElse', scope: '/', reason: 'no' }] }, true],
])('principals may be missing from a snapshot %s: %s', (_, rows, mayBeMissing) => {
  const { gaps } = tenantOfRows({ principals: [user(2)], ...rows });
  expect(gaps.coverDirectory).toBe(mayBeMissing);
});

test('in a snapshot that is cut off nobody is taken to be deleted', () => {
  const rows = { principals: [user(2)], roleAssignments: [assign(roles.owner, id(1), subscription)] };
  const isDeleted = (isComplete: boolean) => {
    const tenant = tenantOfRows({ ...rows, isComplete });
    return tenant.isDeleted(tenant.assignments[0]!);
  };
  expect([isDeleted(true), isDeleted(false)]).toEqual([true, false]);
});
