import { expect, test } from 'vitest';
import { RolePowers } from '../../../../src/lint/checks/tenant/role-powers.js';
import {
  assign,
  deny,
  everyone,
  group,
  id,
  roles,
  subscription,
  tenantOf,
  user,
  type Row,
  type Rows,
} from '../../../tenant/access/tenant-rows.js';
import { customRole, lintRole } from '../lint-role.js';
import { context } from '../tenant/tenant-context.js';
import { container, guard, guardBoth, remove, removed, requested, write } from './conditions.js';
import { lintTenant } from './lint-tenant.js';

const only = 'ForAnyOfAnyValues:GuidEquals';
const keeper = 'c0000000-0000-0000-0000-000000000001';
const onPublic = `${container} StringEquals 'public'`;

/** What is found in conditions of a tenant with a role of its own. */
function found(permissions: readonly Row[], rows: Rows) {
  return lintTenant(
    {
      principals: [user(1)],
      roleDefinitions: [
        { name: keeper, properties: { roleName: 'Keeper', type: 'CustomRole', permissions } },
      ],
      ...rows,
    },
    'condition-',
  );
}

function idsUnder(condition: string, permissions: readonly Row[]): string[] {
  const rows = { roleAssignments: [assign(keeper, id(1), group, { condition })] };
  return found(permissions, rows).map(({ rule }) => rule.id.replace('condition-', ''));
}

test.each<[string, string, readonly string[], string[]]>([
  ['nothing that is granted', 'Microsoft.Storage/*', ['Microsoft.Compute/*'], ['without-effect']],
  ['a part of it', 'Microsoft.Compute/disks/*', ['Microsoft.Compute/*'], []],
  ['an operation that is newer than the catalog', 'Contoso.Widgets/widgets/read', ['Contoso.Widgets/*'], []],
  [
    'a newer one that is not granted',
    'Contoso.Widgets/spin/action',
    ['Contoso.Widgets/read'],
    ['without-effect'],
  ],
  ['a string of the role that is newer', 'Contoso.Widgets/*', ['Contoso.Widgets/widgets/read'], []],
  [
    'a wildcard that covers nothing known',
    'Microsoft.Compute/none/*',
    ['Microsoft.Compute/*'],
    ['without-effect'],
  ],
])('an assignment whose condition guards %s', (_, pattern, actions, expected) => {
  expect(idsUnder(guard(pattern, onPublic), [{ actions }])).toEqual(expected);
});

test('an operation that is newer than the catalog is granted where one permission does', () => {
  const permissions = [{ actions: ['Contoso.Widgets/*'] }, { actions: ['Microsoft.Compute/*'] }];
  expect(idsUnder(guard('Contoso.Widgets/widgets/read', onPublic), permissions)).toEqual([]);
});

test('a condition that is always true and names nothing is not one without effect', () => {
  const either = `${onPublic} OR NOT ${onPublic}`;
  expect(idsUnder(either, [{ dataActions: ['Microsoft.Storage/*'] }])).toEqual(['always-true']);
});

test.each<[string, readonly Row[], string[]]>([
  ['the role itself does not guard', [{ actions: [write, remove] }], ['write-only']],
  [
    'the role itself guards',
    [
      { actions: [write] },
      { actions: [remove], condition: guard(remove, `${removed} ${only} {${roles.reader}}`) },
    ],
    [],
  ],
  ['the role does not grant', [{ actions: [write] }], []],
])('an assignment guards adding alone, and removing %s', (_, permissions, expected) => {
  expect(idsUnder(guard(write, `${requested} ${only} {${roles.reader}}`), permissions)).toEqual(expected);
});

test('deny assignments are not asked whether they guard removing', () => {
  const condition = guard(write, `${requested} ${only} {${roles.reader}}`);
  const denied = deny(group, {
    principals: [everyone],
    permissions: [{ actions: [write, remove] }],
    condition,
  });
  expect(found([], { denyAssignments: [denied] })).toEqual([]);
});

