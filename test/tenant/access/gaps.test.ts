import { expect, test } from 'vitest';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { assign, id, roles, subscription, tenantOfRows, user, type Rows } from './tenant-rows.js';

test.each([
  ['of which nothing is missing', {}, false],
  ['that is cut off', { isComplete: false }, true],
  ['whose principals were refused', { gaps: [{ what: 'principals', scope: '/', reason: 'refused' }] }, true],
  [
    'whose assignments were refused',
    { gaps: [{ what: 'roleAssignments', scope: '/', reason: 'no' }] },
    false,
  ],
  ['that lacks nobody knows what', { gaps: [{ what: 'somethingElse', scope: '/', reason: 'no' }] }, true],
])('principals may be missing from a snapshot %s: %s', (_, rows, mayBeMissing) => {
  const { gaps } = tenantOfRows({ principals: [user(2)], ...rows });
  expect(gaps.coverDirectory).toBe(mayBeMissing);
});

test('in a snapshot that is cut off nobody is taken to be deleted', () => {
  const rows = { principals: [user(2)], roleAssignments: [assign(roles.owner, id(1), subscription)] };
  const isDeleted = (isComplete: boolean) => {
    const tenant = tenantOfRows({ ...rows, isComplete });
    return tenant.isDeleted(tenant.assignments[0]!);
  };
  expect([isDeleted(true), isDeleted(false)]).toEqual([true, false]);
});

test.each([
  ['User', true],
  ['Group', true],
  [undefined, true],
  ['ForeignGroup', false],
  ['Device', false],
])('what is called %s and is not in the directory is deleted: %s', (principalType, expected) => {
  const properties = principalType === undefined ? {} : { principalType };
  const tenant = tenantOfRows({
    principals: [user(2)],
    roleAssignments: [assign(roles.owner, id(1), subscription, properties)],
  });
  expect(tenant.isDeleted(tenant.assignments[0]!)).toBe(expected);
});

test('the roles of a tenant are those that have a GUID, built-in ones and its own', () => {
  const own = 'c0000000-0000-0000-0000-000000000001';
  const named = { properties: { roleName: 'Disk Keeper', type: 'CustomRole', permissions: [] } };
  const tenant = tenantOfRows({ roleDefinitions: [{ name: own, ...named }, named] });
  const roleGuids = [...tenant.roleGuids()];
  expect(roleGuids).toContain(roles.owner);
  expect(roleGuids.at(-1)).toBe(own);
  expect(roleGuids).not.toContain(undefined);
});

test.each([
  ['nothing', {}, [], []],
  ['assignments somewhere', { gaps: [gapOf('roleAssignments')] }, ['roleAssignments'], []],
  ['deny assignments somewhere', { gaps: [gapOf('denyAssignments')] }, [], ['denyAssignments']],
  ['nobody knows what', { gaps: [gapOf('somethingElse')] }, ['somethingElse'], ['somethingElse']],
  ['resources, which grant nothing', { gaps: [gapOf('resources')] }, [], []],
  [
    'assignments, and the rest',
    { isComplete: false, gaps: [gapOf('roleAssignments')] },
    ['the rest of the snapshot', 'roleAssignments'],
    ['the rest of the snapshot'],
  ],
])('where this was not read: %s', (_, rows, grants, denies) => {
  const { gaps } = tenantOfRows(rows);
  const here = parseScope(subscription);
  expect(gaps.about('grants').map(({ what }) => what)).toEqual(grants);
  expect(gaps.about('denies').map(({ what }) => what)).toEqual(denies);
  expect(gaps.at(here, 'grants').map(({ what }) => what)).toEqual(grants);
  expect(gaps.at(here, 'denies').map(({ what }) => what)).toEqual(denies);
});

