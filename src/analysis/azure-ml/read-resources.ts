import type { JsonNode, JsonObject } from '../../input/json-node.js';
import type { Located, SourceRef } from '../../input/source-document.js';
import { type YamlDocuments, readYamlDocuments } from '../../input/yaml.js';
import { FileReader, isPlaceholder, snakeCase, valueOf } from './file-reader.js';
import { problem, type FileProblem } from './problem.js';
import { readIdentity } from './read-identity.js';
import { type FileKind, kindOfFile } from './recognise.js';
import {
  authModes,
  type AzureMlResource,
  type Compute,
  datastoreTypes,
  type OnlineDeployment,
} from './resource.js';

/** What a file of Azure Machine Learning describes. */
export interface ResourcesInFile {
  readonly resources: readonly AzureMlResource[];
  /** Faults of form alone. What has one may be missing in the resources. */
  readonly problems: readonly FileProblem[];
}

/** Reads a text in the YAML of the Azure ML CLI v2, with one resource or several. Never throws. */
export async function readAzureMl(text: string, file: string, expected?: FileKind): Promise<ResourcesInFile> {
  const yaml = await readYamlDocuments(text, file);
  // What a damaged text seems to leave out may stand in it.
  if (yaml.document.syntaxProblems.length > 0) return { resources: [], problems: syntaxProblems(yaml) };
  const reader = new FileReader(yaml.document);
  const resources = yaml.roots.flatMap(root => readResource(reader, root, expected) ?? []);
  if (yaml.roots.length === 0)
    return { resources, problems: [problem('unknown-file', 'The file is empty.', wholeOf(yaml))] };
  return { resources, problems: reader.problems };
}

/** What the YAML itself is not. */
export function syntaxProblems({ document }: YamlDocuments): FileProblem[] {
  return document.syntaxProblems.map(({ message, start, end }) =>
    problem('yaml-syntax', message, { document, pointer: '', range: { start, end } }),
  );
}

function wholeOf({ document }: YamlDocuments): SourceRef {
  return { document, pointer: '', range: { start: 0, end: 0 } };
}

function readResource(
  file: FileReader,
  root: JsonNode,
  expected: FileKind | undefined,
): AzureMlResource | undefined {
  const kind = root.kind === 'object' ? kindOfFile(root, expected) : undefined;
  if (root.kind === 'object' && kind !== undefined) return readers[kind](file, root);
  file.report(
    'unknown-file',
    'This is not a known Azure Machine Learning resource; "$schema" says which one it is.',
    root,
  );
  return undefined;
}

type ResourceReader = (file: FileReader, resource: JsonObject) => AzureMlResource | undefined;

const readers: Readonly<Record<FileKind, ResourceReader>> = {
  'managed-online-endpoint': (file, node) => readOnlineEndpoint(file, node, 'managed'),
  'kubernetes-online-endpoint': (file, node) => readOnlineEndpoint(file, node, 'kubernetes'),
  'managed-online-deployment': (file, node) => readOnlineDeployment(file, node, 'managed'),
  'kubernetes-online-deployment': (file, node) => readOnlineDeployment(file, node, 'kubernetes'),
  'batch-endpoint': (file, node) => ({
    ...base(file, node),
    kind: 'batch-endpoint',
    authMode: file.text(node, 'auth_mode'),
    identity: readIdentity(file, node),
  }),
  'batch-deployment': (file, node) => ({
    ...base(file, node),
    kind: 'batch-deployment',
    endpointName: file.text(node, 'endpoint_name'),
    compute: assetName(file, node, 'compute'),
  }),
  workspace: readWorkspace,
  compute: readCompute,
  datastore: readDatastore,
  connection: readConnection,
  'data-asset': (file, node) => ({ ...base(file, node), kind: 'data-asset', path: file.text(node, 'path') }),
  environment: (file, node) => ({
    ...base(file, node),
    kind: 'environment',
    image: file.text(node, 'image'),
  }),
};

function base(file: FileReader, node: JsonObject): { name: Located<string> | undefined; at: SourceRef } {
  const name = file.text(node, 'name');
  return { name: name !== undefined && isPlaceholder(name.value) ? undefined : name, at: file.at(node) };
}

function readOnlineEndpoint(
  file: FileReader,
  node: JsonObject,
  platform: 'managed' | 'kubernetes',
): AzureMlResource {
  const authMode = file.word(node, 'auth_mode', authModes);
  return {
    ...base(file, node),
    kind: 'online-endpoint',
    platform,
    authMode: authMode?.value ?? (valueOf(node, 'auth_mode') === undefined ? 'key' : undefined),
    authModeAt: authMode?.at,
    identity: readIdentity(file, node),
    enforcesSecretStores: enforcement(file, node),
  };
}

