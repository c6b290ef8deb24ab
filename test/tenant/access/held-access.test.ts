import { expect, test } from 'vitest';
import { AccessEvaluator } from '../../../src/tenant/access/held-access.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import {
  assign,
  corp,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  subscription,
  tenantOf,
  user,
  type Row,
  type Rows,
} from './tenant-rows.js';

const read = 'Microsoft.Storage/storageAccounts/read';

function held(rows: Rows) {
  return new AccessEvaluator(tenantOf({ principals: [user(1)], ...rows })).at(parseScope(group), id(1));
}

test('roles that say nothing of their id stay apart', () => {
  const [one, other] = ['c0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000002'];
  const rows = {
    roleDefinitions: [
      { name: one, permissions: [{ actions: ['*/read'] }] },
      { name: other, permissions: [{ actions: ['*/write'] }] },
    ],
    roleAssignments: [assign(other, id(1), group), assign(one, id(1), group)],
  };
  expect(held(rows).definite.has(read, 'control')).toBe(true);
});

test('operations of unknown plane are denied, too', () => {
  const agreements = 'Anyscale.Platform/agreements';
  const rows = {
    roleAssignments: [assign(roles.owner, id(1), group)],
    denyAssignments: [
      deny(group, { principals: [everyone], permissions: [{ actions: [`${agreements}/*`] }] }),
    ],
  };
  expect(held({ ...rows, denyAssignments: [] }).definite.unknownPlaneOperations('control')).toContain(
    `${agreements}/read`,
  );
  expect(held(rows).definite.unknownPlaneOperations('control')).not.toContain(`${agreements}/read`);
  expect(held(rows).denials).toHaveLength(1);
});

test('an empty name in a condition is that of no operation', () => {
  const condition = "!(ActionMatches{''})";
  const { definite } = held({ roleAssignments: [assign(roles.owner, id(1), group, { condition })] });
  expect(definite.has(read, 'control')).toBe(true);
});

// The catalog does not know the operation: a string that spells it out is all that speaks for it.
test.each([
  ['rules it out', "!(ActionMatches{'Contoso.Widgets/widgets/spin/action'})", 'nothing'],
  ['speaks of another one', "!(ActionMatches{'Contoso.Widgets/widgets/read'})", 'definite'],
  ['may hold', '@Resource[Contoso.Widgets/widgets:color] BoolEquals true', 'conditional'],
] as const)('an operation that nobody published, where a condition %s', (_, condition, expected) => {
  const spin = 'Contoso.Widgets/widgets/spin/action';
  const widgets = 'c0000000-0000-0000-0000-000000000001';
  const { definite, conditional } = held({
    roleDefinitions: [{ name: widgets, permissions: [{ actions: [spin] }] }],
    roleAssignments: [assign(widgets, id(1), group, { condition })],
  });
  const parts = Object.entries({ definite, conditional }).filter(([, set]) => set.has(spin, 'control'));
  expect(parts.map(([part]) => part)).toEqual(expected === 'nothing' ? [] : [expected]);
});

const remove = 'Microsoft.Compute/disks/delete';
const readBlobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const spin = 'Contoso.Widgets/widgets/spin/action';
const maybe = "@Resource[Microsoft.Compute/disks:Name] StringEquals 'data1'";
const keeper = 'c0000000-0000-0000-0000-000000000001';
const agreements = 'Anyscale.Platform/agreements';

/** Everything on both planes, and an operation that nobody published. */
const all = {
  roleDefinitions: [{ name: keeper, permissions: [{ actions: ['*', spin], dataActions: ['*'] }] }],
  roleAssignments: [assign(keeper, id(1), subscription)],
};
const elsewhere = '/providers/Microsoft.Management/managementGroups/lab';
const stop = (permission: Row, more: Row = {}, scope = group): Row =>
  deny(scope, { principals: [everyone], permissions: [permission], ...more });

/** Which part of what is held each of the four operations is in. */
function partsOf(rows: Rows): string {
  const { definite, conditional, denied } = held({ ...all, ...rows });
  const parts = { definite, conditional, denied };
  return (
    [
      [remove, 'control'],
      [read, 'control'],
      [readBlobs, 'data'],
      [spin, 'control'],
    ] as const
  )
    .map(
      ([operation, plane]) =>
        Object.entries(parts)
          .flatMap(([part, set]) => (set.has(operation, plane) ? [part] : []))
          .join('+') || 'gone',
    )
    .join(' ');
}