test('a subscription that the snapshot holds nothing of is absent, whatever was read elsewhere', () => {
  const other = '/subscriptions/22222222-2222-3333-4444-555555555555';
  const absent = (rows: Rows, scope: string) =>
    tenantOfRows(rows).gaps.absentSubscription(parseScope(scope))?.scope;
  const listed = { subscriptions: [{ id: subscription.split('/')[2] }] };
  expect(absent(listed, `${subscription}/resourceGroups/shop`)).toBeUndefined();
  expect(absent(listed, `${other}/resourceGroups/shop`)).toBe(other);
  expect(absent(listed, '/')).toBeUndefined();
  const exported = { roleAssignments: [assign(roles.owner, id(1), `${other}/resourceGroups/shop`)] };
  expect(absent(exported, other.toUpperCase())).toBeUndefined();
  expect(absent(exported, subscription)).toBe(subscription);
});

function gapOf(what: string) {
  return { what, scope: subscription, reason: 'refused' };
}

test.each([
  ['activated', { assignmentType: 'Activated' }, true],
  ['assigned for a time', { assignmentType: 'Assigned', endDateTime: '2026-12-01T08:00:00Z' }, true],
  ['assigned for good', { assignmentType: 'Assigned' }, false],
])('an assignment that PIM has %s passes: %s', (_, properties, expected) => {
  const standing = assign(roles.owner, id(1), subscription);
  const tenant = tenantOfRows({
    roleAssignments: [standing, assign(roles.reader, id(1), subscription)],
    activeAssignments: [assign(roles.owner, id(1), subscription, properties)],
  });
  expect(tenant.assignments.map(assignment => tenant.isTimeBound(assignment))).toEqual([expected, false]);
});

test('what PIM has activated and no assignment stands for is one more', () => {
  const active = assign(roles.owner, id(1), subscription, { assignmentType: 'Activated' });
  const tenant = tenantOfRows({
    roleAssignments: [assign(roles.owner, id(2), subscription), assign(roles.reader, id(1), subscription)],
    activeAssignments: [active],
  });
  expect(tenant.assignments).toHaveLength(3);
  expect(tenant.assignmentsOf(id(1)).map(({ roleGuid }) => roleGuid)).toEqual([roles.reader, roles.owner]);
  expect([...tenant.assignees()]).toEqual([id(2), id(1)]);
});

test('an activation stands for the assignment that it names, whatever else that has', () => {
  const standing = assign(roles.owner, id(1), subscription, { condition: "ActionMatches{'*/read'}" });
  const tenant = tenantOfRows({
    roleAssignments: [standing, assign(roles.reader, id(1), subscription)],
    activeAssignments: [
      assign(roles.owner, id(1), subscription, {
        assignmentType: 'Activated',
        originRoleAssignmentId: standing['id'],
      }),
    ],
  });
  expect(tenant.assignments.map(assignment => tenant.isTimeBound(assignment))).toEqual([true, false]);
});

test.each([1, 49, 50, 51, 120])(
  'of %i assignments of one principal those around a scope are found',
  count => {
    const scopes = Array.from({ length: count }, (_, i) => `${subscription}/resourceGroups/rg${i}`);
    const tenant = tenantOfRows({
      roleAssignments: [...scopes, subscription].map(scope => assign(roles.reader, id(1), scope)),
    });
    const found = [1, 2].map(() =>
      [...tenant.assignmentsOfAround(id(1), parseScope(scopes[0]!))].map(({ item }) => item.scope).sort(),
    );
    const expected = [subscription, scopes[0]!].sort();
    expect(found).toEqual([expected, expected]);
  },
);

test('around a scope stands what it lies in, and perhaps what nobody knows to lie apart', () => {
  const managementGroup = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;
  const tenant = tenantOfRows({
    managementGroups: [{ id: 'corp' }, { id: 'lab' }],
    subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
    roleAssignments: ['corp', 'lab'].map(name => assign(roles.reader, id(1), managementGroup(name))),
  });
  const found = [...tenant.assignmentsAround(parseScope(subscription))].map(({ item, reach }) => [
    item.scope.split('/').at(-1),
    reach,
  ]);
  expect(found).toEqual([
    ['corp', 'reaches'],
    ['lab', 'unknown'],
  ]);
});
