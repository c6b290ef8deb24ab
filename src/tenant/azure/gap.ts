import type { Collection } from '../snapshot/collections.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import { type AzureFailure, failureReason } from './azure-failure.js';

/** The operation that reading a collection needs: https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations */
export const readPermissions = {
  roleAssignments: 'Microsoft.Authorization/roleAssignments/read',
  roleDefinitions: 'Microsoft.Authorization/roleDefinitions/read',
  denyAssignments: 'Microsoft.Authorization/denyAssignments/read',
  eligibleAssignments: 'Microsoft.Authorization/roleEligibilityScheduleInstances/read',
  activeAssignments: 'Microsoft.Authorization/roleAssignmentScheduleInstances/read',
  managementGroups: 'Microsoft.Management/managementGroups/read',
  subscriptions: 'Microsoft.Resources/subscriptions/read',
  resources: 'Microsoft.Resources/subscriptions/resources/read',
} as const satisfies Partial<Record<Collection, string>>;

export const graphPermission =
  'the Microsoft Graph permission Directory.Read.All (or User.Read.All, GroupMember.Read.All and Application.Read.All)';

export function gapOf(
  what: keyof typeof readPermissions,
  scope: string,
  failure: AzureFailure,
  permission: string = readPermissions[what],
): SnapshotGap {
  return { what, scope, reason: failureReason(failure, permission) };
}

/** Whether the same may be read the next time. */
export function isTransientGap({ kind }: AzureFailure): boolean {
  return kind === 'exhausted' || kind === 'broken-list';
}
