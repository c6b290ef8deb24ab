import { expect, test } from 'vitest';
import { findTenantCheck } from '../../../../src/lint/checks/tenant/index.js';
import { findPaths } from '../../../../src/analysis/escalation/find-paths.js';
import {
  assign,
  id,
  roles,
  subscription,
  tenantOf,
  user,
  type Rows,
} from '../../../tenant/access/tenant-rows.js';
import { context } from './tenant-context.js';

// Whoever the directory does not have any more can do no harm; what is left over of them is one rule's matter alone.

const leftOver = { roleAssignments: [assign(roles.owner, id(1), subscription, { principalType: 'User' })] };

function foundBy(check: string, options: object, rows: Rows): number {
  const { evaluate } = findTenantCheck(check)!;
  return [...evaluate(tenantOf(rows) as never, options as never, context)].length;
}

const privileged = { privilegedAt: ['subscription'], ownerAt: ['subscription'] };

test.each([
  { name: 'a directory without them', rows: { principals: [user(2)] }, orphaned: 1, found: 0 },
  { name: 'a directory with them', rows: { principals: [user(1)] }, orphaned: 0, found: 1 },
  { name: 'no directory', rows: {}, orphaned: 0, found: 1 },
  {
    name: 'a directory that was not read to its end',
    rows: { principals: [user(2)], gaps: [{ what: 'principals', scope: '/', reason: 'refused' }] },
    orphaned: 0,
    found: 1,
  },
])('$name', ({ rows, orphaned, found }) => {
  expect(foundBy('assignment-orphaned-principal', {}, { ...leftOver, ...rows })).toBe(orphaned);
  expect(foundBy('assignment-privileged', privileged, { ...leftOver, ...rows })).toBe(found);
});

test('no path begins with them', () => {
  const pathsOf = (rows: Rows) =>
    findPaths(tenantOf({ ...leftOver, subscriptions: [{ id: subscription }], ...rows }), {
      includeEligible: false,
      includeOwners: true,
    }).paths;
  expect(pathsOf({ principals: [user(2)] })).toEqual([]);
  expect(pathsOf({ principals: [user(1)] })).toHaveLength(1);
});
