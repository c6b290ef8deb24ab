import { describe, expect, test } from 'vitest';
import type { Match } from '../../../../src/lint/checks/match.js';
import { findTenantCheck } from '../../../../src/lint/checks/tenant/index.js';
import {
  assign,
  corp,
  group,
  groupOf,
  id,
  roles,
  type Row,
  type Rows,
  subscription,
  tenantOf,
  user,
} from '../../../tenant/access/tenant-rows.js';
import { context } from './tenant-context.js';

const other = '/subscriptions/22222222-2222-3333-4444-555555555555';
const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`;

function found(check: string, options: object, rows: Rows): Match[] {
  return [...findTenantCheck(check)!.evaluate(tenantOf(rows) as never, options as never, context)];
}

/** Readers at these scopes, each somebody else. */
const readersAt = (...scopes: readonly string[]): Row[] =>
  scopes.map((scope, i) => assign(roles.reader, id(i + 1), scope));

describe('the limit of assignments', () => {
  const limits = { subscription: 4, managementGroup: 2, percent: 75 };

  test.each<[string, readonly string[], readonly object[]]>([
    ['is far', [subscription, group], []],
    [
      'counts what lies in the subscription, and is near from its percentage on',
      [subscription, group, machine],
      [{ scope: subscription, count: 3, limit: 4 }],
    ],
    ['counts each subscription for itself', [subscription, group, other], []],
    ['counts neither what is above nor the root', [subscription, group, corp, '/', '/', '/'], []],
    ['of a management group is its own', [corp, corp], [{ scope: corp.toLowerCase(), count: 2, limit: 2 }]],
  ])('%s', (_, scopes, expected) => {
    const matches = found('assignment-limit-near', limits, { roleAssignments: readersAt(...scopes) });
    expect(matches.map(({ evidence }) => evidence)).toEqual(expected);
  });
});

describe('owners of a subscription', () => {
  const owner = (number: number, scope: string, role: string = roles.owner): Row =>
    assign(role, id(number), scope);
  const members = [user(1, 5), user(2, 5), user(3, 5), groupOf(5)];

  test.each<[string, readonly Row[], Rows, readonly string[]]>([
    ['as many as may be', [owner(1, subscription), owner(2, subscription)], {}, []],
    ['one more', [1, 2, 3].map(number => owner(number, subscription)), {}, ['3 itself']],
    ['members of a group, one by one', [owner(5, subscription)], { principals: members }, ['3 itself']],
    [
      'a group without members, as one',
      [owner(5, subscription)],
      { principals: [groupOf(5)] },
      ['1 too-few'],
    ],
    ['one', [owner(1, subscription)], {}, ['1 too-few']],
    ['one there and one above', [owner(1, subscription), owner(2, corp)], {}, []],
    ['one there and one below', [owner(1, subscription), owner(2, group)], {}, ['1 too-few']],
    ['the same one, there and above', [owner(1, subscription), owner(1, corp)], {}, ['1 too-few']],
    ['who is above alone, as nobody is there', [owner(1, corp), ...readersAt(subscription)], {}, []],
    ['one, where more may be above', [owner(1, subscription)], { subscriptions: [] }, []],
    [
      'one, where assignments were refused',
      [owner(1, subscription)],
      { gaps: [{ what: 'roleAssignments', scope: subscription, reason: 'refused' }] },
      [],
    ],
    [
      'those who may make themselves owners',
      [owner(1, subscription), owner(2, subscription, roles.rbacAdministrator)],
      {},
      [],
    ],
    [
      'contributors are none',
      [owner(1, subscription), owner(2, subscription, roles.contributor)],
      {},
      ['1 too-few'],
    ],
  ])('%s', (_, roleAssignments, rows, expected) => {
    const matches = found('assignment-owner-count', { most: 2, least: 2 }, { roleAssignments, ...rows });
    expect(matches.map(({ evidence, variant }) => `${evidence['count']} ${variant ?? 'itself'}`)).toEqual(
      expected,
    );
  });
});

describe('guests', () => {
  const guest = (number: number, ...memberOf: readonly number[]): Row => ({
    ...user(number, ...memberOf),
    userType: 'Guest',
  });

  test.each<[string, Rows, readonly (readonly [string, string, number])[]]>([
    ['who read', { principals: [guest(1)], roleAssignments: readersAt(group) }, []],
    [
      'who are no guests',
      { principals: [user(1)], roleAssignments: [assign(roles.owner, id(1), group)] },
      [],
    ],
    [
      'are found at what is worst, once',
      {
        principals: [guest(1)],
        roleAssignments: [
          assign(roles.reader, id(1), subscription),
          assign(roles.contributor, id(1), subscription),
          assign(roles.owner, id(1), group),
        ],
      },
      [['/roleAssignments/2', 'itself', 1]],
    ],
    [
      'are found at the first where none makes them owners',
      {
        principals: [guest(1)],
        roleAssignments: [
          assign(roles.contributor, id(1), group),
          assign(roles.contributor, id(1), subscription),
        ],
      },
      [['/roleAssignments/0', 'itself', 1]],
    ],
    [
      'through a group',
      {
        principals: [guest(1, 5), groupOf(5)],
        roleAssignments: [assign(roles.contributor, id(5), group)],
      },
      [['/roleAssignments/0', 'through-group', 0]],
    ],
  ])('%s', (_, rows, expected) => {
    const matches = found('assignment-guest-privileged', {}, rows);
    expect(
      matches.map(({ at, variant, related }) => [at.pointer, variant ?? 'itself', related?.length]),
    ).toEqual(expected);
  });
});

test('of what a guest holds beside the worst, twenty assignments are named', () => {
  const scopes = Array.from({ length: 25 }, (_, i) => `${subscription}/resourceGroups/rg${i}`);
  const [match] = found(
    'assignment-guest-privileged',
    {},
    {
      principals: [{ ...user(1), userType: 'Guest' }],
      roleAssignments: scopes.map(scope => assign(roles.contributor, id(1), scope)),
    },
  );
  expect(match?.related).toHaveLength(20);
  expect(match?.related?.[0]).toMatchObject({
    at: { pointer: '/roleAssignments/1' },
    message: `Also Contributor at ${scopes[1]}.`,
  });
});

describe('assignments of users', () => {
  const until = { assignmentType: 'Activated', endDateTime: '2026-12-01T08:00:00Z' };

  test.each<[string, Rows, readonly object[]]>([
    [
      'are one match for each',
      {
        principals: [user(1), user(2), groupOf(3), { id: id(4), type: 'ServicePrincipal' }],
        roleAssignments: [
          assign(roles.reader, id(1), group),
          assign(roles.contributor, id(1), subscription),
          assign(roles.reader, id(1), subscription),
          assign(roles.reader, id(3), group),
          assign(roles.reader, id(4), group, { principalType: 'User' }),
        ],
      },
      [{ principalId: id(1), count: 3, roles: ['Contributor', 'Reader'] }],
    ],
    [
      'are known by what they say where the directory does not',
      {
        roleAssignments: [
          assign(roles.reader, id(1), group, { principalType: 'User' }),
          assign(roles.reader, id(2), group, { principalType: 'Group' }),
          assign(roles.reader, id(3), group),
        ],
      },
      [{ principalId: id(1), count: 1, roles: ['Reader'] }],
    ],
    [
      'that PIM takes back do not count',
      {
        principals: [user(1)],
        roleAssignments: [assign(roles.reader, id(1), group)],
        activeAssignments: [assign(roles.reader, id(1), group, until)],
      },
      [],
    ],
    [
      'of a role that nobody knows have its id',
      {
        principals: [user(1)],
        roleAssignments: [assign('c0000000-0000-0000-0000-00000000000f', id(1), group)],
      },
      [{ principalId: id(1), count: 1, roles: ['c0000000-0000-0000-0000-00000000000f'] }],
    ],
  ])('%s', (_, rows, expected) => {
    expect(found('assignment-to-user', {}, rows).map(({ evidence }) => evidence)).toMatchObject(expected);
  });
});

test('of what a user holds beside the first, twenty assignments are named', () => {
  const scopes = Array.from({ length: 25 }, (_, i) => `${subscription}/resourceGroups/rg${i}`);
  const [match] = found(
    'assignment-to-user',
    {},
    {
      principals: [user(1)],
      roleAssignments: scopes.map(scope => assign(roles.reader, id(1), scope)),
    },
  );
  expect(match).toMatchObject({
    at: { pointer: '/roleAssignments/0' },
    identity: [id(1)],
    evidence: { count: 25 },
  });
  expect(match?.related).toHaveLength(20);
  expect(match?.related?.[0]).toMatchObject({
    at: { pointer: '/roleAssignments/1' },
    message: `Also at ${scopes[1]}.`,
  });
});

describe('powerful assignments', () => {
  const options = { privilegedAt: ['subscription'], ownerAt: ['subscription', 'management-group'] };
  const until = { assignmentType: 'Activated', endDateTime: '2026-12-01T08:00:00Z' };

  test.each<[string, Rows, object, readonly string[]]>([
    [
      'of Owner, at a subscription',
      { roleAssignments: [assign(roles.owner, id(1), subscription)] },
      {},
      ['owner'],
    ],
    [
      'of Owner, at a management group',
      { roleAssignments: [assign(roles.owner, id(1), corp)] },
      {},
      ['owner'],
    ],
    ['of Owner, at a resource group', { roleAssignments: [assign(roles.owner, id(1), group)] }, {}, []],
    [
      'of Contributor, at a subscription',
      { roleAssignments: [assign(roles.contributor, id(1), subscription)] },
      {},
      ['itself'],
    ],
    [
      'of Contributor, where only Owner counts',
      { roleAssignments: [assign(roles.contributor, id(1), corp)] },
      {},
      [],
    ],
    ['of Reader', { roleAssignments: readersAt(subscription) }, {}, []],
    [
      'of machines alone',
      {
        principals: [user(1), { id: id(2), type: 'ServicePrincipal' }],
        roleAssignments: [1, 2].map(number => assign(roles.owner, id(number), subscription)),
      },
      { principalTypes: ['ServicePrincipal'] },
      ['owner'],
    ],
    [
      'for a time',
      {
        roleAssignments: [assign(roles.owner, id(1), subscription)],
        activeAssignments: [assign(roles.owner, id(1), subscription, until)],
      },
      {},
      [],
    ],
    [
      'of somebody who is gone',
      { principals: [user(2)], roleAssignments: [assign(roles.owner, id(1), subscription)] },
      {},
      [],
    ],
  ])('%s', (_, rows, more, expected) => {
    const matches = found('assignment-privileged', { ...options, ...more }, rows);
    expect(matches.map(({ variant }) => variant ?? 'itself')).toEqual(expected);
  });
});

test.each([
  ['the directory', 'ServicePrincipal', 'User', 'ServicePrincipal'],
  ['the assignment, where the directory does not', 'Unknown', 'User', 'User'],
  ['nobody', 'Unknown', undefined, 'Unknown'],
])('what a principal is, is said by %s', (_, type, principalType, expected) => {
  const [match] = found(
    'assignment-privileged',
    { privilegedAt: [], ownerAt: ['subscription'] },
    {
      principals: [{ id: id(1), type, displayName: 'Builder' }],
      roleAssignments: [
        assign(roles.owner, id(1), subscription, principalType === undefined ? {} : { principalType }),
      ],
    },
  );
  expect(match?.evidence).toMatchObject({ principal: 'Builder', principalType: expected });
});
