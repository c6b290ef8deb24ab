import { describe, expect, test } from 'vitest';
import { decide } from './decide.js';
import type { Verdict } from '../../../src/tenant/access/decision.js';
import { attributeKey } from '../../../src/rbac/conditions/knowledge.js';
import {
  assign,
  corp,
  deny,
  everyone,
  group,
  groupOf,
  id,
  question,
  roles,
  subscription,
  tenantOf,
  user,
  type Row,
  type Rows,
} from './tenant-rows.js';

const remove = 'Microsoft.Compute/virtualMachines/delete';
const assignRoles = 'Microsoft.Authorization/roleAssignments/write';
const readBlobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const account = `${group}/providers/Microsoft.Storage/storageAccounts/data1`;
const container = `${account}/blobServices/default/containers/public`;

const onlyReader = `(!(ActionMatches{'${assignRoles}'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals{${roles.reader}})`;
const onlyPublic = `(!(ActionMatches{'${readBlobs}'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'public')`;
const allDeletes = [{ actions: ['*/delete'], notActions: [] }];

function decided(
  rows: Rows,
  operation = remove,
  scope = group,
  plane: 'control' | 'data' = 'control',
): Verdict {
  return decide(tenantOf({ principals: [user(1)], ...rows }), question(1, operation, scope, plane)).decision;
}

describe('role assignments', () => {
  test.each([
    ['at the scope', group, 'allowed'],
    ['at the subscription', subscription, 'allowed'],
    ['at its management group', corp, 'allowed'],
    ['at the root', '/', 'allowed'],
    ['in another case, with a slash at the end', `${subscription.toUpperCase()}/`, 'allowed'],
    ['at a resource in it', `${group}/providers/Microsoft.Compute/virtualMachines/vm1`, 'not-granted'],
    ['at a resource group whose name goes on', `${group}1`, 'not-granted'],
    ['at another subscription', '/subscriptions/22222222-2222-3333-4444-555555555555', 'not-granted'],
    ['at another management group', '/providers/Microsoft.Management/managementGroups/lab', 'not-granted'],
  ] as const)('%s', (_, scope, expected) => {
    expect(decided({ roleAssignments: [assign(roles.contributor, id(1), scope)] })).toBe(expected);
  });

  test('reach extension resources and nested ones', () => {
    const rows = { roleAssignments: [assign(roles.reader, id(1), account)] };
    const settings = `${container}/providers/Microsoft.Insights/diagnosticSettings/all`;
    expect(decided(rows, 'Microsoft.Insights/diagnosticSettings/read', settings)).toBe('allowed');
  });

  test('do not cross planes', () => {
    const rows = { roleAssignments: [assign(roles.owner, id(1), group)] };
    expect(decided(rows, readBlobs, container, 'data')).toBe('not-granted');
    expect(
      decided({ roleAssignments: [assign(roles.blobReader, id(1), group)] }, readBlobs, container, 'data'),
    ).toBe('allowed');
  });

  test('of another principal give nothing', () => {
    expect(decided({ roleAssignments: [assign(roles.owner, id(2), group)] })).toBe('not-granted');
  });

  test('say through which role, string and groups', () => {
    const tenant = tenantOf({
      principals: [user(1, 3), groupOf(3, 2), groupOf(2)],
      roleAssignments: [assign(roles.contributor, id(2), corp)],
    });
    expect(decide(tenant, question(1, remove, group)).because).toMatchObject([
      {
        kind: 'role-assignment',
        scope: corp,
        role: 'Contributor',
        pattern: '*',
        via: [id(3), id(2)],
        condition: null,
      },
    ]);
  });
});

