import type { JsonObject } from '../../input/json-node.js';
import { snakeCase, valueOf } from './file-reader.js';
import { datastoreTypes } from './resource.js';

/** What a YAML file of the Azure ML CLI describes. */
export type FileKind =
  | 'managed-online-endpoint'
  | 'kubernetes-online-endpoint'
  | 'managed-online-deployment'
  | 'kubernetes-online-deployment'
  | 'batch-endpoint'
  | 'batch-deployment'
  | 'workspace'
  | 'compute'
  | 'datastore'
  | 'connection'
  | 'environment'
  | 'data-asset';

/**
 * A kind, by the file's `$schema`, else by its keys; undefined where neither tells. `expected` is what the user says that it is, for
 * keys that several kinds have.
 */
export function kindOfFile(file: JsonObject, expected: FileKind | undefined): FileKind | undefined {
  return kindBySchema(file) ?? kindByKeys(file, expected);
}

function kindBySchema(file: JsonObject): FileKind | undefined {
  const schema = textOf(file, '$schema').toLowerCase();
  if (!schema.endsWith(schemaEnd)) return undefined;
  const name = schema.slice(schema.lastIndexOf('/') + 1, -schemaEnd.length);
  return schemas.get(name) ?? (name.endsWith('connection') ? 'connection' : undefined);
}

const schemaEnd = '.schema.json';

/** Names of https://azuremlschemas.azureedge.net/latest/NAME.schema.json, in lower case. */
const schemas: ReadonlyMap<string, FileKind> = new Map([
  ['managedonlineendpoint', 'managed-online-endpoint'],
  ['kubernetesonlineendpoint', 'kubernetes-online-endpoint'],
  ['managedonlinedeployment', 'managed-online-deployment'],
  ['kubernetesonlinedeployment', 'kubernetes-online-deployment'],
  ['batchendpoint', 'batch-endpoint'],
  ['batchdeployment', 'batch-deployment'],
  ['modelbatchdeployment', 'batch-deployment'],
  ['pipelinecomponentbatchdeployment', 'batch-deployment'],
  ['environment', 'environment'],
  ['data', 'data-asset'],
  ['workspace', 'workspace'],
  ['hub', 'workspace'],
  ['project', 'workspace'],
  ['amlcompute', 'compute'],
  ['computeinstance', 'compute'],
  ['kubernetescompute', 'compute'],
  ['synapsesparkcompute', 'compute'],
  ['vmcompute', 'compute'],
  ['azureblob', 'datastore'],
  ['azurefile', 'datastore'],
  ['azuredatalakegen1', 'datastore'],
  ['azuredatalakegen2', 'datastore'],
]);

function kindByKeys(file: JsonObject, expected: FileKind | undefined): FileKind | undefined {
  const keys = new Set(file.members.map(({ key }) => key));
  const hasAny = (...names: string[]): boolean => names.some(name => keys.has(name));
  const type = snakeCase(textOf(file, 'type'));
  if (keys.has('endpoint_name')) return deploymentKind(keys, type);
  if (computeTypes.has(type)) return 'compute';
  if ((datastoreTypes as readonly string[]).includes(type)) return 'datastore';
  if (type !== '' && hasAny('target', 'credentials')) return 'connection';
  if (hasAny('storage_account', 'key_vault', 'application_insights', 'primary_user_assigned_identity'))
    return 'workspace';
  if (hasAny('image', 'conda_file', 'build')) return 'environment';
  if (dataTypes.has(type) && keys.has('path')) return 'data-asset';
  if (hasAny('traffic', 'mirror_traffic'))
    return keys.has('compute') ? 'kubernetes-online-endpoint' : 'managed-online-endpoint';
  if (keys.has('auth_mode') && keys.has('defaults')) return 'batch-endpoint';
  if (keys.has('auth_mode') && keys.has('compute')) return 'kubernetes-online-endpoint';
  if (keys.has('auth_mode')) return expected ?? 'managed-online-endpoint';
  return commonKeys.some(key => keys.has(key)) ? expected : undefined;
}

/** Keys of nearly every resource. What has none of them, nobody meant to be one. */
const commonKeys = ['$schema', 'name', 'description', 'tags', 'identity', 'type', 'location', 'properties'];

const computeTypes = new Set([
  'amlcompute',
  'aml_compute',
  'computeinstance',
  'compute_instance',
  'kubernetes',
  'virtualmachine',
]);

/** Types of data assets; `mltable` folders hold a file of another format. */
const dataTypes = new Set(['uri_file', 'uri_folder', 'mltable']);

function deploymentKind(keys: ReadonlySet<string>, type: string): FileKind {
  const isBatch = type === 'model' || type === 'pipeline' || batchKeys.some(key => keys.has(key));
  if (isBatch) return 'batch-deployment';
  return type === 'kubernetes' ? 'kubernetes-online-deployment' : 'managed-online-deployment';
}

const batchKeys = [
  'compute',
  'mini_batch_size',
  'max_concurrency_per_instance',
  'output_action',
  'component',
  'job_definition',
];

function textOf(file: JsonObject, key: string): string {
  const node = valueOf(file, key);
  return node?.kind === 'string' ? String(node.value) : '';
}
