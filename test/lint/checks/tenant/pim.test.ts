import { describe, expect, test } from 'vitest';
import {
  assign,
  corp,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  type Row,
  type Rows,
  subscription,
  user,
} from '../../../tenant/access/tenant-rows.js';
import { lintTenant } from '../conditions/lint-tenant.js';

const until = { startDateTime: '2026-06-01T08:00:00Z', endDateTime: '2026-12-01T08:00:00Z' };
const somebodyElse = assign(roles.owner, id(9), subscription, until);

function verdicts(rows: Rows, prefix = 'pim-'): string[] {
  return lintTenant(rows, prefix).map(
    ({ rule, variant, at }) => `${rule.id}${variant === undefined ? '' : `/${variant}`} ${at.pointer}`,
  );
}

function held(properties: Row = {}, scope: string = subscription, principal = 1): Row {
  return assign(roles.owner, id(principal), scope, { principalType: 'User', ...properties });
}

describe('an owner', () => {
  const eligibleAssignments = [somebodyElse];
  test.each<[string, Rows, string[]]>([
    [
      'of a management group',
      { roleAssignments: [held({}, corp)] },
      ['pim-standing-privileged /roleAssignments/0'],
    ],
    ['of everything', { roleAssignments: [held({}, '/')] }, ['pim-standing-privileged /roleAssignments/0']],
    ['of a resource group', { roleAssignments: [held({}, group)] }, []],
    ['whom the directory no longer knows', { roleAssignments: [held()], principals: [user(2)] }, []],
    [
      'whom the directory could not tell of',
      {
        roleAssignments: [held()],
        principals: [user(2)],
        gaps: [{ what: 'principals', scope: '/', reason: 'access is refused' }],
      },
      ['pim-standing-privileged /roleAssignments/0'],
    ],
    [
      'through a group in a group',
      {
        roleAssignments: [held({ principalType: 'Group' }, subscription, 5)],
        principals: [groupOf(5), groupOf(6, 5), user(1, 6)],
      },
      ['pim-standing-privileged/group /roleAssignments/0'],
    ],
    [
      'through a group that nobody is in',
      { roleAssignments: [held({ principalType: 'Group' }, subscription, 5)], principals: [groupOf(5)] },
      [],
    ],
    [
      'through a group of machines',
      {
        roleAssignments: [held({ principalType: 'Group' }, subscription, 5)],
        principals: [groupOf(5), { id: id(7), type: 'ServicePrincipal', memberOf: [id(5)] }],
      },
      [],
    ],
  ])('%s', (_, rows, expected) => {
    expect(verdicts({ eligibleAssignments, ...rows })).toEqual(expected);
  });
});

describe('what was activated is not held for good', () => {
  test('found by the id of the role assignment', () => {
    const assignment = held();
    const active = assign(roles.owner, id(1), subscription, {
      assignmentType: 'Activated',
      originRoleAssignmentId: assignment['id'],
    });
    expect(
      verdicts({
        roleAssignments: [assignment],
        activeAssignments: [active],
        eligibleAssignments: [somebodyElse],
      }),
    ).toEqual([]);
  });

  test('through a group that may activate it, where the schedules are missing', () => {
    const rows = {
      roleAssignments: [held()],
      eligibleAssignments: [assign(roles.owner, id(5), corp, until)],
      principals: [groupOf(5), user(1, 5)],
    };
    expect(verdicts(rows)).toEqual([]);
  });

  test('unless the schedules say nothing of it', () => {
    const rows = {
      roleAssignments: [held()],
      activeAssignments: [assign(roles.reader, id(3), subscription, { assignmentType: 'Assigned' })],
      eligibleAssignments: [assign(roles.owner, id(1), subscription, until)],
      principals: [user(1), user(3)],
    };
    expect(verdicts(rows)).toEqual(['pim-standing-privileged /roleAssignments/0']);
  });

  test('where a gap could hide it', () => {
    const rows = {
      roleAssignments: [held()],
      activeAssignments: [assign(roles.reader, id(3), subscription, { assignmentType: 'Assigned' })],
      eligibleAssignments: [assign(roles.owner, id(1), subscription, until)],
      gaps: [{ what: 'activeAssignments', scope: subscription, reason: 'access is refused' }],
    };
    expect(verdicts(rows)).toEqual([]);
  });
});

test('a role that is held for good and may be activated is said under the worse finding', () => {
  const rows = {
    roleAssignments: [held()],
    activeAssignments: [assign(roles.owner, id(1), subscription, { assignmentType: 'Assigned' })],
    eligibleAssignments: [assign(roles.owner, id(1), subscription, until)],
  };
  const [finding, ...others] = lintTenant(rows, 'pim-');
  expect([finding?.rule.id, finding?.related.map(({ ruleId }) => ruleId), others]).toEqual([
    'pim-standing-privileged',
    ['pim-eligible-and-active'],
    [],
  ]);
});

describe('a deny assignment', () => {
  const permissions = [{ actions: ['Microsoft.RecoveryServices/vaults/delete'] }];
  const principal = (number: number): Row => ({ id: id(number), type: 'User' });
  test.each<[string, Row, readonly Row[], string[]]>([
    [
      'that excludes the group of the one it names',
      { principals: [principal(1)], excludePrincipals: [principal(5)] },
      [groupOf(5), user(1, 5)],
      ['deny-without-effect/nobody /denyAssignments/0'],
    ],
    [
      'that excludes a group of which nobody knows the members',
      { principals: [principal(1)], excludePrincipals: [principal(5)] },
      [],
      [],
    ],
    [
      'about somebody who is deleted',
      { principals: [principal(1)] },
      [user(2)],
      ['deny-without-effect/nobody /denyAssignments/0'],
    ],
    ['about nobody', { principals: [] }, [], ['deny-without-effect/nobody /denyAssignments/0']],
    ['about everyone', { principals: [everyone], excludePrincipals: [principal(1)] }, [user(1)], []],
    [
      'of reads that a wildcard covers',
      { principals: [everyone], permissions: [{ actions: ['*/read'] }] },
      [],
      [],
    ],
    [
      'of nothing',
      { principals: [everyone], permissions: [] },
      [],
      ['deny-without-effect /denyAssignments/0'],
    ],
  ])('%s', (_, properties, principals, expected) => {
    const denyAssignments = [deny(subscription, { permissions, ...properties })];
    expect(verdicts({ denyAssignments, principals }, 'deny-')).toEqual(expected);
  });
});
