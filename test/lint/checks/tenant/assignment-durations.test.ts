import { expect, test } from 'vitest';
import { AssignmentDurations } from '../../../../src/lint/checks/tenant/assignment-durations.js';
import {
  assign,
  group,
  groupOf,
  id,
  roles,
  tenantOf,
  user,
  type Rows,
} from '../../../tenant/access/tenant-rows.js';

const standing = assign(roles.owner, id(1), group);
const active = (properties: object, role: string = roles.owner) => ({
  activeAssignments: [assign(role, id(1), group, { ...properties })],
});
const until = { endDateTime: '2026-12-01T08:00:00Z' };
const eligible = (principal: number, role: string = roles.owner) => ({
  eligibleAssignments: [assign(role, id(principal), group)],
});
const other = active({ assignmentType: 'Assigned' }, roles.reader);
const gap = (what: string) => ({ gaps: [{ what, scope: '/', reason: 'refused' }] });

test.each<[string, Rows, string, boolean]>([
  ['nobody has to activate anything', {}, 'for-good', false],
  ['it was activated', active({ assignmentType: 'Activated' }), 'for-a-time', true],
  ['it has an end', active({ assignmentType: 'Assigned', ...until }), 'for-a-time', false],
  ['it is assigned without one', active({ assignmentType: 'Assigned' }), 'for-good', false],
  ['all that is active is known, and this is not', { ...other, ...eligible(1) }, 'for-good', true],
  ['nothing active is known, and it may have been activated', eligible(1), 'unknown', true],
  ['it may have been activated through a group', eligible(5), 'unknown', true],
  ['somebody else may activate the role', eligible(2), 'for-good', true],
  ['another role may be activated', eligible(1, roles.reader), 'for-good', true],
  ['what is active was not read', { ...other, ...eligible(1), ...gap('activeAssignments') }, 'unknown', true],
  ['something else was not read', { ...other, ...eligible(1), ...gap('resources') }, 'for-good', true],
])('an assignment of a tenant in which %s', (_, rows, duration, isPimInUse) => {
  const tenant = tenantOf({
    principals: [user(1, 5), groupOf(5), user(2)],
    roleAssignments: [standing],
    ...rows,
  });
  const durations = new AssignmentDurations(tenant);
  expect([durations.of(tenant.assignments[0]!), durations.isPimInUse]).toEqual([duration, isPimInUse]);
});
