import type { JsonNode, JsonObject } from '../../input/json-node.js';
import type { Located, SourceRef } from '../../input/source-document.js';
import { readYamlDocuments } from '../../input/yaml.js';
import { FileReader, valueOf } from './file-reader.js';
import type { FileProblem } from './problem.js';
import { syntaxProblems } from './read-resources.js';

/** An object of Kubernetes that has to do with identities of pods. Other kinds are passed over. */
export type ManifestObject = AzureIdentity | AzureIdentityBinding | Workload | ServiceAccount;

interface ManifestBase {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly at: SourceRef;
}

/** `AzureIdentity` of pod identity: what stands for a managed identity in the cluster. */
export interface AzureIdentity extends ManifestBase {
  readonly kind: 'azure-identity';
  /** 0 is a user-assigned identity, others are service principals. */
  readonly isManaged: boolean;
  readonly resourceId: Located<string> | undefined;
}

export interface AzureIdentityBinding extends ManifestBase {
  readonly kind: 'azure-identity-binding';
  readonly azureIdentity: Located<string> | undefined;
  readonly selector: Located<string> | undefined;
}

/** What makes pods: Deployment, StatefulSet, DaemonSet, Job, CronJob, or a Pod itself. */
export interface Workload extends ManifestBase {
  readonly kind: 'workload';
  readonly manifestKind: string;
  readonly labels: ReadonlyMap<string, Located<string>>;
  readonly podLabels: ReadonlyMap<string, Located<string>>;
  readonly serviceAccount: string | undefined;
}

export interface ServiceAccount extends ManifestBase {
  readonly kind: 'service-account';
  /** Where `azure.workload.identity/client-id` stands among its annotations. */
  readonly clientId: SourceRef | undefined;
}

export interface Manifests {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly FileProblem[];
}

/** Reads manifests of one file: several documents, and lists of objects. Never throws. */
export async function readManifests(text: string, file: string): Promise<Manifests> {
  const yaml = await readYamlDocuments(text, file);
  const reader = new FileReader(yaml.document);
  const objects = yaml.roots.flatMap(itemsOf).flatMap(node => readObject(reader, node) ?? []);
  return { objects, problems: [...syntaxProblems(yaml), ...reader.problems] };
}

/** `kubectl get … -o yaml` puts objects into a `List`. */
function itemsOf(root: JsonNode): JsonObject[] {
  if (root.kind !== 'object') return [];
  const items = valueOf(root, 'items');
  if (items?.kind !== 'array') return [root];
  return items.items.filter(item => item.kind === 'object');
}

function readObject(file: FileReader, node: JsonObject): ManifestObject | undefined {
  const kind = file.text(node, 'kind')?.value ?? '';
  const metadata = file.object(node, 'metadata');
  const base = {
    name: (metadata && file.text(metadata, 'name')?.value) ?? '',
    namespace: metadata && file.text(metadata, 'namespace')?.value,
    at: file.at(node),
  };
  const spec = file.object(node, 'spec');
  if (kind === 'AzureIdentity') return { ...base, kind: 'azure-identity', ...identitySpec(file, node, spec) };
  if (kind === 'AzureIdentityBinding') {
    return { ...base, kind: 'azure-identity-binding', ...bindingSpec(file, node, spec) };
  }
  if (kind === 'ServiceAccount') {
    const annotations = metadata && file.object(metadata, 'annotations');
    const clientId = annotations && valueOf(annotations, 'azure.workload.identity/client-id');
    return { ...base, kind: 'service-account', clientId: clientId && file.at(clientId) };
  }
  return workloadKinds.has(kind) ? readWorkload(file, { kind, metadata, spec, base }) : undefined;
}

/** Pod identity wrote its fields in several spellings over time. */
function textOfAny(
  file: FileReader,
  spec: JsonObject | undefined,
  names: readonly string[],
): Located<string> | undefined {
  const found = spec?.members.find(
    ({ key, value }) => names.includes(key.toLowerCase()) && value.kind !== 'null',
  );
  return spec && found && file.text(spec, found.key);
}

function identitySpec(file: FileReader, node: JsonObject, spec: JsonObject | undefined) {
  const type = textOfAny(file, spec, ['type'])?.value ?? '0';
  const resourceId = textOfAny(file, spec, ['resourceid']);
  const isManaged = type === '0';
  if (isManaged && resourceId === undefined) {
    file.report(
      'manifest-field',
      'An AzureIdentity of type 0 needs the "resourceID" of its user-assigned identity.',
      spec ?? node,
    );
  }
  return { isManaged, resourceId };
}

function bindingSpec(file: FileReader, node: JsonObject, spec: JsonObject | undefined) {
  const azureIdentity = textOfAny(file, spec, ['azureidentity']);
  const selector = textOfAny(file, spec, ['selector']);
  if (azureIdentity === undefined)
    file.report('manifest-field', 'An AzureIdentityBinding needs "azureIdentity".', spec ?? node);
  if (selector === undefined)
    file.report('manifest-field', 'An AzureIdentityBinding needs a "selector".', spec ?? node);
  return { azureIdentity, selector };
}

const workloadKinds = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
]);

interface WorkloadParts {
  readonly kind: string;
  readonly metadata: JsonObject | undefined;
  readonly spec: JsonObject | undefined;
  readonly base: ManifestBase;
}

function readWorkload(
  file: FileReader,
  { kind: manifestKind, metadata, spec, base }: WorkloadParts,
): Workload {
  const labels = labelsOf(file, metadata);
  const pod = podOf(file, manifestKind, metadata, spec);
  const serviceAccount = pod.spec && file.text(pod.spec, 'serviceAccountName')?.value;
  return {
    ...base,
    kind: 'workload',
    manifestKind,
    labels,
    podLabels: labelsOf(file, pod.metadata),
    serviceAccount,
  };
}

function podOf(
  file: FileReader,
  kind: string,
  metadata: JsonObject | undefined,
  spec: JsonObject | undefined,
) {
  if (kind === 'Pod') return { metadata, spec };
  const job = kind === 'CronJob' ? spec && file.object(spec, 'jobTemplate') : undefined;
  const owner = kind === 'CronJob' ? job && file.object(job, 'spec') : spec;
  const template = owner && file.object(owner, 'template');
  return {
    metadata: template && file.object(template, 'metadata'),
    spec: template && file.object(template, 'spec'),
  };
}

function labelsOf(file: FileReader, metadata: JsonObject | undefined): Map<string, Located<string>> {
  const labels = metadata && file.object(metadata, 'labels');
  const members = labels?.members ?? [];
  return new Map(
    members.flatMap(({ key, value }) =>
      'value' in value ? [[key, { value: String(value.value ?? ''), at: file.at(value) }] as const] : [],
    ),
  );
}
