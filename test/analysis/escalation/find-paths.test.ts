import { expect, test } from 'vitest';
import {
  assign,
  corp,
  group,
  groupOf,
  id,
  roles,
  subscription,
  user,
} from '../../tenant/access/tenant-rows.js';
import { carrier, identity, owner, paths, report } from './paths-of.js';

const vmContributor = '9980e02c-c2be-4d73-94e8-173b1dc7cf3c';
const machine = (name: string, principal: number, scope = group) =>
  carrier('Microsoft.Compute/virtualMachines', name, principal, scope);
const inGroup = (number: number): string => `${subscription}/resourceGroups/rg${number}`;

/** User 1 runs code on a machine whose identity runs code on the next, and so on; the last is Owner. */
const chain = {
  principals: [user(1), identity(7), identity(8), identity(9)],
  resources: [machine('a', 7, inGroup(1)), machine('b', 8, inGroup(2)), machine('c', 9, inGroup(3))],
  roleAssignments: [
    assign(vmContributor, id(1), inGroup(1)),
    assign(vmContributor, id(7), inGroup(2)),
    assign(vmContributor, id(8), inGroup(3)),
    owner(9),
  ],
};

test('steps follow each other', () => {
  expect(paths(chain)).toEqual([
    '8: virtual-machine>9',
    '7: virtual-machine>8 virtual-machine>9',
    '1: virtual-machine>7 virtual-machine>8 virtual-machine>9',
  ]);
  expect(paths(chain, { maxSteps: 2, from: id(1) })).toEqual([]);
});

test('identities that lead to each other lead nowhere', () => {
  const rows = {
    ...chain,
    roleAssignments: [
      ...chain.roleAssignments.slice(0, 3),
      assign(vmContributor, id(9), inGroup(1)),
      owner(1, `${subscription}/resourceGroups/elsewhere`),
    ],
  };
  expect(paths(rows)).toEqual([]);
});

test('each step says why, with the groups in between', () => {
  const rows = {
    principals: [user(1, 4), groupOf(4, 5), groupOf(5), identity(9)],
    resources: [machine('a', 9)],
    roleAssignments: [assign(vmContributor, id(5), subscription), owner(9)],
  };
  const [path] = report(rows, { to: subscription }).paths;
  const [step] = path!.steps;
  expect(step).toMatchObject({
    method: 'virtual-machine',
    from: { id: id(1), type: 'User', displayName: 'User 1' },
    gains: [{ kind: 'principal', id: id(9), type: 'ServicePrincipal', displayName: 'Identity 9' }],
    operations: ['Microsoft.Compute/virtualMachines/runCommand/action'],
    scope: `${group}/providers/Microsoft.Compute/virtualMachines/a`.toLowerCase(),
    certainty: 'certain',
    doubt: null,
  });
  expect(step!.because).toMatchObject([
    {
      role: 'Virtual Machine Contributor',
      pattern: 'Microsoft.Compute/virtualMachines/*',
      via: [id(4), id(5)],
    },
  ]);
  expect(path!.because).toMatchObject([{ role: 'Owner', pattern: '*', via: [] }]);
});

test('control of a management group is listed there, not once more for each subscription in it', () => {
  const rows = { ...chain, roleAssignments: [...chain.roleAssignments.slice(0, 3), owner(9, corp)] };
  const { paths: found, targets } = report(rows);
  expect([...new Set(found.map(({ to }) => to.toLowerCase()))]).toEqual([corp.toLowerCase()]);
  expect(targets).toEqual(
    [
      { scope: corp.toLowerCase(), owners: 1, reached: 3 },
      { scope: subscription, owners: 1, reached: 3 },
    ].map(target => ({ ...target, scope: expect.stringMatching(new RegExp(target.scope, 'i')) })),
  );
});

test('a shorter way to the subscription itself is listed beside it', () => {
  const rows = {
    ...chain,
    roleAssignments: [...chain.roleAssignments.slice(0, 3), owner(9, corp), owner(7, subscription)],
  };
  const own = report(rows, { from: id(1) }).paths.map(({ to, stepCount }) => [to.toLowerCase(), stepCount]);
  expect(own).toEqual([
    [subscription, 1],
    [corp.toLowerCase(), 2],
  ]);
});