describe('groups', () => {
  const granted = { roleAssignments: [assign(roles.contributor, id(2), group)] };

  test('that lie in each other are walked once', () => {
    expect(
      decided({ ...granted, principals: [user(1, 3), groupOf(3, 4), groupOf(4, 3, 2), groupOf(2, 3)] }),
    ).toBe('allowed');
  });

  test.each([
    ['a principal that nobody knows', []],
    ['a group that nobody knows', [user(1, 3)]],
  ])('of %s may be more', (_, principals) => {
    expect(decided({ ...granted, principals })).toBe('unknown');
  });

  test.each([
    [
      'somebody whom the snapshot does not hold',
      [],
      'The principal is not in the snapshot, so its groups are not known.',
    ],
    [
      'somebody in a group that it does not hold',
      [user(1, 3)],
      'The snapshot does not hold all the groups that the principal may be in.',
    ],
  ])('of %s: the reason says what is missing, and how to get it', (_, principals, sentence) => {
    const { because } = decide(tenantOf({ ...granted, principals }), question(1, remove, group));
    const reason = because.find(({ kind }) => kind === 'gap')!;
    const command = `Save in the folder of the snapshot what this prints: for id in ${id(1)}; do az rest `;
    expect(reason.explanation).toContain(`${sentence} ${command}`);
  });

  test('that are missing do not matter where no group has the right', () => {
    expect(decided({ principals: [user(1, 3)], roleAssignments: [assign(roles.reader, id(2), group)] })).toBe(
      'not-granted',
    );
    const toUser = assign(roles.contributor, id(2), group, { principalType: 'User' });
    expect(decided({ principals: [user(1, 3)], roleAssignments: [toUser] })).toBe('not-granted');
  });
});

describe('deny assignments', () => {
  const granted = [assign(roles.contributor, id(1), subscription)];
  const denied = (scope: string, properties: object, principals = [user(1)]): Verdict =>
    decided({
      principals,
      roleAssignments: granted,
      denyAssignments: [deny(scope, { permissions: allDeletes, ...properties })],
    });

  test.each([
    ['everyone', { principals: [everyone] }, 'denied'],
    ['the principal', { principals: [{ id: id(1) }] }, 'denied'],
    ['somebody else', { principals: [{ id: id(9), type: 'User' }] }, 'allowed'],
    ['everyone but the principal', { principals: [everyone], excludePrincipals: [{ id: id(1) }] }, 'allowed'],
    ['everyone, to be logged only', { principals: [everyone], denyAssignmentEffect: 'audit' }, 'allowed'],
    [
      'everyone, other operations',
      { principals: [everyone], permissions: [{ actions: ['*/read'] }] },
      'allowed',
    ],
    [
      'everyone, what NotActions leave',
      { principals: [everyone], permissions: [{ actions: ['*'], notActions: [remove] }] },
      'allowed',
    ],
    ['everyone, data actions', { principals: [everyone], permissions: [{ dataActions: ['*'] }] }, 'allowed'],
    [
      'everyone, where a condition does not hold',
      { principals: [everyone], condition: `!(ActionMatches{'${remove}'})` },
      'allowed',
    ],
    [
      'everyone, where a condition may hold',
      { principals: [everyone], condition: '@Resource[HasObotoken] BoolEquals true' },
      'conditional',
    ],
  ] as const)('of %s', (_, properties, expected) => {
    expect(denied(subscription, properties)).toBe(expected);
  });

  test('may stop at their scope', () => {
    expect(denied(subscription, { principals: [everyone], doNotApplyToChildScopes: true })).toBe('allowed');
    expect(denied(group, { principals: [everyone], doNotApplyToChildScopes: true })).toBe('denied');
  });

  test('mean and exclude groups', () => {
    const member = [user(1, 2), groupOf(2)];
    expect(denied(group, { principals: [{ id: id(2) }] }, member)).toBe('denied');
    expect(denied(group, { principals: [everyone], excludePrincipals: [{ id: id(2) }] }, member)).toBe(
      'allowed',
    );
  });

  test('mean the same ids without hyphens', () => {
    const bare = (number: number) => ({ id: id(number).replaceAll('-', '') });
    expect(denied(group, { principals: [bare(1)] })).toBe('denied');
    expect(denied(group, { principals: [everyone], excludePrincipals: [bare(1)] })).toBe('allowed');
    expect(denied(group, { principals: [{ id: '00000000000000000000000000000000' }] })).toBe('denied');
  });

  test('leave it open where it depends on groups that nobody knows', () => {
    expect(denied(group, { principals: [{ id: id(7) }] }, [user(1, 3)])).toBe('unknown');
    expect(denied(group, { principals: [everyone], excludePrincipals: [{ id: id(7) }] }, [user(1, 3)])).toBe(
      'unknown',
    );
  });

  test('do not leave it open where they are about one whom the directory knows to be no group', () => {
    expect(denied(group, { principals: [{ id: id(7) }] }, [user(1, 3), user(7)])).toBe('allowed');
    const excludePrincipals = [{ id: id(7) }];
    expect(denied(group, { principals: [everyone], excludePrincipals }, [user(1, 3), user(7)])).toBe(
      'denied',
    );
  });

  test('do not leave it open where they exclude one that they say is no group', () => {
    const excludePrincipals = [{ id: id(7), type: 'ServicePrincipal' }];
    expect(denied(group, { principals: [everyone], excludePrincipals }, [])).toBe('denied');
  });

  test('win where nothing is granted, too', () => {
    const rows = { denyAssignments: [deny(group, { permissions: allDeletes, principals: [everyone] })] };
    expect(decided(rows)).toBe('denied');
  });
});

