import type {
  AzureMlResource,
  BatchDeployment,
  BatchEndpoint,
  Compute,
  Connection,
  DataAsset,
  Datastore,
  Environment,
  OnlineDeployment,
  OnlineEndpoint,
  MachineLearningWorkspace,
} from './resource.js';

/** All resources of a run, by kind. */
export interface AzureMlFiles {
  readonly onlineEndpoints: readonly OnlineEndpoint[];
  readonly onlineDeployments: readonly OnlineDeployment[];
  readonly batchEndpoints: readonly BatchEndpoint[];
  readonly batchDeployments: readonly BatchDeployment[];
  readonly workspaces: readonly MachineLearningWorkspace[];
  readonly computes: readonly Compute[];
  readonly datastores: readonly Datastore[];
  readonly connections: readonly Connection[];
  readonly environments: readonly Environment[];
  readonly dataAssets: readonly DataAsset[];
}

export function byKind(resources: readonly AzureMlResource[]): AzureMlFiles {
  return {
    onlineEndpoints: resources.filter(resource => resource.kind === 'online-endpoint'),
    onlineDeployments: resources.filter(resource => resource.kind === 'online-deployment'),
    batchEndpoints: resources.filter(resource => resource.kind === 'batch-endpoint'),
    batchDeployments: resources.filter(resource => resource.kind === 'batch-deployment'),
    workspaces: resources.filter(resource => resource.kind === 'workspace'),
    computes: resources.filter(resource => resource.kind === 'compute'),
    datastores: resources.filter(resource => resource.kind === 'datastore'),
    connections: resources.filter(resource => resource.kind === 'connection'),
    environments: resources.filter(resource => resource.kind === 'environment'),
    dataAssets: resources.filter(resource => resource.kind === 'data-asset'),
  };
}

/** What belongs to an endpoint: by its name, or where one of both has none. */
export function deploymentsOf<Deployment extends OnlineDeployment | BatchDeployment>(
  endpoint: OnlineEndpoint | BatchEndpoint,
  deployments: readonly Deployment[],
): Deployment[] {
  const name = endpoint.name?.value.toLowerCase();
  return deployments.filter(({ endpointName }) => {
    return name === undefined || endpointName === undefined || endpointName.value.toLowerCase() === name;
  });
}