test('the smallest cut is the step that all ways share', () => {
  const rows = {
    ...chain,
    resources: [...chain.resources, machine('d', 7, inGroup(1)), machine('e', 8, inGroup(1))],
  };
  const { paths: found } = report(rows, { to: subscription, from: id(1) });
  expect(found[0]!.stepCount).toBe(2);
  expect(found[0]!.cut).toMatchObject([{ method: 'virtual-machine', gains: 'Identity 9' }]);
});

test('two ways that share nothing take two steps to cut', () => {
  const rows = {
    principals: [user(1), identity(8), identity(9)],
    resources: [machine('a', 8), machine('b', 9)],
    roleAssignments: [assign(vmContributor, id(1), group), owner(8), owner(9)],
  };
  const [path] = report(rows, { to: subscription }).paths;
  expect(path!.cut!.map(({ gains }) => gains)).toEqual(['Identity 8', 'Identity 9']);
});

test('an assignment that all depend on cuts all of them off, one that few do cuts few', () => {
  const rows = {
    principals: [user(1), user(2, 5), user(3, 5), groupOf(5), identity(9)],
    resources: [machine('a', 9)],
    roleAssignments: [
      assign(vmContributor, id(1), group),
      assign(vmContributor, id(5), group),
      assign(roles.reader, id(5), group),
      owner(9),
    ],
  };
  const { cuts } = report(rows, { to: subscription });
  expect(cuts.map(({ role, principal, cuts: lost, of }) => [role, principal, lost, of])).toEqual([
    ['Owner', id(9), 3, 3],
    ['Virtual Machine Contributor', id(5), 2, 3],
    ['Virtual Machine Contributor', id(1), 1, 3],
  ]);
});

test('an assignment beside which there is another cuts nobody off', () => {
  const rows = {
    ...chain,
    roleAssignments: [...chain.roleAssignments, assign(roles.contributor, id(8), subscription)],
  };
  const { cuts } = report(rows, { to: subscription, from: id(8) });
  expect(cuts.map(({ role }) => role)).toEqual(['Owner']);
});

test('what was not collected is said', () => {
  const rows = {
    principals: [user(1), groupOf(5)],
    eligibleAssignments: [assign(roles.owner, id(1), group)],
  };
  expect(report(rows).notices.map(({ code }) => code)).toEqual([
    'paths-without-resources',
    'paths-without-owners',
    'paths-without-eligible',
  ]);
});

test('management groups that nobody placed are said', () => {
  const rows = {
    ...chain,
    managementGroups: [],
    subscriptions: [{ id: subscription.split('/')[2] }],
    roleAssignments: [assign(roles.reader, id(1), corp), owner(9)],
  };
  expect(report(rows).notices.map(({ code }) => code)).toEqual([
    'paths-without-owners',
    'paths-management-groups-unknown',
  ]);
});

test('management groups that lie in each other hide none of each other', () => {
  const other = corp.replace('corp', 'other');
  const rows = {
    ...chain,
    managementGroups: [
      { id: 'corp', parent: 'other' },
      { id: 'other', parent: 'corp' },
    ],
    subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
    roleAssignments: [
      ...chain.roleAssignments,
      assign(vmContributor, id(1), corp),
      assign(vmContributor, id(1), other),
    ],
  };
  expect(paths(rows, { from: id(1) })).toEqual(['1: virtual-machine>9']);
});

test('of 20,000 management groups in each other those that lie deeper than any of Azure are told and left out', () => {
  const managementGroups = Array.from({ length: 20_000 }, (_, at) => ({
    id: `g${at}`,
    parent: at === 0 ? null : `g${at - 1}`,
  }));
  const subscriptions = [{ id: subscription.split('/')[2], managementGroup: 'g19' }];
  const { targets, notices } = report({ managementGroups, subscriptions, roleAssignments: [owner(9)] });
  expect(targets).toHaveLength(21);
  expect(notices.find(({ code }) => code === 'paths-targets-left-out')?.message).toContain(
    'Paths to 19,980 management groups were not looked for',
  );
});

test('of more management groups than Azure allows the others are told and left out', () => {
  const managementGroups = Array.from({ length: 10_002 }, (_, at) => ({ id: `g${at}`, parent: null }));
  const { targets, notices } = report({ managementGroups, subscriptions: [] });
  expect(targets).toHaveLength(10_000);
  expect(notices.find(({ code }) => code === 'paths-targets-left-out')?.message).toContain(
    'Paths to 2 management groups were not looked for',
  );
}, 120_000);
