import { expect, test } from 'vitest';
import { Memberships } from '../../../src/tenant/access/memberships.js';
import { groupOf, id, tenantOf, user } from './tenant-rows.js';

// 1 is in 3, 3 in 4, 4 in 3 again and in 5; 2 is in 5 itself.
const { memberships } = tenantOf({
  principals: [user(1, 3), groupOf(3, 4), groupOf(4, 3, 5), groupOf(5), user(2, 5), groupOf(6)],
});
const ids = (numbers: readonly number[]) => numbers.map(id);

test.each([
  { principal: 1, groups: [3, 4, 5] },
  { principal: 2, groups: [5] },
  { principal: 3, groups: [4, 5] },
  { principal: 6, groups: [] },
])('$principal is in $groups', ({ principal, groups }) => {
  const { groups: found, isComplete } = memberships.of(id(principal));
  expect([...found.keys()]).toEqual(ids(groups));
  expect(isComplete).toBe(true);
});

test.each([
  { group: 5, members: [1, 2] },
  { group: 3, members: [1] },
  { group: 4, members: [1] },
  { group: 6, members: [] },
  { group: 1, members: [] },
])('$group has the members $members, none of them a group', ({ group, members }) => {
  expect(memberships.membersOf(id(group)).sort()).toEqual(ids(members));
});

test.each([
  [5, true],
  [6, false],
  [1, false],
])('%d has members: %s', (group, expected) => {
  expect(memberships.hasMembers(id(group))).toBe(expected);
});

test.each([
  [1, 5, [3, 4, 5]],
  [2, 5, [5]],
  [1, 1, []],
])('from %d to %d', (principal, group, way) => {
  expect(memberships.via(id(principal), id(group))).toEqual(ids(way));
});

test('of somebody who is in a group that nobody knows, more groups may be missing', () => {
  const { memberships: partial } = tenantOf({ principals: [user(1, 9)] });
  expect(partial.of(id(1)).isComplete).toBe(false);
  expect(partial.of(id(8)).isComplete).toBe(false);
});

// What an export says of one principal's groups, and what is known where all members of groups are listed.
test.each([
  ['nothing more is known', 'unknown', false, false],
  ['all of its groups were told', 'all', false, true],
  ['the members of all groups that matter are listed', 'unknown', true, true],
] as const)(
  'in a directory that was read in part the groups of somebody are complete where %s',
  (_, known, areListed, expected) => {
    const { snapshot } = tenantOf({ principals: [user(1, 3), groupOf(3)] });
    const principals = new Map(snapshot.principals).set(id(1), {
      ...snapshot.principals.get(id(1))!,
      memberships: known,
    });
    const partial = new Memberships(principals, false, () => areListed);
    expect(partial.of(id(1)).isComplete).toBe(expected);
    // What is not known of one principal, the end of the directory does not tell either.
    expect(new Memberships(principals, true, () => areListed).of(id(1)).isComplete).toBe(expected);
  },
);