// Deleting disks, reading accounts, reading blobs, and what nobody published.
test.each<[string, Rows, string]>([
  ['nothing', {}, 'definite definite definite definite'],
  ['deleting', { denyAssignments: [stop({ actions: ['*/delete'] })] }, 'denied definite definite definite'],
  ['all data', { denyAssignments: [stop({ dataActions: ['*'] })] }, 'definite definite denied definite'],
  [
    'what nobody published, by a wildcard',
    { denyAssignments: [stop({ actions: ['Contoso.Widgets/*'] })] },
    'definite definite definite denied',
  ],
  [
    'all but reads, in one list and another',
    { denyAssignments: [stop({ actions: ['*'], notActions: ['*/read'] })] },
    'denied definite definite denied',
  ],
  [
    'deleting, where a condition may hold',
    { denyAssignments: [stop({ actions: ['*/delete'] }, { condition: maybe })] },
    'conditional definite definite definite',
  ],
  [
    'deleting, where a condition of the permission may hold',
    { denyAssignments: [stop({ actions: ['*/delete'], condition: maybe })] },
    'conditional definite definite definite',
  ],
  [
    'deleting twice, once for certain',
    { denyAssignments: [stop({ actions: ['*/delete'] }, { condition: maybe }), stop({ actions: [remove] })] },
    'denied definite definite definite',
  ],
  [
    'deleting and reading blobs, each by its own',
    { denyAssignments: [stop({ actions: ['*/delete'] }), stop({ dataActions: ['*/read'] })] },
    'denied definite denied definite',
  ],
  [
    'deleting, at the subscription and what is in it',
    { denyAssignments: [stop({ actions: ['*/delete'] }, {}, subscription)] },
    'denied definite definite definite',
  ],
  [
    'deleting, at the subscription alone',
    { denyAssignments: [stop({ actions: ['*/delete'] }, { doNotApplyToChildScopes: true }, subscription)] },
    'definite definite definite definite',
  ],
  [
    'deleting, at the resource group alone',
    { denyAssignments: [stop({ actions: ['*/delete'] }, { doNotApplyToChildScopes: true })] },
    'denied definite definite definite',
  ],
  [
    'deleting, at another management group',
    { denyAssignments: [stop({ actions: ['*/delete'] }, {}, elsewhere)] },
    'definite definite definite definite',
  ],
  [
    'deleting, at a management group that may lie around it',
    { subscriptions: [], denyAssignments: [stop({ actions: ['*/delete'] }, {}, corp)] },
    'conditional definite definite definite',
  ],
  [
    'deleting, to be logged only',
    { denyAssignments: [stop({ actions: ['*/delete'] }, { denyAssignmentEffect: 'audit' })] },
    'definite definite definite definite',
  ],
  [
    'deleting, for somebody else',
    { denyAssignments: [stop({ actions: ['*/delete'] }, { principals: [{ id: id(2) }] })] },
    'definite definite definite definite',
  ],
  [
    'deleting, for a group that it may be in',
    {
      principals: [user(1, 8), groupOf(7)],
      denyAssignments: [stop({ actions: ['*/delete'] }, { principals: [{ id: id(7) }] })],
    },
    'conditional definite definite definite',
  ],
])('where this is denied: %s', (_, rows, expected) => {
  expect(partsOf(rows)).toBe(expected);
});

test('a role that has its whole effect at a scope is the same object there as anywhere', () => {
  const disk = parseScope(`${group}/providers/Microsoft.Compute/disks/data1`);
  const account = parseScope(`${group}/providers/Microsoft.Storage/storageAccounts/data1`);
  const tenant = tenantOf({ roleDefinitions: [{ name: keeper, permissions: [{ actions: [remove] }] }] });
  const evaluator = new AccessEvaluator(tenant);
  const role = tenant.role(keeper)!;
  const everywhere = evaluator.grantedBy(role, undefined, parseScope(subscription));
  expect(evaluator.grantedBy(role, undefined, disk)).toBe(everywhere);
  const there = evaluator.grantedBy(role, undefined, account);
  expect(there).not.toBe(everywhere);
  expect([there.definite.isEmpty, there.entries.map(({ definite }) => definite.isEmpty)]).toEqual([
    true,
    [true],
  ]);
});

test('only what takes something away is named', () => {
  const denyAssignments = [stop({ actions: ['*/delete'] }), stop({ actions: ['Contoso.Gadgets/*'] })];
  expect(held({ ...all, denyAssignments }).denials).toHaveLength(1);
  const roleAssignments = [assign(roles.reader, id(1), subscription)];
  expect(held({ roleAssignments, denyAssignments }).denials).toHaveLength(0);
});

test('what is denied and was not granted is not named as taken away', () => {
  const permissions = [{ actions: [remove, read] }];
  const { denied } = held({
    roleDefinitions: [{ name: keeper, permissions }],
    roleAssignments: [assign(keeper, id(1), group)],
    denyAssignments: [stop({ actions: ['*/delete'] })],
  });
  expect(denied.operations('control')).toEqual([remove]);
});