describe('conditions', () => {
  const delegated = {
    roleAssignments: [assign(roles.rbacAdministrator, id(1), group, { condition: onlyReader })],
  };

  test('decide where they are about the operation', () => {
    expect(decided(delegated, assignRoles)).toBe('conditional');
    expect(decided(delegated, 'Microsoft.Authorization/roleAssignments/read')).toBe('allowed');
  });

  test('do not matter beside an assignment without one', () => {
    const both = [...delegated.roleAssignments, assign(roles.owner, id(1), subscription)];
    expect(decided({ roleAssignments: both }, assignRoles)).toBe('allowed');
  });

  test.each([
    [roles.reader, 'allowed'],
    [roles.owner, 'not-granted'],
  ] as const)('are decided by attributes that are known: %s', (role, expected) => {
    const attributes = new Map([
      [attributeKey('Request', 'Microsoft.Authorization/roleAssignments:RoleDefinitionId'), [role]],
    ]);
    const tenant = tenantOf({ principals: [user(1)], ...delegated });
    expect(decide(tenant, question(1, assignRoles, group), attributes).decision).toBe(expected);
  });

  test.each([
    [container, 'allowed'],
    [container.replace('public', 'private'), 'not-granted'],
    [account, 'conditional'],
  ] as const)('know the names in a scope: %s', (scope, expected) => {
    const rows = {
      roleAssignments: [assign(roles.blobReader, id(1), subscription, { condition: onlyPublic })],
    };
    expect(decided(rows, readBlobs, scope, 'data')).toBe(expected);
  });

  test('that cannot be read are not taken to hold, nor to fail', () => {
    const rows = { roleAssignments: [assign(roles.owner, id(1), group, { condition: '@Resource[' })] };
    expect(decided(rows)).toBe('conditional');
  });

  test('of a role guard their own entry alone', () => {
    const keyVaultAdministrator = '8b54135c-b56d-4d72-a534-26097cfdc8d8';
    const rows = { roleAssignments: [assign(keyVaultAdministrator, id(1), group)] };
    expect(decided(rows, assignRoles)).toBe('conditional');
    expect(decided(rows, 'Microsoft.KeyVault/vaults/read')).toBe('allowed');
  });
});

describe('PIM', () => {
  test('gives nothing before it is activated, and says so', () => {
    const tenant = tenantOf({
      principals: [user(1)],
      eligibleAssignments: [assign(roles.contributor, id(1), subscription)],
    });
    const found = decide(tenant, question(1, remove, group));
    expect(found.decision).toBe('not-granted');
    expect(found.because).toMatchObject([
      { kind: 'eligible-assignment', role: 'Contributor', scope: subscription },
    ]);
  });

  test('counts what is active, once', () => {
    const active = assign(roles.contributor, id(1), subscription);
    const tenant = tenantOf({
      principals: [user(1)],
      activeAssignments: [active],
      roleAssignments: [active],
    });
    expect(decide(tenant, question(1, remove, group)).because).toHaveLength(1);
    expect(decided({ activeAssignments: [active] })).toBe('allowed');
  });
});

