import type { Located } from '../../input/source-document.js';
import type { ResourceKind } from '../../rbac/action-sets/action-set.js';
import { isOfKind, kindInWords } from '../../rbac/action-sets/resource-kind.js';
import { parseScope } from '../../rbac/model/scope.js';
import { type AzureMlFiles, deploymentsOf } from './azure-ml-files.js';
import { isPlaceholder } from './file-reader.js';
import { problem, type FileProblem } from './problem.js';
import { isMalformed } from './read-identity.js';
import {
  type BatchEndpoint,
  type Compute,
  type Connection,
  type Datastore,
  type OnlineDeployment,
  type OnlineEndpoint,
  userAssignedOf,
  type MachineLearningWorkspace,
} from './resource.js';

/** What Azure refuses in these files, or what in them does not work together. */
export function checkResources(files: AzureMlFiles): FileProblem[] {
  return [
    ...files.onlineEndpoints.flatMap(onlineEndpointProblems),
    ...files.onlineEndpoints.flatMap(endpoint =>
      deploymentsOf(endpoint, files.onlineDeployments).flatMap(deployment =>
        clientIdProblems(endpoint, deployment),
      ),
    ),
    ...nameProblems(files),
    ...deployedComputeProblems(files),
    ...files.batchEndpoints.flatMap(batchEndpointProblems),
    ...files.workspaces.flatMap(workspaceProblems),
    ...files.computes.flatMap(computeProblems),
    ...files.datastores.flatMap(datastoreProblems),
    ...inputProblems(files),
    ...pullProblems(files),
    ...files.connections.flatMap(connectionProblems),
  ];
}

function onlineEndpointProblems(endpoint: OnlineEndpoint): FileProblem[] {
  const { authMode, platform, identity, enforcesSecretStores } = endpoint;
  const problems: FileProblem[] = [];
  const at = endpoint.authModeAt ?? endpoint.at;
  if (authMode === 'key') {
    const how =
      endpoint.authModeAt === undefined
        ? 'Without "auth_mode" the endpoint takes keys'
        : 'The endpoint takes keys';
    const message = `${how}: roles do not limit who calls it, and calls cannot be told apart by identity. ${withoutKeys[platform]}`;
    problems.push(problem('key-auth', message, at));
  }
  if (authMode === 'aad_token' && platform === 'kubernetes') {
    const message =
      'A Kubernetes online endpoint does not take Microsoft Entra tokens; it can be "key" or "aml_token".';
    problems.push(problem('kubernetes-entra-token', message, at));
  }
  if (enforcesSecretStores !== undefined && userAssignedOf(identity).length > 0) {
    const message =
      'Access to the default secret stores can be enforced only for a system-assigned identity. Leave it out, and grant the user-assigned identity "Azure Machine Learning Workspace Connection Secrets Reader" on the workspace.';
    problems.push(problem('secret-stores-with-user-assigned', message, enforcesSecretStores));
  }
  return problems;
}

/** What an endpoint can take instead of keys. */
const withoutKeys = {
  managed: 'With "aad_token" each caller needs a role.',
  kubernetes: 'With "aml_token" a caller needs a role to get a token, and tokens expire.',
} as const;

/** Code asks for a token of a user-assigned identity by its client id, and must not for a system-assigned one. */
function clientIdProblems({ identity }: OnlineEndpoint, deployment: OnlineDeployment): FileProblem[] {
  const { environmentVariables: variables, hasCode } = deployment;
  const given = variables.get(clientIdVariable);
  const isUserAssigned = userAssignedOf(identity).length > 0;
  const knowsClient = given !== undefined || variables.has('AZURE_CLIENT_ID');
  if (isUserAssigned && hasCode && !knowsClient) {
    const message = `The endpoint has a user-assigned identity, and the deployment does not name its client id in the environment variable "${clientIdVariable}": its code cannot ask for a token of it.`;
    return [problem('client-id-missing', message, deployment.at)];
  }
  if (given !== undefined && (identity.kind === 'system-assigned' || identity.kind === 'default')) {
    const message = `The endpoint has a system-assigned identity, and the deployment sets "${clientIdVariable}": code that passes it on is refused a token.`;
    return [problem('client-id-surplus', message, given.at)];
  }
  return [];
}

const clientIdVariable = 'UAI_CLIENT_ID';

