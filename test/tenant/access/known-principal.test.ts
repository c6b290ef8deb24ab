import { expect, test } from 'vitest';
import { isKnownPrincipal } from '../../../src/tenant/access/known-principal.js';
import { principalTypeOf } from '../../../src/tenant/access/principal-type.js';
import { assign, group, id, roles, tenantOf, user } from './tenant-rows.js';

const tenant = tenantOf({
  principals: [user(1), { id: id(2), type: 'Unknown', displayName: 'Builder' }],
  roleAssignments: [
    assign(roles.reader, id(1), group, { principalType: 'Group' }),
    assign(roles.reader, id(2), group),
    assign(roles.owner, id(2), group, { principalType: 'ServicePrincipal' }),
    assign(roles.reader, id(3), group),
  ],
  eligibleAssignments: [assign(roles.owner, id(4), group)],
});

test.each([
  ['whom the directory holds', 1, true],
  ['who has a role assignment', 3, true],
  ['who could activate a role', 4, true],
  ['of whom the snapshot says nothing', 5, false],
])('somebody %s is known: %s', (_, principal, expected) => {
  expect(isKnownPrincipal(id(principal), tenant)).toBe(expected);
});

test.each([
  ['the directory, whatever an assignment says', 1, 'User'],
  ['the first assignment that says it, where the directory does not', 2, 'ServicePrincipal'],
  ['nobody', 3, 'Unknown'],
])('what a principal is, is said by %s', (_, principal, expected) => {
  expect(principalTypeOf(id(principal), tenant)).toBe(expected);
});