describe('what was not read', () => {
  const gap = (what: string, scope = subscription) => ({
    gaps: [{ what, scope, reason: 'access is refused' }],
  });

  test.each([
    ['roleAssignments', 'unknown'],
    ['roleDefinitions', 'not-granted'],
    ['activeAssignments', 'not-granted'],
    ['denyAssignments', 'not-granted'],
    ['eligibleAssignments', 'not-granted'],
    ['resources', 'not-granted'],
    ['something else', 'unknown'],
  ])('leaves what nothing grants open, if it may grant it: %s', (what, expected) => {
    expect(decided(gap(what))).toBe(expected);
  });

  test.each([
    ['roleAssignments', 'allowed'],
    ['denyAssignments', 'unknown'],
  ])('leaves what is granted open, if it may deny it: %s', (what, expected) => {
    expect(decided({ ...gap(what), roleAssignments: [assign(roles.contributor, id(1), group)] })).toBe(
      expected,
    );
  });

  test('elsewhere does not matter', () => {
    expect(decided(gap('roleAssignments', '/subscriptions/22222222-2222-3333-4444-555555555555'))).toBe(
      'not-granted',
    );
  });

  test('is said', () => {
    const tenant = tenantOf({ principals: [user(1)], ...gap('roleAssignments') });
    expect(decide(tenant, question(1, remove, group)).because).toMatchObject([
      {
        kind: 'gap',
        id: 'roleAssignments',
        scope: subscription,
        explanation: `Not read: roleAssignments at ${subscription}: access is refused.`,
      },
    ]);
  });

  test('are roles that nobody knows', () => {
    expect(decided({ roleAssignments: [assign('c0000000-0000-0000-0000-000000000001', id(1), group)] })).toBe(
      'unknown',
    );
  });

  test('are roles that nobody knows, but not where their assignment stops short of the operation', () => {
    const condition = `!(ActionMatches{'${remove}'})`;
    const lost = assign('c0000000-0000-0000-0000-000000000001', id(1), group, { condition });
    expect(decided({ roleAssignments: [lost] })).toBe('not-granted');
  });

  test('are groups that nobody knows at management groups that may hold the subscription', () => {
    const rows = {
      subscriptions: [],
      principals: [user(1, 3), groupOf(2)],
      roleAssignments: [assign(roles.contributor, id(2), corp)],
    };
    expect(decided(rows)).toBe('unknown');
  });

  test('are management groups that may hold the subscription', () => {
    const held = [{ id: subscription.split('/')[2] }];
    const rows = { subscriptions: held, roleAssignments: [assign(roles.contributor, id(1), corp)] };
    expect(decided(rows)).toBe('unknown');
    expect(decided({ ...rows, roleAssignments: [assign(roles.reader, id(1), corp)] })).toBe('not-granted');
  });

  test('is a subscription that the snapshot does not hold', () => {
    const rows = { subscriptions: [], roleAssignments: [assign(roles.contributor, id(1), corp)] };
    expect(decided({ ...rows, roleAssignments: [assign(roles.reader, id(1), corp)] })).toBe('unknown');
    expect(decided({ ...rows, roleAssignments: [assign(roles.owner, id(1), '/')] })).toBe('unknown');
  });

  test('is the rest of a snapshot that is cut off', () => {
    expect(decided({ roleAssignments: [{ id: 'x' }] })).toBe('unknown');
    const tenant = tenantOf({ principals: [user(1)], roleAssignments: [{ id: 'x' }] });
    // It may have granted the operation, and denied it: one reason all the same.
    const reasons = decide(tenant, question(1, remove, group)).because.map(({ id }) => id);
    expect(reasons.filter(id => id === 'the rest of the snapshot')).toHaveLength(1);
  });
});

