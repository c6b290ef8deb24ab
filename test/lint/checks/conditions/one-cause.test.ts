import { expect, test } from 'vitest';
import {
  assign,
  corp,
  group,
  id,
  roles,
  type Row,
  subscription,
  user,
} from '../../../tenant/access/tenant-rows.js';
import {
  container,
  guard,
  guardBoth,
  readBlobs,
  recipient,
  recipientType,
  remove,
  removed,
  requested,
  write,
} from './conditions.js';
import { lintTenant } from './lint-tenant.js';

const accessAdministrator = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';
const keyVaultAccess = '8b54135c-b56d-4d72-a534-26097cfdc8d8';
const only = 'ForAnyOfAnyValues:GuidEquals';
const but = 'ForAnyOfAllValues:GuidNotEquals';
const vacuous = 'ForAnyOfAnyValues:GuidNotEquals';

function verdicts(
  condition: string | undefined,
  role: string = roles.rbacAdministrator,
  more: Row = {},
): string[] {
  const rows = {
    roleAssignments: [assign(role, id(1), group, condition === undefined ? more : { condition, ...more })],
    principals: [user(1)],
  };
  return lintTenant(rows, 'condition-').map(
    ({ rule, variant }) => rule.id.replace('condition-', '') + (variant === undefined ? '' : `/${variant}`),
  );
}

test.each<[string, string | undefined, string[]]>([
  ['no condition', undefined, ['missing-on-delegation']],
  [
    'a condition on something else',
    guard(readBlobs, `${container} StringEquals 'a'`),
    ['missing-on-delegation/not-guarded'],
  ],
  ['ordinary roles', guardBoth(only, roles.reader), []],
  ['a vacuous guard', guardBoth(vacuous, roles.owner, roles.contributor), ['vacuous']],
  [
    'a deny list that holds',
    guardBoth(but, roles.owner, accessAdministrator, roles.rbacAdministrator),
    ['deny-list'],
  ],
  ['a deny list with a hole', guardBoth(but, roles.owner), ['allows-privileged-role']],
  [
    'Owner, and a free hand in removing',
    guard(write, `${requested} ${only} {${roles.owner}}`),
    ['allows-privileged-role'],
  ],
  [
    'Owner for a group',
    guard(write, `${requested} ${only} {${roles.owner}} AND ${recipient} ${only} {${id(9)}}`),
    ['allows-privileged-role/listed-principals'],
  ],
  [
    'Owner for a group, User Access Administrator for anybody',
    guard(
      write,
      `(${requested} ${only} {${roles.owner}} AND ${recipient} ${only} {${id(9)}}) OR ${requested} ${only} {${accessAdministrator}}`,
    ),
    ['allows-privileged-role'],
  ],
  [
    'any role for users',
    guard(write, `${recipientType} StringEqualsIgnoreCase 'User'`),
    ['allows-privileged-role'],
  ],
  ['nothing may be assigned, on purpose', `!(ActionMatches{'${write}'})`, ['write-only']],
  [
    'only removing is guarded',
    guard(remove, `${removed} ${only} {${roles.reader}}`),
    ['missing-on-delegation/not-guarded'],
  ],
  [
    'open on both sides',
    guard(write, `${recipientType} StringEquals 'User' OR ${recipientType} StringNotEquals 'User'`),
    ['always-true'],
  ],
])('an assignment of Role Based Access Control Administrator under %s', (_, condition, expected) => {
  expect(verdicts(condition)).toEqual(expected);
});

