import type { SnapshotRow } from '../azure-server/snapshot-rows.js';

type Values = Readonly<Record<string, unknown>>;

/** What must be the same in rows of a kind. The rest, such as who made an assignment, decides nothing. */
const properties: Readonly<Record<SnapshotRow['kind'], readonly string[]>> = {
  roleAssignments: [
    'scope',
    'roleDefinitionId',
    'principalId',
    'principalType',
    'condition',
    'conditionVersion',
  ],
  denyAssignments: [
    ...[
      'scope',
      'denyAssignmentName',
      'permissions',
      'principals',
      'excludePrincipals',
      'doNotApplyToChildScopes',
    ],
    ...['isSystemProtected', 'denyAssignmentEffect'],
  ],
  eligibleAssignments: [
    'scope',
    'roleDefinitionId',
    'principalId',
    'startDateTime',
    'endDateTime',
    'condition',
  ],
  activeAssignments: [
    ...['scope', 'roleDefinitionId', 'principalId', 'startDateTime', 'endDateTime', 'condition'],
    ...['assignmentType', 'originRoleAssignmentId'],
  ],
  roleDefinitions: ['roleName', 'type', 'assignableScopes', 'permissions'],
  principals: [],
  managementGroups: [],
  subscriptions: [],
  resources: [
    ...[
      'principalId',
      'storageAccount',
      'keyVault',
      'containerRegistry',
      'enableRbacAuthorization',
      'authMode',
    ],
    ...[
      'computeType',
      'datastoreType',
      'isDefault',
      'accountName',
      'containerName',
      'endpointComputeType',
      'model',
    ],
  ],
};

/** One text for rows that say the same. */
export function textOf({ kind, value }: SnapshotRow): string {
  switch (kind) {
    case 'principals':
      return JSON.stringify([
        ...['type', 'displayName', 'userType', 'accountEnabled', 'servicePrincipalType'].map(
          name => value[name] ?? null,
        ),
        ...['memberOf', 'owners'].map(name => [...((value[name] ?? []) as string[])].sort()),
      ]);
    case 'managementGroups':
      return JSON.stringify([lower(value['parent'])]);
    case 'subscriptions':
      return JSON.stringify([value['displayName'], lower(value['managementGroup'])]);
    case 'resources':
      return JSON.stringify([lower(value['type']), value['identity'] ?? null, picked(value, kind)]);
    default:
      return JSON.stringify(picked(value, kind));
  }
}

function picked(value: Values, kind: SnapshotRow['kind']): unknown[] {
  const all = (value['properties'] ?? {}) as Values;
  return properties[kind].map(name => all[name] ?? null);
}

function lower(text: unknown): string | null {
  return typeof text === 'string' ? text.toLowerCase() : null;
}