describe('reasons', () => {
  const numbered = (number: number, row: Row): Row => ({ ...row, id: `/reasons/${number}` });
  const because = (rows: Rows, operation = remove) =>
    decide(tenantOf({ principals: [user(1)], ...rows }), question(1, operation, group)).because;

  test('stand in the order of their ids, whatever that of the snapshot is', () => {
    const rows = [2, 1, 3].map(number => numbered(number, assign(roles.contributor, id(1), group)));
    expect(because({ roleAssignments: rows }).map(reason => reason.id)).toEqual([
      '/reasons/1',
      '/reasons/2',
      '/reasons/3',
    ]);
  });

  test('stand by their kinds: what is missing, what denies, what grants', () => {
    const found = because({
      principals: [user(1, 9)],
      roleAssignments: [numbered(1, assign(roles.contributor, id(1), group))],
      denyAssignments: [numbered(2, deny(group, { principals: [{ id: id(7) }], permissions: allDeletes }))],
      gaps: [{ what: 'denyAssignments', scope: subscription, reason: 'refused' }],
    });
    expect(found.map(({ kind, id: what }) => [kind, what])).toEqual([
      ['gap', 'denyAssignments'],
      ['gap', 'principals'],
      ['role-assignment', '/reasons/1'],
    ]);
    const guarded = because({
      roleAssignments: [numbered(1, assign(roles.contributor, id(1), group))],
      denyAssignments: [
        numbered(
          2,
          deny(group, {
            principals: [everyone],
            permissions: allDeletes,
            condition: '@Resource[a] BoolEquals true',
          }),
        ),
      ],
    });
    expect(guarded.map(({ kind, condition }) => [kind, condition])).toEqual([
      ['deny-assignment', '@Resource[a] BoolEquals true'],
      ['role-assignment', null],
    ]);
  });

  test('name the conditions that decide, of the assignment and of the role', () => {
    const [a, b] = ['@Resource[a] BoolEquals true', '@Resource[b] BoolEquals true'];
    const keeper = 'c0000000-0000-0000-0000-000000000001';
    const rows = {
      roleDefinitions: [{ name: keeper, permissions: [{ actions: ['*/delete'], condition: b }] }],
    };
    const conditions = (properties: Row) =>
      because({ ...rows, roleAssignments: [assign(keeper, id(1), group, properties)] }).map(
        ({ condition }) => condition,
      );
    expect(conditions({ condition: a })).toEqual([`${a} AND ${b}`]);
    expect(conditions({})).toEqual([b]);
  });

  test('name the group for which something is denied, and the deny assignment', () => {
    const found = because({
      principals: [user(1, 3), groupOf(3, 2), groupOf(2)],
      denyAssignments: [deny(group, { principals: [{ id: id(2) }], permissions: allDeletes })],
    });
    expect(found).toMatchObject([
      { kind: 'deny-assignment', role: 'Lock', pattern: '*/delete', via: [id(3), id(2)], condition: null },
    ]);
    const [all] = because({
      denyAssignments: [deny(group, { principals: [everyone], permissions: allDeletes })],
    });
    expect(all).toMatchObject({ kind: 'deny-assignment', via: [] });
  });

  test('are eligible assignments of groups, too, with their way', () => {
    const found = because({
      principals: [user(1, 3), groupOf(3)],
      eligibleAssignments: [
        assign(roles.contributor, id(3), subscription),
        assign(roles.contributor, id(3), '/subscriptions/22222222-2222-3333-4444-555555555555'),
        assign(roles.reader, id(3), subscription),
      ],
    });
    expect(found.map(({ kind, via, scope }) => [kind, via, scope])).toEqual([
      ['eligible-assignment', [id(3)], subscription],
    ]);
  });

  test('are said once where several gaps have the same', () => {
    const gaps = ['roleAssignments', 'roleAssignments', 'denyAssignments'].map(what => ({
      what,
      scope: subscription,
      reason: 'refused',
    }));
    const rows = { gaps, roleAssignments: [assign('c0000000-0000-0000-0000-00000000000f', id(1), group)] };
    expect(because(rows).map(({ id: what }) => what.split('/')[1] ?? what)).toEqual([
      'subscriptions',
      'denyAssignments',
      'roleAssignments',
    ]);
  });

  test('are two where the same was not read at two scopes', () => {
    const gaps = [corp, subscription].map(scope => ({ what: 'roleAssignments', scope, reason: 'refused' }));
    expect(because({ gaps }).map(({ scope }) => scope)).toEqual([corp, subscription]);
  });

  test('name the strongest string of a role, once', () => {
    const keeper = 'c0000000-0000-0000-0000-000000000001';
    const rows = {
      roleDefinitions: [{ name: keeper, permissions: [{ actions: ['*/delete'] }, { actions: [remove] }] }],
      roleAssignments: [assign(keeper, id(1), group)],
    };
    expect(because(rows).map(({ pattern }) => pattern)).toEqual([remove]);
  });
});
