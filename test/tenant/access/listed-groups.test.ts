import { expect, test } from 'vitest';
import { ListedGroups } from '../../../src/tenant/access/listed-groups.js';
import {
  assign,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  tenantOf,
  user,
  type Rows,
} from './tenant-rows.js';

/** Whether everybody's groups are known where the members of these groups, and of no others, are listed. */
function areComplete(listed: readonly number[], rows: Rows): boolean {
  const { snapshot, memberships, assignments } = tenantOf({
    principals: [user(1, 5), groupOf(4, 5), groupOf(5), groupOf(6)],
    ...rows,
  });
  const listedGroups = new Set(listed.map(id));
  return new ListedGroups({ snapshot: { ...snapshot, listedGroups }, memberships, assignments }).areComplete;
}

const owner = (principal: number, properties = {}) => assign(roles.owner, id(principal), group, properties);
const denied = (properties: object) => ({
  denyAssignments: [deny(group, { permissions: [{ actions: ['*'] }], ...properties })],
});

test.each([
  ['no list at all', [], {}, false],
  ['that of a group that holds nothing', [6], {}, true],
  ['all but that of a group that holds a role', [6], { roleAssignments: [owner(5)] }, false],
  ['all but that of a group in such a group', [5], { roleAssignments: [owner(5)] }, false],
  ['all of these', [4, 5], { roleAssignments: [owner(5)] }, true],
  ['all but that of somebody unknown', [6], { roleAssignments: [owner(9)] }, false],
  [
    'all but that of a service principal, by its assignment',
    [6],
    { roleAssignments: [owner(9, { principalType: 'ServicePrincipal' })] },
    true,
  ],
  ['all but that of a user', [6], { roleAssignments: [owner(1)] }, true],
  ['all but that of a group that could activate a role', [6], { eligibleAssignments: [owner(5)] }, false],
  ['all but that of a group that is denied', [6], denied({ principals: [{ id: id(5) }] }), false],
  [
    'all but that of a group that is excluded from a denial',
    [6],
    denied({ principals: [everyone], excludePrincipals: [{ id: id(5) }] }),
    false,
  ],
  [
    'all but that of one user who is denied',
    [6],
    denied({ principals: [{ id: id(9), type: 'User' }] }),
    true,
  ],
])('there is %s', (_, listed, rows, expected) => {
  expect(areComplete(listed, rows)).toBe(expected);
});