test.each([
  ['nothing of it', { actions: ['Contoso.Widgets/*'] }, ['accept/action', 'delete', 'read', 'write']],
  ['one that is spelled out', { actions: [`${agreements}/read`] }, ['accept/action', 'delete', 'write']],
  ['all but what NotActions name', { actions: ['*'], notActions: [`${agreements}/read`] }, ['read']],
])('of what is of unknown plane a deny assignment takes away %s', (_, permission, left) => {
  const { definite } = held({ ...all, denyAssignments: [stop(permission)] });
  const names = definite.unknownPlaneOperations('control').filter(name => name.startsWith(agreements));
  expect(names).toEqual(left.map(verb => `${agreements}/${verb}`));
});

// A condition speaks of names, and of no others.
test.each([
  ['all operations', "!(ActionMatches{'*'})", 'gone gone gone gone'],
  ['one by its name', `!(ActionMatches{'${remove}'})`, 'gone definite definite definite'],
  ['deletes and reads', `!(ActionMatches{'*/delete'} OR ActionMatches{'*/read'})`, 'gone gone gone definite'],
  ['one that is among others', `!(ActionMatches{'*/delete', '${read}'})`, 'gone gone definite definite'],
  [
    'one that may hold, and the others',
    `(ActionMatches{'*/delete'} AND ${maybe}) OR !(ActionMatches{'*/delete'})`,
    'conditional definite definite definite',
  ],
  ['something unreadable', '@Resource[', 'conditional conditional conditional conditional'],
])('a condition rules out %s', (_, condition, expected) => {
  expect(partsOf({ roleAssignments: [assign(keeper, id(1), subscription, { condition })] })).toBe(expected);
});

test('what is granted without a condition as well is certain', () => {
  const roleAssignments = [
    assign(keeper, id(1), subscription, { condition: maybe }),
    assign(roles.reader, id(1), group),
  ];
  expect(partsOf({ roleAssignments })).toBe('conditional definite conditional conditional');
});

test('what a condition says of names in the scope is said of that scope', () => {
  const condition =
    "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'public'";
  const tenant = tenantOf({
    principals: [user(1)],
    roleAssignments: [assign(roles.blobReader, id(1), subscription, { condition })],
    denyAssignments: [stop({ dataActions: ['*/write'] }, { condition })],
  });
  const evaluator = new AccessEvaluator(tenant);
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/data1/blobServices/default/containers`;
  const found = ['public', 'private', 'public'].map(name => {
    const { definite, conditional } = evaluator.at(parseScope(`${account}/${name}`), id(1));
    return [definite.has(readBlobs, 'data'), conditional.has(readBlobs, 'data')];
  });
  expect(found).toEqual([
    [true, false],
    [false, false],
    [true, false],
  ]);
});

test('what is held through groups says which, and what cannot be read is named', () => {
  const lost = assign('c0000000-0000-0000-0000-00000000000f', id(3), group);
  const { roles: found, unread } = held({
    principals: [user(1, 3), groupOf(3, 2), groupOf(2)],
    roleAssignments: [assign(roles.reader, id(2), corp), lost],
  });
  expect(found.map(({ via, role }) => [via, role.role.name?.value])).toEqual([[[id(3), id(2)], 'Reader']]);
  expect(unread.map(({ id: name }) => name)).toEqual([String(lost['id']).toLowerCase()]);
});

test('a condition of a role guards what its own permission gives, whoever has it', () => {
  const guarded = {
    roleDefinitions: [
      { name: keeper, permissions: [{ actions: [remove], condition: maybe }, { actions: [read] }] },
    ],
    roleAssignments: [assign(keeper, id(1), group)],
  };
  expect(partsOf(guarded)).toBe('conditional definite gone gone');
});

test.each([
  ['on the plane of the set', { actions: ['*/delete'] }, { actions: [remove] }, true],
  ['on the other one', { actions: ['*/delete'] }, { dataActions: [readBlobs] }, false],
  ['on data', { dataActions: ['*/read'] }, { dataActions: [readBlobs] }, true],
  ['of what nobody published', { actions: ['Contoso.Widgets/*'] }, { actions: [spin] }, true],
  [
    'of what may be of the plane',
    { actions: [`${agreements}/read`] },
    { actions: [`${agreements}/*`] },
    true,
  ],
  ['of something else', { actions: ['*/delete'] }, { actions: [read] }, false],
])('a denial %s touches it: %j of %j', (_, denied, granted, expected) => {
  const tenant = tenantOf({
    principals: [user(1)],
    roleDefinitions: [{ name: keeper, permissions: [granted] }],
    roleAssignments: [assign(keeper, id(1), group)],
    denyAssignments: [stop(denied)],
  });
  const { denials } = new AccessEvaluator(tenant);
  const { definite } = denials.at(parseScope(group), tenant.identityOf(id(1)));
  const { set } = tenant.role(keeper)!;
  expect(definite.map(denial => [denial.touches(set), denial.touches(set)])).toEqual([[expected, expected]]);
});
