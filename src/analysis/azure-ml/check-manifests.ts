import { append } from '../../maps.js';
import type { SourceRef } from '../../input/source-document.js';
import { isPlaceholder } from './file-reader.js';
import type {
  AzureIdentity,
  AzureIdentityBinding,
  ManifestObject,
  ServiceAccount,
  Workload,
} from './manifest.js';
import type { IdentityNeed, NamedScopes } from './need.js';
import { problem, type FileProblem } from './problem.js';
import { isMalformed } from './read-identity.js';

/** What the manifests of a run ask of Azure, and what in them does not fit together. */
export interface ManifestAnalysis {
  readonly needs: readonly IdentityNeed[];
  readonly problems: readonly FileProblem[];
}

/**
 * Checks pod identity (https://learn.microsoft.com/azure/aks/use-azure-ad-pod-identity) and its successor, workload
 * identity (https://learn.microsoft.com/azure/aks/workload-identity-overview).
 */
export function checkManifests(objects: readonly ManifestObject[], scopes: NamedScopes): ManifestAnalysis {
  const cluster: Cluster = {
    identities: objects.filter(object => object.kind === 'azure-identity'),
    bindings: objects.filter(object => object.kind === 'azure-identity-binding'),
    workloads: objects.filter(object => object.kind === 'workload'),
    serviceAccounts: objects.filter(object => object.kind === 'service-account'),
  };
  const problems = [
    ...identityProblems(cluster),
    ...bindingProblems(cluster),
    ...selectorProblems(cluster),
    ...podProblems(cluster),
    ...azureMlProblems(cluster),
    ...deprecation(cluster),
    ...workloadIdentityProblems(cluster),
  ];
  return { needs: [...podIdentityNeeds(cluster, scopes), ...workloadIdentityNeeds(cluster)], problems };
}

interface Cluster {
  readonly identities: readonly AzureIdentity[];
  readonly bindings: readonly AzureIdentityBinding[];
  readonly workloads: readonly Workload[];
  readonly serviceAccounts: readonly ServiceAccount[];
}

const bindingLabel = 'aadpodidbinding';
const useLabel = 'azure.workload.identity/use';

function identityProblems({ identities }: Cluster): FileProblem[] {
  return identities.flatMap(({ resourceId, isManaged }) => {
    if (!isManaged || resourceId === undefined || !isMalformed(resourceId.value)) return [];
    const message = `"${resourceId.value}" is not the ARM id of a user-assigned identity.`;
    return [problem('identity-id-malformed', message, resourceId.at)];
  });
}

function bindingProblems({ identities, bindings }: Cluster): FileProblem[] {
  const names = new Set(identities.map(({ name }) => name));
  return bindings.flatMap(({ name, azureIdentity }) => {
    if (azureIdentity === undefined || isPlaceholder(azureIdentity.value) || names.has(azureIdentity.value))
      return [];
    const message = `The binding "${name}" names the AzureIdentity "${azureIdentity.value}", which is not in these manifests.`;
    return [problem('binding-without-identity', message, azureIdentity.at)];
  });
}

/** A selector is an exact label value: what two bindings share, a pod gets from both. */
function selectorProblems({ bindings, workloads }: Cluster): FileProblem[] {
  const used = new Set(workloads.flatMap(workload => workload.podLabels.get(bindingLabel)?.value ?? []));
  return [...bySelector(bindings)].flatMap(([selector, selecting]) => {
    const problems: FileProblem[] = [];
    const identities = [...new Map(selecting.map(binding => [binding.azureIdentity, binding]))];
    const [, second] = identities;
    if (second !== undefined) {
      const named = identities.slice(0, maxNamed).map(([identity]) => `"${identity}"`);
      const more = identities.length > maxNamed ? ` and ${identities.length - maxNamed} more` : '';
      const message = `The selector "${selector}" reaches several identities: ${named.join(', ')}${more}. Pods with that label may act as each of them.`;
      problems.push(problem('selector-reaches-several', message, second[1].at));
    }
    // Without workloads here, their labels may stand elsewhere.
    if (workloads.length > 0 && !used.has(selector)) {
      const message = `No pod here has the label "${bindingLabel}: ${selector}", which the binding "${selecting[0]!.name}" selects.`;
      problems.push(problem('selector-without-pod', message, selecting[0]!.at));
    }
    return problems;
  });
}