/** With one endpoint in the run, deployments are meant for it. */
function nameProblems({
  onlineEndpoints,
  onlineDeployments,
  batchEndpoints,
  batchDeployments,
}: AzureMlFiles): FileProblem[] {
  return [...mismatches(onlineEndpoints, onlineDeployments), ...mismatches(batchEndpoints, batchDeployments)];
}

/** With computes in the run, jobs of the deployment are meant to run on one of them. */
function deployedComputeProblems({ batchDeployments, computes }: AzureMlFiles): FileProblem[] {
  const names = computes.flatMap(({ name }) => name?.value ?? []);
  if (names.length === 0 || names.length < computes.length) return [];
  const known = new Set(names.map(name => name.toLowerCase()));
  return batchDeployments.flatMap(({ compute }) => {
    if (compute === undefined || isPlaceholder(compute.value) || compute.value.includes('/')) return [];
    if (known.has(compute.value.toLowerCase())) return [];
    const message = `The deployment runs on the compute "${compute.value}", and the compute here is "${names.join('", "')}": another identity reads the data.`;
    return [problem('deployment-compute-mismatch', message, compute.at)];
  });
}

function mismatches(
  endpoints: readonly { readonly name: Located<string> | undefined }[],
  deployments: readonly { readonly endpointName: Located<string> | undefined }[],
): FileProblem[] {
  const names = endpoints.flatMap(({ name }) => name?.value ?? []);
  if (names.length === 0 || names.length < endpoints.length) return [];
  const known = new Set(names.map(name => name.toLowerCase()));
  return deployments.flatMap(({ endpointName }) => {
    if (endpointName === undefined || isPlaceholder(endpointName.value)) return [];
    if (known.has(endpointName.value.toLowerCase())) return [];
    const message = `The deployment is of the endpoint "${endpointName.value}", and the endpoint here is "${names.join('", "')}".`;
    return [problem('name-mismatch', message, endpointName.at)];
  });
}

function batchEndpointProblems({ authMode, identity }: BatchEndpoint): FileProblem[] {
  const problems: FileProblem[] = [];
  if (authMode !== undefined && !isPlaceholder(authMode.value) && !/^aad_?token$/i.test(authMode.value)) {
    const message = `A batch endpoint takes Microsoft Entra tokens alone: "auth_mode" must be aad_token, not "${authMode.value}".`;
    problems.push(problem('batch-auth-mode', message, authMode.at));
  }
  const [first] = userAssignedOf(identity);
  if (first !== undefined) {
    const message =
      'A batch endpoint itself can have a system-assigned identity only. Its jobs run with the identity of the caller and of the compute cluster.';
    problems.push(problem('batch-identity-user-assigned', message, first.resourceId.at));
  }
  return problems;
}

/** Whoever brings an identity brings the resources that it is granted access to. */
function workspaceProblems(workspace: MachineLearningWorkspace): FileProblem[] {
  return [...resourceIdProblems(workspace), ...missingResources(workspace)];
}

/** Azure takes whole ARM ids of resources of the right type; what is none makes needs without a scope. */
function resourceIdProblems(workspace: MachineLearningWorkspace): FileProblem[] {
  return (Object.keys(resourceKindsOf) as (keyof typeof resourceKindsOf)[]).flatMap(key => {
    const id = workspace[key];
    if (id === undefined || isPlaceholder(id.value)) return [];
    if (isOfKind(parseScope(id.value), resourceKindsOf[key])) return [];
    const message = `"${id.value}" is not the ARM id of ${kindInWords(resourceKindsOf[key])}.`;
    return [problem('resource-id-malformed', message, id.at)];
  });
}

const resourceKindsOf = {
  storageAccount: 'storage-account',
  keyVault: 'key-vault',
  applicationInsights: 'application-insights',
  containerRegistry: 'container-registry',
  keyEncryptionVault: 'key-vault',
  primaryIdentity: 'user-assigned-identity',
} as const satisfies Partial<Record<keyof MachineLearningWorkspace, ResourceKind>>;

function missingResources(workspace: MachineLearningWorkspace): FileProblem[] {
  if (userAssignedOf(workspace.identity).length === 0) return [];
  const missing = (
    ['storage_account', 'key_vault', 'application_insights', 'container_registry'] as const
  ).filter(key => workspace[workspaceResources[key]] === undefined);
  if (missing.length === 0) return [];
  const message = `A workspace with a user-assigned identity needs resources of its own on which that identity has its roles; not named: ${missing.join(', ')}.`;
  return [problem('workspace-resource-missing', message, workspace.at)];
}

