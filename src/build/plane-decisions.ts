import type { OperationPlane, PlaneBasis } from '../rbac/catalog/operation-table.js';

/** Operations of which public sources say different planes, what was decided, and why. `role-catalog/README.md` has the table. */
export interface PlaneDecision {
  readonly operations: readonly string[];
  readonly plane: OperationPlane;
  readonly basis: PlaneBasis;
  readonly why: string;
}

/**
 * The plane that a provider publishes stands, unless two other sources speak against it: then an operation is of both
 * planes, so that no finding rests on it and nobody who may hold it is left out.
 */
export const planeDecisions: readonly PlaneDecision[] = [
  {
    operations: below('Microsoft.AppConfiguration/configurationStores', [
      'keyValues/delete',
      'keyValues/read',
      'keyValues/write',
      'snapshots/read',
      'snapshots/write',
    ]),
    plane: 'data',
    basis: 'published',
    why: 'Published as data actions, and the built-in data roles grant them; templates can deploy the type all the same.',
  },
  {
    operations: below('Microsoft.KeyVault/vaults', ['keys/delete', 'secrets/delete']),
    plane: 'data',
    basis: 'published',
    why: 'Published as data actions, and the built-in data roles grant them; Azure Resource Manager creates keys and secrets and deletes none.',
  },
  {
    operations: ['Microsoft.Easm/workspaces/tasks/read'],
    plane: 'data',
    basis: 'published',
    why: 'Published as a data action; only the resource type of the same name speaks against it.',
  },
  {
    operations: below('Microsoft.AVS/privateClouds', [
      'listAdminCredentials/action',
      'rotateNsxtPassword/action',
      'rotateVcenterPassword/action',
    ]),
    plane: 'both',
    basis: 'inferred',
    why: 'Published as data actions, but no built-in role grants them so, and the management interface and its clients request them.',
  },
  {
    operations: ['Microsoft.HybridCompute/locations/publishers/extensionTypes/versions/read'],
    plane: 'both',
    basis: 'inferred',
    why: 'Published as a data action, but a built-in role grants it as an action, and the management interface and its clients request it.',
  },
  {
    operations: ['Microsoft.CognitiveSearch/indexes/schema/read'],
    plane: 'both',
    basis: 'published',
    why: 'Published as an action, and built-in roles grant it as a data action.',
  },
  {
    operations: below('Microsoft.ContainerService/aiManagers/namespaces', ['delete', 'write']),
    plane: 'both',
    basis: 'inferred',
    why: 'The name of a resource type and of an object in Kubernetes; reading the latter is a data action.',
  },
  {
    operations: below('Microsoft.ApiCenter/services/workspaces', [
      'apis/deployments/read',
      'apis/read',
      'apis/versions/definitions/exportSpecification/action',
      'apis/versions/definitions/read',
      'apis/versions/read',
      'environments/read',
    ]),
    plane: 'both',
    basis: 'published',
    why: 'Published once as data actions; built-in roles grant them as actions and as data actions.',
  },
];

function below(path: string, names: readonly string[]): string[] {
  return names.map(name => `${path}/${name}`);
}
