import { expect, test } from 'vitest';
import type { Notice } from '../../../src/errors.js';
import { readSnapshot } from '../../../src/tenant/snapshot/read-snapshot.js';
import type { Snapshot } from '../../../src/tenant/snapshot/snapshot.js';
import { snapshotNotices } from '../../../src/tenant/snapshot/snapshot-notices.js';
import { projectWith } from '../../commands/project.js';
import { assignmentRow, custom, group, header, principal, reader, subscription } from './tenant-rows.js';

function read(rows: object): Promise<Snapshot> {
  return readSnapshot('s.json', projectWith({ 's.json': { ...header, ...rows } }));
}

function told(notices: readonly Notice[]): (readonly string[])[] {
  return notices.map(({ code, message, file }) => [code, message, file!]);
}

/** A catalog of one role. */
const onlyReader = { find: (guid: string) => (guid === reader ? {} : undefined) };

const user = (number: number, memberOf: readonly string[] = []) => ({
  id: principal(number),
  type: 'User',
  memberOf,
});
const groupIn = (number: number, ...memberOf: readonly string[]) => ({
  id: group(number),
  type: 'Group',
  memberOf,
});

test('assignments of roles that nobody knows', async () => {
  const ofCustom = { roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${custom}` };
  const roleAssignments = [assignmentRow(1), assignmentRow(2, ofCustom), assignmentRow(3, ofCustom)];
  const eligibleAssignments = [assignmentRow(4, ofCustom)];
  const bare = await read({ roleAssignments, eligibleAssignments });
  expect(told(snapshotNotices(bare, onlyReader))).toEqual([
    [
      'snapshot-roles-missing',
      `Neither the snapshot nor the catalog knows 1 role of 3 assignments: ${custom}. What they grant is not known.`,
      's.json',
    ],
  ]);
  const roleDefinitions = [{ name: custom, roleName: 'Own', permissions: [] }];
  const whole = await read({ roleAssignments, eligibleAssignments, roleDefinitions });
  expect(snapshotNotices(whole, onlyReader)).toEqual([]);
});

test('assignments to principals that are missing', async () => {
  const roleAssignments = [1, 2, 3, 4, 5, 6, 7, 8].map(number => assignmentRow(number));
  const activeAssignments = [assignmentRow(8)];
  const { notices } = await read({ roleAssignments, activeAssignments, principals: [user(1)] });
  const named = [2, 3, 4, 5, 6].map(principal).join(', ');
  expect(told(notices)).toEqual([
    [
      'snapshot-principals-missing',
      `The snapshot does not hold 7 principals that assignments are to: ${named} and 2 more.`,
      's.json',
    ],
  ]);
});

test('an export of assignments alone lacks no principals', async () => {
  expect((await read({ roleAssignments: [assignmentRow(1)] })).notices).toEqual([]);
});

test('groups that principals are members of and that are missing', async () => {
  const principals = [user(1, [group(1), group(2)]), user(2, [group(2)]), groupIn(1)];
  expect(told((await read({ principals })).notices)).toEqual([
    [
      'snapshot-groups-missing',
      `The snapshot does not hold 1 group that principals are members of: ${group(2)}.`,
      's.json',
    ],
  ]);
});

test('groups that are members of themselves', async () => {
  const principals = [
    user(1, [group(1)]),
    groupIn(1, group(2)),
    groupIn(2, group(3), group(5)),
    groupIn(3, group(1), group(2)),
    groupIn(4, group(4)),
    groupIn(5),
    groupIn(6, group(3)),
  ];
  expect(told((await read({ principals })).notices)).toEqual([
    [
      'group-cycle',
      `The snapshot holds 2 circles of groups that are members of themselves, one through the other, with: ${group(1)}, ${group(4)}.`,
      's.json',
    ],
  ]);
});

test('groups of other directories have members that nobody knows', async () => {
  const foreign = { principalType: 'ForeignGroup', principalId: group(2) };
  const roleAssignments = [assignmentRow(1, { principalId: group(1) }), assignmentRow(2, foreign)];
  const principals = [{ id: group(1), type: 'ForeignGroup' }, groupIn(3)];
  const { notices } = await read({ roleAssignments, principals });
  expect(told(notices)).toContainEqual([
    'foreign-group-members-unknown',
    `Roles are assigned to 2 groups of other directories, whose members are not known: ${group(1)}, ${group(2)}.`,
    's.json',
  ]);
});

test('management groups in circles, the first ten of them by name', async () => {
  const pairs = Array.from({ length: 12 }, (_, at) => [
    { id: `a${at}`, parent: `b${at}` },
    { id: `b${at}`, parent: `a${at}` },
  ]);
  const { notices } = await read({ managementGroups: pairs.flat() });
  expect(notices).toHaveLength(11);
  expect(told(notices)[0]).toEqual([
    'management-group-cycle',
    'The management group "a0" contains itself.',
    's.json',
  ]);
  expect(notices.at(-1)?.message).toBe('The same goes for 2 more management groups.');
});

test('management groups that lie deeper in each other than any of Azure', async () => {
  const managementGroups = Array.from({ length: 22 }, (_, at) => ({
    id: `g${at}`,
    parent: at === 0 ? null : `g${at - 1}`,
  }));
  const { notices } = await read({ managementGroups });
  expect(told(notices)).toEqual([
    [
      'management-group-too-deep',
      '2 management groups lie more than 20 levels deep; Azure allows 6. What is assigned further up was not followed to: g20, g21.',
      's.json',
    ],
  ]);
});

test('management groups that others lie in and that are missing', async () => {
  const { notices } = await read({
    managementGroups: [
      { id: 'root', parent: null },
      { id: 'corp', parent: 'Landing' },
    ],
    subscriptions: [{ id: subscription, managementGroup: 'online' }],
  });
  expect(told(notices)).toEqual([
    [
      'management-group-missing',
      'The snapshot does not tell the place of 2 management groups that others lie in: landing, online.',
      's.json',
    ],
  ]);
});

test('subscriptions that assignments stand at and that are missing', async () => {
  const other = subscription.replace('1', '2');
  const at = (number: number, id: string) =>
    assignmentRow(number, { scope: `/subscriptions/${id.toUpperCase()}/resourceGroups/rg${number}` });
  const roleAssignments = [at(1, subscription), at(2, other), at(3, other)];
  const subscriptions = [{ id: subscription, managementGroup: null }];
  expect(told((await read({ roleAssignments, subscriptions })).notices)).toEqual([
    [
      'snapshot-subscriptions-missing',
      `The snapshot does not hold 1 subscription that assignments stand at: ${other}.`,
      's.json',
    ],
  ]);
  expect((await read({ roleAssignments })).notices).toEqual([]);
});