test.each<[string, string, string, string[]]>([
  ['a guard for assigning roles, on Reader', roles.reader, guardBoth(only, roles.owner), ['without-effect']],
  ['a vacuous one', roles.reader, guardBoth(vacuous, roles.owner, roles.contributor), ['without-effect']],
  ['on a role that nobody knows', '12345678-1234-1234-1234-123456789012', guardBoth(only, roles.owner), []],
  [
    'Owner let through, where the role itself lets through less',
    keyVaultAccess,
    guardBoth(only, roles.owner),
    [],
  ],
  ['a role that may do all, guarded', roles.owner, guardBoth(only, roles.reader), []],
  [
    'a contradiction',
    roles.blobReader,
    guard(readBlobs, `${container} StringEquals 'a' AND ${container} StringEquals 'b'`),
    ['never-true/operation'],
  ],
  [
    'a wildcard for what the role grants',
    roles.blobReader,
    guard('Microsoft.Storage/*/blobs/*', `${container} StringEquals 'a'`),
    [],
  ],
  [
    'a wildcard for what it does not',
    roles.blobReader,
    guard('Microsoft.Storage/*/messages/*', `${container} StringEquals 'a'`),
    ['without-effect'],
  ],
])('an assignment under %s', (_, role, condition, expected) => {
  expect(verdicts(condition, role)).toEqual(expected);
});

// No condition could hold who may change the access of others in another way as well.
test.each([
  ['assigns roles', ['roleAssignments/*'], ['missing-on-delegation']],
  ['edits roles as well', ['roleAssignments/write', 'roleDefinitions/write'], []],
  ['sets the policies of PIM as well', ['roleAssignments/write', 'roleManagementPolicies/write'], []],
  ['makes people eligible as well', ['roleAssignments/write', 'roleEligibilityScheduleRequests/write'], []],
])('an unguarded assignment of a role that %s', (_, actions, expected) => {
  const name = 'c0000000-0000-0000-0000-000000000001';
  const permissions = [{ actions: actions.map(action => `Microsoft.Authorization/${action}`) }];
  const rows = {
    roleDefinitions: [{ name, properties: { roleName: 'Access Keeper', type: 'CustomRole', permissions } }],
    roleAssignments: [assign(name, id(1), group)],
    principals: [user(1)],
  };
  const ids = lintTenant(rows, 'condition-').map(({ rule }) => rule.id.replace('condition-', ''));
  expect(ids).toEqual(expected);
});

test('what hangs under a vacuous comparison is said there', () => {
  const condition = guardBoth(vacuous, roles.owner, roles.contributor);
  const [finding] = lintTenant(
    { roleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, { condition })] },
    'condition-',
  );
  expect(finding?.related.map(({ ruleId }) => ruleId)).toEqual([
    'condition-always-true',
    'condition-missing-on-delegation',
  ]);
});

test.each([
  ['a user', 'User', 'condition-missing-on-delegation'],
  ['a machine', 'ServicePrincipal', 'assignment-privileged-service-principal'],
])('what %s may assign without a condition is one finding', (_, principalType, expected) => {
  const rows = {
    roleAssignments: [assign(roles.rbacAdministrator, id(1), corp, { principalType })],
    eligibleAssignments: [assign(roles.owner, id(2), corp, { endDateTime: '2026-12-01T08:00:00Z' })],
  };
  const ids = lintTenant(rows, 'condition-', 'assignment-privileged', 'pim-').map(({ rule }) => rule.id);
  expect(ids).toEqual([expected]);
});

test('an eligible assignment and its activation are one cause', () => {
  const condition = guardBoth(only, roles.owner);
  const held = { condition, principalType: 'User' };
  const findings = lintTenant(
    {
      eligibleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, held)],
      roleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, held)],
      activeAssignments: [
        assign(roles.rbacAdministrator, id(1), subscription, { ...held, assignmentType: 'Activated' }),
      ],
    },
    'condition-',
  );
  expect(findings.map(({ at }) => at.pointer)).toEqual(['/eligibleAssignments/0']);
});

test('what the worst admitted role gives is named first', () => {
  const condition = guardBoth(only, roles.contributor, roles.reader, accessAdministrator);
  const [finding] = lintTenant(
    { roleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, { condition })] },
    'condition-',
  );
  expect(finding?.evidence).toMatchObject({
    roles: ['User Access Administrator', 'Contributor'],
    strongest: 'User Access Administrator',
    because: 'can assign any role',
  });
});