const maxNamed = 5;

interface Selecting {
  readonly name: string;
  readonly azureIdentity: string;
  /** Where the selector stands. */
  readonly at: SourceRef;
}

function bySelector(bindings: readonly AzureIdentityBinding[]): Map<string, Selecting[]> {
  const found = new Map<string, Selecting[]>();
  for (const { name, selector, azureIdentity } of bindings) {
    if (selector === undefined || azureIdentity === undefined || isPlaceholder(selector.value)) continue;
    const selecting = { name, azureIdentity: azureIdentity.value, at: selector.at };
    append(found, selector.value, selecting);
  }
  return found;
}

function podProblems({ bindings, workloads }: Cluster): FileProblem[] {
  const selectors = new Set(bindings.flatMap(({ selector }) => selector?.value ?? []));
  const used = new Set(workloads.flatMap(workload => workload.podLabels.get(bindingLabel)?.value ?? []));
  const unused = [...selectors].filter(selector => !used.has(selector) && !isPlaceholder(selector));
  return workloads.flatMap(({ name, manifestKind, labels, podLabels }) => {
    const label = podLabels.get(bindingLabel);
    const outside = labels.get(bindingLabel);
    if (label === undefined && outside !== undefined) {
      const message = `The label "${bindingLabel}" stands on the ${manifestKind} "${name}", and not in its pod template: its pods do not get it.`;
      return [problem('label-outside-template', message, outside.at)];
    }
    if (
      label === undefined ||
      bindings.length === 0 ||
      selectors.has(label.value) ||
      isPlaceholder(label.value)
    )
      return [];
    const message = `The pods of "${name}" have the label "${bindingLabel}: ${label.value}", and no AzureIdentityBinding here selects it`;
    // Where each binding here has its pods, the one for these may stand elsewhere.
    if (unused[0] === undefined) return [problem('pod-without-binding', `${message}.`, label.at)];
    return [
      problem(
        'selector-mismatch',
        `${message}; one selects "${unused[0]}", which no pod here has.`,
        label.at,
      ),
    ];
  });
}

/** Azure Machine Learning deploys its services into one namespace per workspace, under a label of its own. */
function azureMlProblems({ workloads }: Cluster): FileProblem[] {
  return workloads.flatMap(workload => {
    const label = workload.podLabels.get(bindingLabel);
    if (label === undefined) return [];
    const isLabelled = [workload.labels, workload.podLabels].some(
      labels => labels.get('isazuremlapp')?.value === 'true',
    );
    const isInNamespace = workload.namespace?.startsWith('azureml-') === true;
    if (isLabelled === isInNamespace) return [];
    const message = isLabelled
      ? `"${workload.name}" has the label "isazuremlapp: true", and is not in a namespace "azureml-WORKSPACE": it is not a service of Azure Machine Learning.`
      : `"${workload.name}" is in the namespace "${workload.namespace}" without the label "isazuremlapp: true": it is not a service of Azure Machine Learning.`;
    return [problem('not-an-azureml-deployment', message, label.at)];
  });
}

/** Once for all of it, at the first place. */
function deprecation({ identities, bindings, workloads }: Cluster): FileProblem[] {
  const labels = workloads.flatMap(({ podLabels }) => podLabels.get(bindingLabel)?.at ?? []);
  const [first] = [...identities.map(({ at }) => at), ...bindings.map(({ at }) => at), ...labels];
  if (first === undefined) return [];
  const message =
    'Pod identity is no longer supported; Microsoft Entra Workload ID replaces it: a federated credential on the user-assigned identity, a ServiceAccount with the annotation "azure.workload.identity/client-id", and the label "azure.workload.identity/use: true" on the pods. Take the roles of the cluster on the node resource group away afterwards.';
  return [problem('pod-identity-unsupported', message, first)];
}

