import { expect, test } from 'vitest';
import { denied, explain, ids, workspace } from './explain-text.js';

// What users of Azure Machine Learning meet, each with its true cause. The messages are reworded.

const ml = 'Microsoft.MachineLearningServices/workspaces/';
const pull = 'Microsoft.ContainerRegistry/registries/pull/read';
const blobRead = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const blobWrite = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write';
const group = `/subscriptions/${ids.subscription}/resourceGroups/rg-ml`;

interface Case {
  readonly name: string;
  readonly text: string;
  readonly error: string;
  readonly missing: readonly string[];
  /** Stands in cause or fix. */
  readonly says: string;
  readonly traps?: readonly string[];
  readonly holder?: string;
}

const cases: readonly Case[] = [
  {
    name: 'a token for an identity that the endpoint does not have (document 000-14)',
    text: 'azure.identity._exceptions.CredentialUnavailableError: ManagedIdentityCredential authentication unavailable. The requested identity has not been assigned to this resource.',
    error: 'managed-identity-unavailable',
    missing: [],
    says: 'No role is missing',
  },
  {
    name: '1: a scoring call without the key',
    text: 'urllib.error.HTTPError: HTTP Error 401: Unauthorized\n{"error":{"code":"key_auth_access_denied","message":"Access to the endpoint was denied for the given key"}}',
    error: 'ml-key-denied',
    missing: [`${ml}onlineEndpoints/listkeys/action`],
    says: 'The call itself needs no role.',
    traps: ['auth-mode-decides'],
    holder: 'whoever fetches the key',
  },
  {
    name: '2: the identity of the endpoint cannot pull',
    text: '(BadArgument) The identity of endpoint scorer has no pull permission on registry crfraud.azurecr.io. Grant it and try again.\nCode: BadArgument',
    error: 'ml-endpoint-registry-pull',
    missing: [pull],
    says: 'only to a system-assigned identity and only on the registry of the workspace',
    traps: ['abac-registry', 'user-assigned-gets-nothing'],
    holder: "the endpoint's managed identity",
  },
  {
    name: '3: studio cannot create an endpoint',
    text: denied(
      'Microsoft.Resources/deployments/write',
      `${group}/providers/Microsoft.Resources/deployments/managed-online-endpoint-1`,
      'ada@contoso.com',
    ),
    error: 'authorization-failed',
    missing: ['Microsoft.Resources/deployments/write'],
    says: 'Assign a role that grants the operation',
    traps: ['studio-needs-deployments'],
  },
  {
    name: '4: a prompt flow endpoint cannot read a connection',
    text: 'UserError: Access denied to list workspace secret due to invalid authentication. Please assign "AzureML Data Scientist" to the endpoint at workspace fraud.',
    error: 'ml-connection-secrets',
    missing: [`${ml}connections/listsecrets/action`, `${ml}metadata/secrets/read`],
    says: 'AzureML Data Scientist, which the message may propose, grants far more',
    traps: ['secret-stores-at-creation'],
    holder: "the endpoint's managed identity",
  },
  {
    name: '4: the same as a bad gateway',
    text: 'Failed to get connections: POST https://westeurope.api.azureml.ms/.../connections/aoai/listsecrets returned 502 Bad Gateway',
    error: 'ml-connection-secrets',
    missing: [`${ml}connections/listsecrets/action`, `${ml}metadata/secrets/read`],
    says: 'The caller is the managed identity of the endpoint',
  },
  {
    name: '5: a pipeline may not assign roles',
    text: `2026-11-20T08:00:00.0000000Z ##[error](AuthorizationFailed) ${denied('Microsoft.Authorization/roleAssignments/write', `${workspace}/providers/Microsoft.Authorization/roleAssignments/0f0f0f0f-0000-0000-0000-000000000000`)}`,
    error: 'authorization-failed',
    missing: ['Microsoft.Authorization/roleAssignments/write'],
    says: 'Assign a role that grants the operation',
    traps: [
      'assign-with-condition',
      'identity-operator-assigns-no-roles',
      'not-actions-no-deny',
      'other-principal',
    ],
  },
  {
    name: '6: pod identity may not assign an identity to the nodes',
    text: `E1120 mic: failed to update VMSS: Code="LinkedAuthorizationFailed" Message="The client '${ids.client}' with object id '${ids.object}' has permission to perform action 'Microsoft.Compute/virtualMachineScaleSets/write' on scope '/subscriptions/${ids.subscription}/resourceGroups/MC_a/providers/Microsoft.Compute/virtualMachineScaleSets/n'; however, it does not have permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer' or the linked scope(s) are invalid."`,
    error: 'linked-authorization-failed',
    missing: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
    says: 'at the linked scope',
    traps: ['identity-contributor-assigns-nothing', 'pod-identity-retired', 'client-id-not-object-id'],
  },
  {
    name: '7: a batch job cannot read a datastore without credentials',
    text: 'Job failed: Datastore workspaceblobstore does not have credentials and the workspace MSI could not authenticate to its storage account.',
    error: 'ml-datastore-identity',
    missing: [blobRead],
    says: 'of the job (who submitted it) and of the compute cluster',
    traps: ['job-runs-as-compute', 'control-plane-role-reads-no-data'],
    holder: 'the compute cluster and the submitter',
  },
  {
    name: '8: batch output wants a key',
    text: 'ERROR: Batch deployment output: datastore results needs credentials of type AccountKey or Sas, found None',
    error: 'ml-output-datastore-credentials',
    missing: [blobWrite],
    says: 'datastore without stored credentials',
  },
  {
    name: '9: the batch endpoint refuses the token',
    text: 'azure.core.exceptions.HttpResponseError: (Unauthorized) Batch endpoint nightly: the token was denied by policy.',
    error: 'ml-batch-token-denied',
    missing: [`${ml}batchEndpoints/jobs/write`, `${ml}batchEndpoints/deployments/jobs/write`],
    says: 'on a compute instance: that of the instance',
    traps: ['wrong-audience'],
  },
  {
    name: '9: the same without a word of batch',
    text: 'MlException: Microsoft Entra Token denied by policy, see the page on authentication',
    error: 'ml-batch-token-denied',
    missing: [`${ml}batchEndpoints/jobs/write`, `${ml}batchEndpoints/deployments/jobs/write`],
    says: 'https://ml.azure.com alone',
  },
  {
    name: '7: the same from a parallel job',
    text: 'ParallelTaskException: neither account key nor SAS token in datastore raw, and credential passthrough is not enabled.',
    error: 'ml-datastore-identity',
    missing: [blobRead],
    says: 'The datastore stores no credentials',
  },
  {
    name: '10: a job may not read datastores',
    text: `File "train.py", in main: ws.get_default_datastore()\nazureml run on compute cpu-cluster: ${denied(`${ml}datastores/read`, `${workspace}/datastores/workspaceblobstore`)}`,
    error: 'authorization-failed',
    missing: [`${ml}datastores/read`],
    says: 'to the object id that the message names',
    traps: ['job-runs-as-compute', 'other-principal'],
  },
  {
    name: '11: code cannot be uploaded',
    text: 'ERROR: You do not have permission to alter this storage account. Ask for Storage Blob Data Reader and Contributor.',
    error: 'ml-code-upload',
    missing: [blobWrite],
    says: 'uploaded as the person or principal who submits, not as the workspace',
    traps: ['other-principal'],
    holder: 'the submitter',
  },
  {
    name: '11: the same from the CLI',
    text: "AttributeError: 'NoneCredentials' object has no attribute 'sas_token'",
    error: 'ml-code-upload',
    missing: [blobWrite],
    says: 'gives no SAS',
  },
  {
    name: '12: a service principal may not read a compute',
    text: `ErrorCode=UserErrorAzureMLError: ${denied(`${ml}computes/read`, `${workspace}/computes/cpu-cluster`)}`,
    error: 'authorization-failed',
    missing: [`${ml}computes/read`],
    says: 'check subscription, resource group and name in the scope first',
    traps: ['other-principal', 'scope-mismatch'],
  },
  {
    name: '12: nor the workspace',
    text: `ServiceError: ${denied(`${ml}read`, workspace)}`,
    error: 'authorization-failed',
    missing: [`${ml}read`],
    says: 'Azure gives the same answer where the scope is misspelt',
    traps: ['scope-mismatch'],
  },
  {
    name: '13: a registry of Azure Machine Learning refuses a batch job',
    text: `User 0f, tenant 1e and subscription ${ids.subscription} are not allowed to access registry shared-models.`,
    error: 'ml-registry-access',
    missing: [
      'Microsoft.MachineLearningServices/registries/read',
      'Microsoft.MachineLearningServices/registries/assets/read',
    ],
    says: 'not the container registry',
    holder: 'the invoking identity',
  },
  {
    name: '14: Kubernetes cannot pull the image of the environment',
    text: 'Deployment failed. Reason: ACRTokenExchangeForbidden. Exchanging the token for registry crshared was answered with 403.',
    error: 'registry-token-exchange',
    missing: [pull],
    says: 'the registry that holds the environment image, which need not be the registry of the workspace',
    traps: ['abac-registry'],
  },
  {
    name: '14: the extension has no identity',
    text: '{"code":"RefreshExtensionIdentityNotSet","message":"The identity of extension amlext was not found on the cluster"}',
    error: 'ml-extension-identity',
    missing: [pull],
    says: 'Detach and attach the compute again',
  },
  {
    name: '15: attaching a cluster fails its role check',
    text: 'AKS role check failed: the user assigned identity of workspace fraud lacks roles on cluster aks-prod.',
    error: 'ml-attach-aks',
    missing: [
      'Microsoft.ContainerService/managedClusters/read',
      'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
      'Microsoft.KubernetesConfiguration/extensions/write',
    ],
    says: 'Kubernetes Extension Contributor',
    traps: ['user-assigned-gets-nothing'],
  },
  {
    name: '16: a scoring script may not read a secret',
    text: 'score.py: ManagedIdentityCredential authentication succeeded; GET https://kv-fraud.vault.azure.net/secrets/db was answered with 403 Forbidden',
    error: 'ml-script-key-vault',
    missing: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    says: 'either to roles or to access policies, not to both',
    traps: ['access-policy-vault', 'user-assigned-client-id'],
    holder: "the endpoint's managed identity",
  },
  {
    name: '17: which right token-based scoring asks for',
    text: 'Our endpoint uses aml_token. Which permission do my clients need for it?',
    error: 'ml-which-scoring-right',
    missing: [`${ml}onlineEndpoints/token/action`],
    says: 'with aad_token the caller brings a Microsoft Entra token and needs score/action',
    traps: ['auth-mode-decides', 'token-is-not-score'],
  },
  {
    name: '18: the least role for a compute instance',
    text: 'Which role should the managed identity of a compute instance have? The compute instance must submit jobs.',
    error: 'ml-compute-instance-identity',
    missing: [`${ml}read`],
    says: 'do not add AzureML Compute Operator to AzureML Data Scientist out of habit',
  },
  {
    name: '19: a user-assigned identity on a batch endpoint',
    text: '{"error":{"code":"CannotSetResourceIdentity","message":"Resource identity of type UserAssigned cannot be set on this resource"}}',
    error: 'ml-batch-identity',
    missing: [],
    says: 'SystemAssigned alone',
  },
  {
    name: '20: an operation of the documentation that Azure refuses',
    text: `(InvalidActionOrNotAction) '${ml}experiments/jobs/read' does not match any of the actions supported by the providers.`,
    error: 'action-rejected',
    missing: [],
    says: 'refuses the whole role for one that it does not take',
  },
  {
    name: '21: notebooks cannot be edited',
    text: 'You do not have permission to edit this notebook. Your role on workspace fraud may not reach the file share.',
    error: 'ml-notebooks',
    missing: [
      `${ml}notebooks/storage/read`,
      `${ml}notebooks/storage/write`,
      `${ml}listStorageAccountKeys/action`,
    ],
    says: 'Custom roles made from AzureML Data Scientist by hand',
  },
  {
    name: '22: a connection to Azure OpenAI',
    text: denied(
      'Microsoft.CognitiveServices/accounts/listKeys/action',
      `${group}/providers/Microsoft.CognitiveServices/accounts/aoai`,
      'ada@contoso.com',
    ),
    error: 'authorization-failed',
    missing: ['Microsoft.CognitiveServices/accounts/listkeys/action'],
    says: 'Assign a role',
    traps: ['connected-resource'],
  },
  {
    name: 'a managed endpoint answers 401 without the right to score',
    text: 'POST https://scorer.westeurope.inference.ml.azure.com/score 401 Unauthorized',
    error: 'ml-scoring-unauthorized',
    missing: [`${ml}onlineEndpoints/score/action`],
    says: 'answers 401, not 403',
    traps: ['managed-endpoint-401', 'auth-mode-decides', 'wrong-audience', 'kubernetes-no-entra-token'],
  },
  {
    name: 'secret injection',
    text: 'SecretsInjectionError: retrieving secrets for deployment blue was denied',
    error: 'ml-connection-secrets',
    missing: [`${ml}connections/listsecrets/action`, `${ml}metadata/secrets/read`],
    says: 'its new role has not reached everywhere',
    traps: ['propagation-delay', 'secret-stores-at-creation'],
  },
  {
    name: 'the startup task',
    text: 'ResourceOperationFailure: Startup task failed due to authorization error. See logs of deployment blue.',
    error: 'ml-startup-authorization',
    missing: [pull, blobRead],
    says: 'AcrPull on the registry and Storage Blob Data Reader on the default storage account',
    traps: ['user-assigned-gets-nothing'],
  },
  {
    name: 'requirement 001-1: a token of the control plane used for scoring',
    text: '{"error":{"code":"InvalidAuthenticationTokenAudience","message":"The token was obtained for https://management.azure.com"}}',
    error: 'wrong-audience',
    missing: [],
    says: 'https://ml.azure.com to score',
    traps: ['wrong-audience'],
  },
  {
    name: 'requirement 001-9: a Kubernetes endpoint with aad_token',
    text: 'Kubernetes online endpoint scorer: auth_mode aad_token is not supported',
    error: 'ml-kubernetes-entra-token',
    missing: [],
    says: 'managed online endpoints alone',
    traps: ['kubernetes-no-entra-token'],
  },
  {
    name: 'studio and a private workspace (requirement 004-6)',
    text: 'Azure Machine Learning studio: cannot invoke batch endpoint nightly, the workspace uses a private endpoint',
    error: 'ml-private-link-invoke',
    missing: [],
    says: 'It is not a matter of roles.',
    traps: ['private-link'],
  },
  {
    name: 'role assignments of a system-assigned identity',
    text: 'OutOfQuota: not enough role assignment quota in the subscription to create the endpoint',
    error: 'ml-role-assignment-quota',
    missing: [],
    says: 'use a user-assigned identity whose roles are already assigned',
  },
];

