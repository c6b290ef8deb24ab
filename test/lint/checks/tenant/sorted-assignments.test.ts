import { expect, test } from 'vitest';
import { AssignmentIndex } from '../../../../src/lint/checks/tenant/assignment-index.js';
import { findTenantCheck } from '../../../../src/lint/checks/tenant/index.js';
import { SortedAssignments } from '../../../../src/lint/checks/tenant/sorted-assignments.js';
import type { RoleAssignment } from '../../../../src/rbac/model/role-assignment.js';
import {
  assign,
  corp,
  group,
  groupOf,
  id,
  roles,
  subscription,
  tenantOf,
  user,
} from '../../../tenant/access/tenant-rows.js';
import { context } from './tenant-context.js';

const other = '/subscriptions/22222222-2222-3333-4444-555555555555';
const scopes = [corp, other, `${other}/resourceGroups/b`, subscription, group, `${group}/providers/A.B/c/d`];

test('assignments are found by where they stand, in whatever order they come', () => {
  const tenant = tenantOf({ roleAssignments: scopes.map(scope => assign(roles.reader, id(1), scope)) });
  const { assignments, scopeNodes } = tenant;
  const mixed = [4, 0, 5, 2, 1, 3].map(i => assignments[i]!);
  for (const order of [assignments, assignments.toReversed(), mixed]) {
    const sorted = new SortedAssignments(order, scopeNodes);
    for (const assignment of assignments) {
      const node = scopeNodes.at(assignment.place);
      expect(sorted.isIn(node.subscription)).toBe(true);
      const found: RoleAssignment[] = [];
      sorted.take(node.subscription, [node.number], found);
      expect(found).toEqual([assignment]);
      expect(sorted.findAt(node, () => true)).toBe(assignment);
    }
  }
});

test('everyone is whoever holds something and who is in a group', () => {
  const tenant = tenantOf({
    principals: [user(1, 3), user(2), groupOf(3), user(4)],
    roleAssignments: [assign(roles.reader, id(3), group), assign(roles.reader, id(4), group)],
  });
  expect([...AssignmentIndex.of(tenant, context).everyone()].sort()).toEqual([id(1), id(3), id(4)]);
});

test('roles that are privileged and not Owner are asked about where they matter', () => {
  const tenant = tenantOf({
    principals: [user(1)],
    roleAssignments: [assign(roles.contributor, id(1), subscription)],
  });
  const at = (privilegedAt: string, ownerAt: string) => [
    ...findTenantCheck('assignment-privileged')!.evaluate(
      tenant as never,
      { privilegedAt: [privilegedAt], ownerAt: [ownerAt] } as never,
      context,
    ),
  ];
  expect(at('subscription', 'root')).toHaveLength(1);
  expect(at('root', 'subscription')).toHaveLength(0);
});