const workspaceResources = {
  storage_account: 'storageAccount',
  key_vault: 'keyVault',
  application_insights: 'applicationInsights',
  container_registry: 'containerRegistry',
} as const;

function computeProblems({ identity, type, stopsWhenIdle }: Compute): FileProblem[] {
  const problems: FileProblem[] = [];
  const identities = userAssignedOf(identity);
  if (identity.kind === 'system-and-user-assigned') {
    const message = 'A compute has one system-assigned identity or user-assigned ones, never both.';
    problems.push(problem('compute-both-identities', message, identity.at));
  }
  if (type === 'kubernetes' && identities.length > 1) {
    const message = 'A Kubernetes compute has one identity at most.';
    problems.push(problem('compute-several-identities', message, identities[1]!.resourceId.at));
  }
  const hasIdentity = identities.length > 0 || identity.kind === 'system-assigned';
  if (type === 'computeinstance' && stopsWhenIdle && hasIdentity) {
    const message =
      'A compute instance with a managed identity stops when idle only if that identity has Contributor on the workspace, which is far more than its jobs need.';
    problems.push(problem('idle-shutdown-identity', message, identity.at!));
  }
  return problems;
}

function datastoreProblems({ type, at, credentials }: Datastore): FileProblem[] {
  if (type === 'azure_file' && credentials === 'none') {
    const message =
      'Azure Machine Learning reads blobs and Azure Data Lake Storage by identity, not file shares, and roles for blobs do not reach those: store a credential.';
    return [problem('file-share-without-credential', message, at)];
  }
  if (type !== 'azure_data_lake_gen1') return [];
  const message =
    'Azure Data Lake Storage Gen1 is retired; access to it was a matter of its own access control lists, not of roles.';
  return [problem('data-lake-gen1-retired', message, at)];
}

/** Data without a stored credential is mounted by the cluster's identity, whoever invokes the endpoint. */
function inputProblems({
  datastores,
  computes,
}: Pick<AzureMlFiles, 'datastores' | 'computes'>): FileProblem[] {
  const needy = datastores.filter(({ credentials, type }) => credentials === 'none' && type !== 'azure_file');
  if (needy.length === 0) return [];
  return computes
    .filter(
      ({ identity, type }) =>
        type === 'amlcompute' && (identity.kind === 'default' || identity.kind === 'none'),
    )
    .map(compute => {
      const stores = needy.map(({ name }) => `"${name?.value ?? 'unnamed'}"`).join(', ');
      const message = `The cluster has no identity, and must mount ${stores}, for which no credential is stored: give it an identity with Storage Blob Data Reader on the storage account.`;
      return problem('compute-without-identity', message, compute.at);
    });
}

/** Where data is missed already, that says it. */
function pullProblems({ computes, datastores }: AzureMlFiles): FileProblem[] {
  const isToldAlready = inputProblems({ computes, datastores }).length > 0;
  return computes.flatMap(({ type, identity, at }) => {
    const hasNone = identity.kind === 'default' || identity.kind === 'none';
    if (type === 'amlcompute' && hasNone && !isToldAlready) {
      const message =
        'The cluster has no identity: it pulls images only as long as the admin user of the registry is on, and reads no data without a stored credential. Give it an identity with AcrPull.';
      return [problem('compute-identity-missing', message, at)];
    }
    if (type !== 'computeinstance' || hasNone) return [];
    const message =
      'No page of Microsoft says what the identity of a compute instance needs, so nothing of it was checked.';
    return [problem('compute-instance-not-checked', message, at)];
  });
}

function connectionProblems({ identity, type }: Connection): FileProblem[] {
  if (identity === undefined || !registryTypes.has(type)) return [];
  const { resourceId, clientId } = identity;
  if (isMalformed(resourceId.value)) {
    const message = `"${resourceId.value}" is not the ARM id of a user-assigned identity.`;
    return [problem('identity-id-malformed', message, resourceId.at)];
  }
  if (clientId !== undefined) return [];
  const message =
    'A connection to a registry names its user-assigned identity by resource id and by client id; the client id is missing.';
  return [problem('connection-client-id', message, resourceId.at)];
}

export const registryTypes: ReadonlySet<string> = new Set([
  'container_registry',
  'acr',
  'azure_container_registry',
]);