test.each(cases)('$name', ({ text, error, missing, says, traps = [], holder }) => {
  const { explanations } = explain(text);
  expect(explanations.map(explanation => explanation.error)).toEqual([error]);
  const [explanation] = explanations;
  expect(explanation?.missing.map(({ name }) => name)).toEqual(missing);
  expect(explanation?.missing.every(({ inCatalog }) => inCatalog)).toBe(true);
  expect(`${explanation?.cause} ${explanation?.fix}`).toContain(says);
  expect(explanation?.traps.map(({ id }) => id)).toEqual(expect.arrayContaining([...traps]));
  if (holder !== undefined) expect(explanation?.holder).toBe(holder);
});

test('where somebody else must hold the right, the refused principal is not put into the command', () => {
  const { explanations } = explain(
    `(BadArgument) endpoint scorer: no pull permission. Request by client with object id ${ids.object}`,
  );
  expect(explanations[0]?.assignments).toEqual([
    'az role assignment create --assignee-object-id OBJECT_ID --assignee-principal-type ServicePrincipal --role "AcrPull" --scope SCOPE',
  ]);
});

test('a lint of the string that 20 names', () => {
  const { explanations } = explain(
    `InvalidActionOrNotAction: '${ml}experiments/jobs/read' does not match any of the actions supported by the providers.`,
  );
  expect(explanations[0]?.rejected[0]?.findings.map(({ ruleId }) => ruleId)).toEqual(['action-unknown']);
});
