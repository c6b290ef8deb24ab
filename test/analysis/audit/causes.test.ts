import { describe, expect, test } from 'vitest';
import type { Cause } from '../../../src/analysis/audit/cause.js';
import {
  assign,
  corp,
  group,
  groupOf,
  id,
  roles,
  type Row,
  subscription,
  user,
} from '../../tenant/access/tenant-rows.js';
import { causesOf } from './audit-of.js';

const other = '/subscriptions/22222222-2222-3333-4444-555555555555';
const subscriptions = [
  { id: subscription.split('/')[2], managementGroup: 'corp' },
  { id: other.split('/')[2], managementGroup: 'corp' },
];
const guid = 'c0000000-0000-0000-0000-000000000001';

function app(number: number): Row {
  return { id: id(number), type: 'ServicePrincipal', displayName: `app-${number}`, memberOf: [] };
}

function guest(number: number, ...memberOf: readonly number[]): Row {
  return { ...user(number, ...memberOf), userType: 'Guest' };
}

function customRole(actions: readonly string[]): Row {
  return {
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    properties: {
      roleName: 'Key Reader',
      type: 'CustomRole',
      description: 'Reads keys.',
      assignableScopes: [subscription],
      permissions: [{ actions, notActions: [] }],
    },
  };
}

/** What tells a cause from others, in short. */
function shown({ severity, subject, findings, assignments, reach }: Cause) {
  const places = (assignments ?? findings).length;
  return `${severity} ${subject.kind} ${subject.name}: ${places} places, ${reach.identities} identities, ${reach.scopes} scopes`;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('one cause', () => {
  test('a role with forty assignments is one line with forty places', () => {
    const causes = causesOf(
      {
        principals: numbers(40).map(app),
        roleAssignments: numbers(40).map(number => assign(roles.owner, id(number), subscription)),
      },
      'assignment-privileged-service-principal',
    );
    expect(causes.map(shown)).toEqual(['critical role Owner: 40 places, 40 identities, 1 scopes']);
    expect(causes[0]?.message).toBe(
      `The service principal app-1 (and 39 more) has Owner at ${subscription}: it can assign any role, including to itself.`,
    );
  });

  test('the widest place comes first, and is the one that is named', () => {
    const causes = causesOf(
      {
        principals: numbers(3).map(app),
        roleAssignments: [
          assign(roles.owner, id(1), group),
          assign(roles.owner, id(2), subscription),
          assign(roles.owner, id(3), group),
        ],
      },
      'assignment-privileged-service-principal',
    );
    expect(causes[0]?.findings.map(({ evidence }) => evidence['principal'])).toEqual([
      'app-2',
      'app-1',
      'app-3',
    ]);
    expect(causes[0]?.message).toBe(
      `The service principal app-2 (and 2 more) has Owner at ${subscription} (and 1 more): it can assign any role, including to itself.`,
    );
  });

  test('another role is another cause, and the worse comes first', () => {
    const causes = causesOf(
      {
        principals: numbers(3).map(app),
        roleAssignments: [
          assign(roles.contributor, id(1), subscription),
          assign(roles.contributor, id(2), subscription),
          assign(roles.owner, id(3), subscription),
        ],
      },
      'assignment-privileged-service-principal',
    );
    expect(causes.map(shown)).toEqual([
      'critical role Owner: 1 places, 1 identities, 1 scopes',
      'high role Contributor: 2 places, 2 identities, 1 scopes',
    ]);
  });

  test('guests of one group', () => {
    const causes = causesOf(
      {
        principals: [groupOf(9), guest(1, 9), guest(2, 9), guest(3)],
        roleAssignments: [
          assign(roles.contributor, id(9), subscription),
          assign(roles.contributor, id(3), group),
        ],
      },
      'assignment-guest-privileged',
    );
    expect(causes.map(shown)).toEqual([
      'high group Group 9: 2 places, 2 identities, 1 scopes',
      'high role Contributor: 1 places, 1 identities, 1 scopes',
    ]);
  });

  test('a condition that stands on several assignments', () => {
    const condition = `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles.owner}}`;
    const properties = { condition, conditionVersion: '2.0' };
    const causes = causesOf(
      {
        principals: numbers(3).map(app),
        roleAssignments: [
          ...numbers(2).map(number => assign(roles.rbacAdministrator, id(number), group, properties)),
          assign(roles.rbacAdministrator, id(3), group, {
            ...properties,
            condition: condition.replace(roles.owner, roles.contributor),
          }),
        ],
      },
      'condition-allows-privileged-role',
    );
    expect(causes.map(({ subject, findings }) => [subject.kind, subject.name, findings.length])).toEqual([
      ['condition', condition, 2],
      ['condition', condition.replace(roles.owner, roles.contributor), 1],
    ]);
  });

  test('a principal that is gone, with a command for each assignment', () => {
    const [first, second] = [assign(roles.reader, id(8), group), assign(roles.reader, id(8), subscription)];
    const causes = causesOf(
      { principals: [user(1)], roleAssignments: [first, second, assign(roles.reader, id(7), group)] },
      'assignment-orphaned-principal',
    );
    expect(causes.map(shown)).toEqual([
      `medium principal ${id(8)}: 2 places, 1 identities, 2 scopes`,
      `medium principal ${id(7)}: 1 places, 1 identities, 1 scopes`,
    ]);
    expect(causes[0]?.commands).toEqual(
      [second, first].map(row => `az role assignment delete --ids "${String(row['id']).toLowerCase()}"`),
    );
  });

  test('the same owners of several subscriptions', () => {
    const causes = causesOf(
      {
        principals: [user(1)],
        subscriptions,
        roleAssignments: [assign(roles.owner, id(1), subscription), assign(roles.owner, id(1), other)],
      },
      'assignment-owner-count',
    );
    expect(causes.map(shown)).toEqual(['medium owners User 1: 2 places, 0 identities, 2 scopes']);
  });

  test('people who hold one role; those with several are one matter', () => {
    const causes = causesOf(
      {
        principals: numbers(5).map(number => user(number)),
        roleAssignments: [
          ...numbers(3).map(number => assign(roles.reader, id(number), group)),
          ...[4, 5].flatMap(number =>
            [roles.reader, roles.blobReader].map(role => assign(role, id(number), group)),
          ),
        ],
      },
      'assignment-to-user',
    );
    expect(causes.map(shown)).toEqual([
      'low role Reader: 3 places, 3 identities, 0 scopes',
      'low roles several roles: 2 places, 2 identities, 0 scopes',
    ]);
  });

  test('what members of a group hold beside it', () => {
    const causes = causesOf(
      {
        principals: [groupOf(9), ...numbers(3).map(number => user(number, 9))],
        roleAssignments: [
          assign(roles.reader, id(9), group),
          ...numbers(3).map(number => assign(roles.reader, id(number), group)),
        ],
      },
      'assignment-duplicate',
    );
    expect(causes.map(shown)).toEqual(['low group Group 9: 3 places, 3 identities, 1 scopes']);
    expect(causes[0]?.commands).toHaveLength(3);
  });

  test('a role definition is concerned with all who have it, members of groups one by one', () => {
    const causes = causesOf(
      {
        roleDefinitions: [customRole(['Microsoft.Storage/storageAccounts/listKeys/action'])],
        principals: [groupOf(9), ...numbers(3).map(number => user(number, 9)), app(4)],
        roleAssignments: [
          assign(guid, id(1), group),
          assign(guid, id(9), subscription),
          assign(guid, id(4), `${group}/providers/Microsoft.Storage/storageAccounts/a`),
          assign(roles.reader, id(4), corp),
        ],
      },
      'role-reads-credentials',
    );
    expect(causes.map(shown)).toEqual(['low role Key Reader: 3 places, 4 identities, 3 scopes']);
    expect(causes[0]?.assignments?.map(({ place }) => place.kind)).toEqual([
      'subscription',
      'resource-group',
      'resource',
    ]);
    expect(causes[0]?.reach.widest).toBe(subscription);
    expect(causes[0]?.subject.id).toBe(guid);
  });

  test('strings of one role that others cover', () => {
    const actions = ['*/read', 'Microsoft.Compute/disks/read', 'Microsoft.Compute/virtualMachines/read'];
    const [cause] = causesOf({ roleDefinitions: [customRole(actions)] }, 'action-redundant');
    expect(cause?.findings).toHaveLength(2);
    expect(cause?.assignments).toEqual([]);
    expect(cause?.message).toBe(
      'Role "Key Reader" lists "Microsoft.Compute/disks/read" (and 1 more) in Actions, which "*/read" already covers.',
    );
  });
});

test('the id of a cause outlives other findings, rows in another order and new places', () => {
  const rows = {
    principals: numbers(3).map(app),
    roleAssignments: numbers(2).map(number => assign(roles.owner, id(number), subscription)),
  };
  const more = {
    principals: rows.principals,
    roleAssignments: [assign(roles.contributor, id(3), corp), ...rows.roleAssignments.toReversed()],
  };
  const rule = 'assignment-privileged-service-principal';
  const ids = causesOf(rows, rule).map(({ id: name }) => name);
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  expect(causesOf(more, rule).map(({ id: name }) => name)).toContain(ids[0]);
});

test('wide scopes come before narrow ones, where as many are concerned', () => {
  const causes = causesOf(
    {
      principals: numbers(3).map(app),
      roleAssignments: [
        assign(roles.owner, id(1), group),
        assign('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', id(2), subscription),
      ],
    },
    'assignment-privileged-service-principal',
  );
  expect(causes.map(({ subject }) => subject.name)).toEqual(['User Access Administrator', 'Owner']);
});