function workloadIdentityProblems({ workloads, serviceAccounts }: Cluster): FileProblem[] {
  const accounts = new Map(
    serviceAccounts.map(account => [accountKey(account.namespace, account.name), account]),
  );
  return workloads.flatMap(({ name, namespace, podLabels, serviceAccount, at }) => {
    const account = accounts.get(accountKey(namespace, serviceAccount ?? 'default'));
    const use = podLabels.get(useLabel);
    if (account?.clientId !== undefined && use?.value !== 'true') {
      const message = `The pods of "${name}" run as the ServiceAccount "${account.name}", which stands for a managed identity, without the label "${useLabel}: true": they get no token.`;
      return [problem('workload-label-missing', message, use?.at ?? at)];
    }
    if (use?.value === 'true' && account !== undefined && account.clientId === undefined) {
      const message = `The pods of "${name}" use workload identity, and their ServiceAccount "${account.name}" has no annotation "azure.workload.identity/client-id".`;
      return [problem('service-account-not-annotated', message, account.at)];
    }
    return [];
  });
}

function accountKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? 'default'}/${name}`;
}

/** Needs of a cluster's pod identities: in the managed mode of AKS, Azure makes these grants itself. */
function podIdentityNeeds({ identities }: Cluster, scopes: NamedScopes): IdentityNeed[] {
  const ids = [
    ...new Set(
      identities.filter(({ isManaged }) => isManaged).flatMap(({ resourceId }) => resourceId?.value ?? []),
    ),
  ];
  if (ids.length === 0) return [];
  const when = 'pod identity is not the add-on of AKS';
  return [
    {
      identity: 'cluster',
      which: undefined,
      actionSet: 'pod-identity-nodes',
      at: 'node-resource-group',
      scope: scopes['node-resource-group'],
      grantedBy: 'hand',
      when,
      requirement: '002-3',
    },
    ...ids.flatMap((id): IdentityNeed[] => {
      const scope = isMalformed(id) || isPlaceholder(id) ? undefined : id;
      return [
        {
          identity: 'cluster',
          which: undefined,
          actionSet: 'pod-identity-assign',
          at: 'user-assigned-identity',
          scope,
          grantedBy: 'hand',
          when,
          requirement: '002-3',
        },
        ...podNeeds(id, scopes),
      ];
    }),
  ];
}

/** Data is read with data actions: Reader, Contributor and Owner have none. */
function podNeeds(which: string, scopes: NamedScopes): IdentityNeed[] {
  const base = { identity: 'pod', which, grantedBy: 'hand' } as const;
  const accounts = [scopes['storage-account'], ...scopes.dataStorageAccounts].filter(id => id !== undefined);
  const vault = scopes['key-vault'];
  return [
    ...(accounts.length > 0 ? accounts : [undefined]).map(scope => ({
      ...base,
      scope,
      actionSet: 'blob-read',
      at: 'storage-account',
      // Whoever names the account says that the service reads it.
      when: scope === undefined ? 'the service reads blobs' : undefined,
      requirement: '002-6',
    })),
    {
      ...base,
      scope: vault,
      actionSet: 'key-vault-secret-read',
      at: 'key-vault',
      when: vault === undefined ? 'the service reads secrets of a vault in role mode' : undefined,
      requirement: '002-7',
    },
  ];
}

function workloadIdentityNeeds({ serviceAccounts, workloads }: Cluster): IdentityNeed[] {
  const isUsed =
    serviceAccounts.some(({ clientId }) => clientId !== undefined) ||
    workloads.some(({ podLabels }) => podLabels.has(useLabel));
  if (!isUsed) return [];
  return [
    {
      identity: 'operator',
      which: undefined,
      actionSet: 'workload-identity-admin',
      at: 'user-assigned-identity',
      scope: undefined,
      grantedBy: 'hand',
      when: 'it creates the federated credential; once',
      requirement: '002-9',
    },
  ];
}