test('of the faults of a condition the first in the text is told', () => {
  const condition = `@Resource[a] NumericEquals 5.5 OR (@Resource[b] StringEquals)`;
  const rows = { roleAssignments: [assign(keeper, id(1), group, { condition })] };
  const [finding] = found([{ actions: ['*/read'] }], rows);
  expect(finding?.message).toContain('is invalid at line 1, column 28: "5.5" is not an integer');
});

test('a condition of one permission is looked at, whatever the others have', () => {
  const role = customRole(
    { actions: ['*/read'] },
    { actions: ['Microsoft.Compute/*'], condition: '@Resource[' },
  );
  expect(lintRole(role, 'condition-').map(({ rule }) => rule.id)).toEqual(['condition-syntax']);
});

test('a list of what is refused says when no privileged role is left', () => {
  const powerful = RolePowers.of(tenantOf({}), context).powerfulIn({ kind: 'all-but', values: [] });
  const but = 'ForAnyOfAllValues:GuidNotEquals';
  const condition = guardBoth(but, ...powerful.map(({ guid }) => guid));
  const rows = { roleAssignments: [assign(roles.rbacAdministrator, id(1), group, { condition })] };
  const listings = (all: Rows) => found([], all).map(({ rule, evidence }) => [rule.id, evidence['listing']]);
  expect(listings(rows)).toEqual([['condition-deny-list', 'no privileged role']]);
  const fewer = guardBoth(
    but,
    ...powerful.filter(({ role }) => role !== 'Contributor').map(({ guid }) => guid),
  );
  const rest = { roleAssignments: [assign(roles.rbacAdministrator, id(1), group, { condition: fewer })] };
  expect(listings(rest)).toEqual([['condition-deny-list', 'Contributor']]);
});

const assigns = (condition: string) => ({ actions: [write], condition });

test.each([
  [
    'the worst',
    [
      assigns(guard(write, `${requested} ${only} {${roles.contributor}}`)),
      assigns(guard(write, `${requested} ${only} {${roles.owner}}`)),
    ],
    'admits-owner',
    { strongest: 'Owner' },
  ],
  [
    'what is refused, by its name',
    [
      assigns(
        guard(
          write,
          `${requested} ForAnyOfAllValues:GuidNotEquals {${[roles.owner, roles.rbacAdministrator, '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', keeper].join()}}`,
        ),
      ),
    ],
    'deny-list',
    { excluded: ['Owner', 'Role Based Access Control Administrator', 'User Access Administrator', keeper] },
  ],
])('of conditions in a role that assigns roles, %s is told', (_, permissions, variant, evidence) => {
  const [finding] = lintRole(customRole(...permissions), 'role-assigns-roles');
  expect(finding).toMatchObject({ variant, evidence });
});

test('what an eligible assignment guards is looked at once, and other assignments all the same', () => {
  const condition = '@Resource[';
  const rows = {
    roleDefinitions: [{ name: keeper, permissions: [{ actions: ['*/read'] }] }],
    eligibleAssignments: [assign(keeper, id(1), group, { condition })],
    roleAssignments: [
      assign(keeper, id(1), group, { condition }),
      assign(keeper, id(2), group, { condition }),
      assign(keeper, id(1), subscription, { condition }),
      assign(roles.reader, id(1), group, { condition }),
    ],
  };
  expect(lintTenant(rows, 'condition-syntax').map(({ at }) => at.pointer)).toEqual([
    '/eligibleAssignments/0',
    '/roleAssignments/1',
    '/roleAssignments/2',
    '/roleAssignments/3',
  ]);
});

test('an operation that is newer than the catalog may be granted on data', () => {
  const condition = guard('Contoso.Widgets/widgets/read', onPublic);
  expect(idsUnder(condition, [{ actions: [], dataActions: ['Contoso.Widgets/*'] }])).toEqual([]);
});
