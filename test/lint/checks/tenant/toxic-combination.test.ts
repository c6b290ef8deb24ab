import { expect, test } from 'vitest';
import {
  assign,
  group,
  groupOf,
  id,
  roles,
  subscription,
  user,
  type Row,
} from '../../../tenant/access/tenant-rows.js';
import { lintTenant } from '../conditions/lint-tenant.js';

const machines = '9980e02c-c2be-4d73-94e8-173b1dc7cf3c';
const identities = 'f1a07417-d97a-45cb-824c-7a7467783830';
const otherGroup = `${subscription}/resourceGroups/other`;

/** Where the combination of running code on machines and attaching identities is found, and what belongs to it. */
function found(...roleAssignments: readonly Row[]) {
  const principals = [user(1, 5), groupOf(5)];
  return lintTenant({ principals, roleAssignments }, 'assignment-toxic-combination').map(
    ({ at, evidence, related }) => ({
      at: at.pointer,
      roles: evidence['roles'],
      scope: evidence['scope'],
      others: related.map(({ at: { pointer }, message }) => [pointer, message]),
    }),
  );
}

const names = ['Managed Identity Operator', 'Virtual Machine Contributor'];

test('the one that lies deeper is found, and the other one is related', () => {
  expect(found(assign(machines, id(1), subscription), assign(identities, id(1), group))).toEqual([
    {
      at: '/roleAssignments/1',
      roles: names,
      scope: group,
      others: [['/roleAssignments/0', `The other role is assigned at ${subscription}.`]],
    },
  ]);
});

test('what has no part in it is not named, wherever it is', () => {
  const unrelated = [assign(roles.reader, id(1), group), assign(roles.reader, id(5), subscription)];
  const [match, ...others] = found(
    ...unrelated,
    assign(identities, id(5), group),
    assign(roles.reader, id(1), otherGroup),
    assign(machines, id(1), group),
  );
  expect(others).toEqual([]);
  expect(match).toMatchObject({ roles: names, scope: group });
  expect(match!.others).toHaveLength(1);
});

test.each([
  ['of groups beside each other', group, otherGroup],
  ['of a group whose name goes on', group, `${group}2`],
])('scopes %s do not meet', (_, one, other) => {
  expect(found(assign(machines, id(1), one), assign(identities, id(1), other))).toEqual([]);
});

test('scopes that do not meet in one subscription keep nobody from looking at the next', () => {
  const next = '/subscriptions/22222222-2222-3333-4444-555555555555';
  const apart = [assign(machines, id(1), group), assign(identities, id(1), otherGroup)];
  const [match] = found(...apart, assign(machines, id(1), next), assign(identities, id(1), next));
  expect(match).toMatchObject({ scope: next, roles: names });
});
