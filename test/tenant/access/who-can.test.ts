import { expect, test } from 'vitest';
import { AccessQuestion } from '../../../src/tenant/access/access-question.js';
import { membershipCommand } from '../../../src/tenant/access/membership-command.js';
import { whoCan } from '../../../src/tenant/access/who-can.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import {
  assign,
  corp,
  deny,
  group,
  groupOf,
  id,
  roles,
  subscription,
  tenantOf,
  user,
  type Rows,
} from './tenant-rows.js';

const remove = 'Microsoft.Compute/virtualMachines/delete';

function found(rows: Rows) {
  const tenant = tenantOf(rows);
  const { principals, notices } = whoCan(
    tenant,
    new AccessQuestion(tenant, { operation: remove, plane: 'control', scope: parseScope(group) }),
  );
  return {
    who: principals.map(principal => [principal.id, principal.decision]),
    notices: notices.map(({ code }) => code),
  };
}

test('members of groups are named, groups are not', () => {
  const rows = {
    principals: [user(1, 4), user(2), user(3), groupOf(4, 5), groupOf(5)],
    roleAssignments: [
      assign(roles.contributor, id(5), subscription),
      assign(roles.owner, id(2), group),
      assign(roles.reader, id(3), group),
    ],
  };
  expect(found(rows)).toEqual({
    who: [
      [id(1), 'allowed'],
      [id(2), 'allowed'],
    ],
    notices: [],
  });
});

test('who is denied it is not named; who may be is, as a question', () => {
  const rows = {
    principals: [user(1), user(2), user(3)],
    roleAssignments: [1, 2].map(number => assign(roles.contributor, id(number), subscription)),
    denyAssignments: [deny(group, { permissions: [{ actions: ['*'] }], principals: [{ id: id(1) }] })],
    gaps: [{ what: 'denyAssignments', scope: subscription, reason: 'refused' }],
  };
  expect(found(rows).who).toEqual([[id(2), 'unknown']]);
});

test('who holds it at a management group that may lie around the scope is a question, too', () => {
  const rows = {
    subscriptions: [],
    principals: [user(1), user(2, 5), groupOf(5), user(3)],
    roleAssignments: [
      assign(roles.contributor, id(1), corp),
      assign(roles.contributor, id(5), corp),
      assign(roles.reader, id(3), corp),
    ],
  };
  expect(found(rows).who).toEqual([
    [id(1), 'unknown'],
    [id(2), 'unknown'],
  ]);
});

test.each([
  ['a user', user(1, 5), { who: [[id(1), 'allowed']], notices: [] }],
  ['a group', groupOf(1, 5), { who: [], notices: ['group-without-members'] }],
])('what has %s as a member is a group, though the directory does not hold it', (_, member, expected) => {
  expect(found({ principals: [member], roleAssignments: [assign(roles.owner, id(5), group)] })).toEqual(
    expected,
  );
});

test('a group of another directory is none that could do it', () => {
  const principalType = 'ForeignGroup';
  expect(found({ roleAssignments: [assign(roles.owner, id(5), group, { principalType })] }).who).toEqual([]);
});

test('a group without members is a notice', () => {
  expect(found({ principals: [groupOf(5)], roleAssignments: [assign(roles.owner, id(5), group)] })).toEqual({
    who: [],
    notices: ['group-without-members'],
  });
});

test('principals that the directory does not hold are named by their assignment', () => {
  const rows = {
    roleAssignments: [assign(roles.owner, id(1), group, { principalType: 'ServicePrincipal' })],
  };
  const tenant = tenantOf(rows);
  const { principals } = whoCan(
    tenant,
    new AccessQuestion(tenant, { operation: remove, plane: 'control', scope: parseScope(group) }),
  );
  expect(principals).toMatchObject([
    { id: id(1), type: 'ServicePrincipal', displayName: null, decision: 'allowed' },
  ]);
});

test.each([
  ['ServicePrincipal', [['ServicePrincipal', 'allowed']], []],
  ['Group', [], ['group-without-members']],
])(
  'of a principal whose type the directory could not tell, the assignment does: %s',
  (principalType, who, notices) => {
    const tenant = tenantOf({
      principals: [{ id: id(1), type: 'Unknown', displayName: 'Builder' }],
      roleAssignments: [assign(roles.owner, id(1), group, { principalType })],
    });
    const answer = whoCan(
      tenant,
      new AccessQuestion(tenant, { operation: remove, plane: 'control', scope: parseScope(group) }),
    );
    expect(answer.principals.map(({ type, decision }) => [type, decision])).toEqual(who);
    expect(answer.notices.map(({ code }) => code)).toEqual(notices);
  },
);

test('where one assignment of a principal does not say what it is, another one does', () => {
  const roleAssignments = [
    assign(roles.contributor, id(5), group),
    assign(roles.owner, id(5), group, { principalType: 'Group' }),
  ];
  expect(found({ roleAssignments })).toEqual({ who: [], notices: ['group-without-members'] });
});

test('a principal whose condition is never true there is not named', () => {
  const never = assign(roles.contributor, id(1), group, {
    condition: "ActionMatches{'Microsoft.Compute/disks/read'}",
    conditionVersion: '2.0',
  });
  const rows = {
    principals: [user(1), user(2)],
    roleAssignments: [never, assign(roles.owner, id(2), group)],
  };
  expect(found(rows).who).toEqual([[id(2), 'allowed']]);
});

test('who can do it is called as people know them', () => {
  const tenant = tenantOf({ principals: [user(1)], roleAssignments: [assign(roles.owner, id(1), group)] });
  const asked = new AccessQuestion(tenant, { operation: remove, plane: 'control', scope: parseScope(group) });
  expect(whoCan(tenant, asked).principals).toMatchObject([
    { id: id(1), type: 'User', displayName: 'User 1' },
  ]);
});

test('of twenty principals and more the groups of twenty are asked for', () => {
  const ids = Array.from({ length: 25 }, (_, i) => id(i));
  expect(membershipCommand(ids)).toContain(`for id in ${ids.slice(0, 20).join(' ')}; do az rest `);
});