/** The CLI takes it among the properties; some write it beside them. */
function enforcement(file: FileReader, node: JsonObject): SourceRef | undefined {
  const properties = file.object(node, 'properties');
  const found = [properties, node].map(
    place => place && valueOf(place, 'enforce_access_to_default_secret_stores'),
  );
  const flag = found.find(value => value !== undefined);
  const isOn = flag !== undefined && /^(enabled|true)$/i.test(String('value' in flag ? flag.value : ''));
  return isOn ? file.at(flag) : undefined;
}

function readOnlineDeployment(
  file: FileReader,
  node: JsonObject,
  platform: 'managed' | 'kubernetes',
): OnlineDeployment {
  const variables = file.object(node, 'environment_variables')?.members ?? [];
  return {
    ...base(file, node),
    kind: 'online-deployment',
    platform,
    endpointName: file.text(node, 'endpoint_name'),
    hasCode: valueOf(node, 'code_configuration') !== undefined,
    usesRegistry: ['model', 'environment'].some(key => isFromRegistry(valueOf(node, key))),
    environmentVariables: new Map(
      variables.map(({ key, value }) => [key, { value: textOf(value), at: file.at(value) }]),
    ),
    image: imageOf(file, node),
  };
}

function textOf(value: JsonNode): string | undefined {
  return value.kind === 'string' ? String(value.value) : undefined;
}

/** An environment that stands in the deployment itself. */
function imageOf(file: FileReader, node: JsonObject): Located<string> | undefined {
  const environment = valueOf(node, 'environment');
  return environment?.kind === 'object' ? file.text(environment, 'image') : undefined;
}

/** The registry named `azureml` is Microsoft's, and everybody reads it. */
function isFromRegistry(asset: JsonNode | undefined): boolean {
  return asset?.kind === 'string' && /^azureml:\/\/registries\/(?!azureml\/)/i.test(String(asset.value));
}

function readWorkspace(file: FileReader, node: JsonObject): AzureMlResource {
  const key = file.object(node, 'customer_managed_key');
  return {
    ...base(file, node),
    kind: 'workspace',
    identity: readIdentity(file, node),
    storageAccount: file.text(node, 'storage_account'),
    containerRegistry: file.text(node, 'container_registry'),
    keyVault: file.text(node, 'key_vault'),
    applicationInsights: file.text(node, 'application_insights'),
    customerManagedKey: presence(file, node, 'customer_managed_key'),
    keyEncryptionVault: key && file.text(key, 'key_vault'),
    primaryIdentity: file.text(node, 'primary_user_assigned_identity'),
  };
}

function readCompute(file: FileReader, node: JsonObject): AzureMlResource {
  return {
    ...base(file, node),
    kind: 'compute',
    type: computeType(file, node),
    identity: readIdentity(file, node),
    stopsWhenIdle:
      presence(file, node, 'idle_time_before_shutdown_minutes') !== undefined ||
      presence(file, node, 'idle_time_before_shutdown') !== undefined,
  };
}

function computeType(file: FileReader, node: JsonObject): Compute['type'] {
  const written = snakeCase(file.text(node, 'type')?.value ?? '').replaceAll('_', '');
  if (written === 'amlcompute' || written === 'computeinstance' || written === 'kubernetes') return written;
  return 'other';
}

function readDatastore(file: FileReader, node: JsonObject): AzureMlResource | undefined {
  if (valueOf(node, 'type') === undefined)
    file.report('value-missing', `A datastore needs a "type": ${datastoreTypes.join(', ')}.`, node);
  const type = file.word(node, 'type', datastoreTypes);
  if (type === undefined) return undefined;
  const account = file.text(node, type.value === 'azure_data_lake_gen1' ? 'store_name' : 'account_name');
  return {
    ...base(file, node),
    kind: 'datastore',
    type: type.value,
    account,
    credentials: credentialsOf(file, node),
  };
}

/** `credentials: {}` and `credentials: { type: none }` store none. */
function credentialsOf(file: FileReader, node: JsonObject): 'stored' | 'none' {
  const credentials = file.object(node, 'credentials');
  const written =
    credentials?.members.filter(({ key, value }) => key !== 'type' && value.kind !== 'null') ?? [];
  return written.length > 0 ? 'stored' : 'none';
}

function readConnection(file: FileReader, node: JsonObject): AzureMlResource {
  const credentials = file.object(node, 'credentials');
  const resourceId = credentials && file.text(credentials, 'resource_id');
  const identity = resourceId && { resourceId, clientId: credentials && file.text(credentials, 'client_id') };
  const type = snakeCase(file.text(node, 'type')?.value ?? '');
  return { ...base(file, node), kind: 'connection', type, target: file.text(node, 'target'), identity };
}

function assetName(file: FileReader, node: JsonObject, key: string): Located<string> | undefined {
  const written = file.text(node, key);
  return written && { value: written.value.replace(/^azureml:/, ''), at: written.at };
}

function presence(file: FileReader, node: JsonObject, key: string): SourceRef | undefined {
  const value = valueOf(node, key);
  return value && file.at(value);
}
