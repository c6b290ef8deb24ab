import { expect, test } from 'vitest';
import {
  assign,
  deny,
  id,
  roles,
  subscription,
  user,
  type Rows,
} from '../../../tenant/access/tenant-rows.js';
import { lintTenant } from '../conditions/lint-tenant.js';

// Where principals may be missing, nobody is missed for certain.

const refused = { gaps: [{ what: 'principals', scope: '/', reason: 'refused' }] };

function found(rows: Rows, rule: string): string[] {
  return lintTenant({ principals: [user(1)], ...rows }, rule).map(({ variant }) => variant ?? 'itself');
}

test.each([
  ['a directory that was read', {}, ['too-few']],
  ['a directory that was refused', refused, []],
])('one owner of a subscription under %s', (_, gaps, expected) => {
  const roleAssignments = [assign(roles.owner, id(1), subscription)];
  expect(found({ roleAssignments, ...gaps }, 'assignment-owner-count')).toEqual(expected);
});

test.each([
  ['a directory that was read', {}, ['nobody']],
  ['a directory that was refused', refused, []],
])('a deny assignment for somebody whom nobody knows, under %s', (_, gaps, expected) => {
  const denyAssignments = [
    deny(subscription, { principals: [{ id: id(9) }], permissions: [{ actions: ['*/delete'] }] }),
  ];
  expect(found({ denyAssignments, ...gaps }, 'deny-without-effect')).toEqual(expected);
});
