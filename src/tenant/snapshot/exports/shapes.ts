import type { Row } from '../row.js';
import { applications, directoryObjects, otherDirectoryObjects } from './directory-objects.js';
import type { ExportShape } from './export-shape.js';
import { managementGroups, subscriptions } from './hierarchy.js';
import { groupMembers, principalGroups } from './memberships.js';
import { containers, machineLearning, otherAuthorization, resources } from './resources.js';
import { classicAdministrators, powerShellRoleAssignments, roleAssignments } from './role-assignments.js';
import {
  denyAssignments,
  powerShellDenyAssignments,
  powerShellRoleDefinitions,
  roleDefinitions,
} from './role-definitions.js';
import { directoryRoles, scheduledAssignments, scheduleRequests } from './scheduled-assignments.js';

/** The shape of a row; undefined where it is none that a snapshot is made of. The first that matches is it. */
export function shapeOf(row: Row): ExportShape | undefined {
  return exportShapes.find(shape => shape.matches(row));
}

/** What can stand in a folder of exports. */
export const exportShapes: readonly ExportShape[] = [
  classicAdministrators,
  scheduleRequests,
  scheduledAssignments,
  directoryRoles,
  roleAssignments,
  powerShellRoleAssignments,
  powerShellDenyAssignments,
  denyAssignments,
  roleDefinitions,
  powerShellRoleDefinitions,
  managementGroups,
  subscriptions,
  groupMembers,
  principalGroups,
  applications,
  directoryObjects,
  otherDirectoryObjects,
  containers,
  otherAuthorization,
  machineLearning,
  resources,
];
