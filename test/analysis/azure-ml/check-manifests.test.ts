import { describe, expect, test } from 'vitest';
import { checkManifests } from '../../../src/analysis/azure-ml/check-manifests.js';
import { readManifests } from '../../../src/analysis/azure-ml/manifest.js';
import { positionAt } from '../../../src/input/position.js';
import { identityId, noScopes } from './run.js';

async function analyse(...documents: string[]) {
  const { objects, problems } = await readManifests(documents.join('---\n'), 'pods.yaml');
  const found = checkManifests(objects, noScopes);
  return { needs: found.needs, problems: [...problems, ...found.problems] };
}

/** Without the deprecation, which all of pod identity has. */
async function problemsOf(...documents: string[]): Promise<string[]> {
  const { problems } = await analyse(...documents);
  return problems
    .filter(({ code }) => code !== 'pod-identity-unsupported')
    .map(({ code, at }) => `${code} ${positionAt(at.document, at.range?.start ?? 0).line}`);
}

const identity = (name = 'scorer', id = identityId): string =>
  `apiVersion: aadpodidentity.k8s.io/v1\nkind: AzureIdentity\nmetadata: { name: ${name} }\nspec:\n  type: 0\n  resourceID: ${id}\n  clientID: 11111111-1111-1111-1111-111111111111\n`;
const binding = (selector = 'scoring', azureIdentity = 'scorer'): string =>
  `apiVersion: aadpodidentity.k8s.io/v1\nkind: AzureIdentityBinding\nmetadata: { name: scorer-binding }\nspec:\n  azureIdentity: ${azureIdentity}\n  selector: ${selector}\n`;
const deployment = (
  labels: string,
  { own = 'isazuremlapp: "true"', namespace = 'azureml-ws', account = '' } = {},
): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: my-service\n  namespace: ${namespace}\n  labels: { ${own} }\nspec:\n  template:\n    metadata:\n      labels: { ${labels} }\n    spec: { ${account} }\n`;
const account = (annotations: string): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: scorer\n  namespace: azureml-ws\n  annotations: { ${annotations} }\n`;
const annotated = account('azure.workload.identity/client-id: 11111111-1111-1111-1111-111111111111');

describe('labels, bindings and identities fit together (requirement 002-5)', () => {
  test.each([
    ['all as it must be', [identity(), binding(), deployment('aadpodidbinding: scoring')], []],
    ['no workload here', [identity(), binding()], []],
    [
      'the binding names another identity',
      [identity('other'), binding(), deployment('aadpodidbinding: scoring')],
      ['binding-without-identity 13'],
    ],
    [
      'the label is another one',
      [identity(), binding(), deployment('aadpodidbinding: score')],
      ['selector-without-pod 14', 'selector-mismatch 25'],
    ],
    [
      'one of two pods has no binding',
      [identity(), binding(), deployment('aadpodidbinding: scoring'), deployment('aadpodidbinding: other')],
      ['pod-without-binding 37'],
    ],
    ['the label is missing', [identity(), binding(), deployment('app: x')], ['selector-without-pod 14']],
    [
      'the label is not on the pods',
      [identity(), binding(), deployment('app: x', { own: 'aadpodidbinding: scoring' })],
      ['selector-without-pod 14', 'label-outside-template 21'],
    ],
    [
      'a selector reaches two identities',
      [
        identity(),
        identity('second', `${identityId}2`),
        binding(),
        binding('scoring', 'second'),
        deployment('aadpodidbinding: scoring'),
      ],
      ['selector-reaches-several 29'],
    ],
    [
      'two bindings reach one identity',
      [identity(), binding(), binding(), deployment('aadpodidbinding: scoring')],
      [],
    ],
    [
      'the selector waits to be filled in',
      [identity(), binding('"{{ selector }}"'), deployment('app: x')],
      [],
    ],
    [
      'the deployment is in another namespace',
      [identity(), binding(), deployment('aadpodidbinding: scoring', { namespace: 'default' })],
      ['not-an-azureml-deployment 25'],
    ],
    [
      'the deployment is not labelled',
      [identity(), binding(), deployment('aadpodidbinding: scoring', { own: 'app: x' })],
      ['not-an-azureml-deployment 25'],
    ],
    [
      'the deployment is of somebody else',
      [identity(), binding(), deployment('aadpodidbinding: scoring', { own: 'app: x', namespace: 'web' })],
      [],
    ],
  ])('%s', async (_, documents, problems) => {
    expect(await problemsOf(...documents)).toEqual(problems);
  });

  test('in a List, too', async () => {
    const indent = (text: string): string => text.trimEnd().replaceAll('\n', '\n    ');
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${indent(identity('other'))}\n  - ${indent(binding())}\n`;
    expect(await problemsOf(list)).toEqual(['binding-without-identity 15']);
  });
});

describe('faults of form', () => {
  test.each([
    ['an identity without its id', identity().replace(/ {2}resourceID.*\n/, ''), ['manifest-field 5']],
    ['an identity with a name for its id', identity('scorer', 'scorer'), ['identity-id-malformed 6']],
    [
      'a binding without a selector',
      binding().replace(/ {2}selector.*\n/, ''),
      ['manifest-field 5', 'binding-without-identity 5'],
    ],
    ['not YAML', 'kind: "Deployment', ['yaml-syntax 1']],
  ])('%s', async (_, text, problems) => {
    expect(await problemsOf(text)).toEqual(problems);
  });

  test.each(['- a\n', 'a text\n', 'kind: ConfigMap\nmetadata: { name: x }\n', 'kind: Deployment\n', ''])(
    '%j is nobody’s fault',
    async text => {
      expect(await problemsOf(text)).toEqual([]);
    },
  );
});

test('pod identity is told to be unsupported, once (requirement 002-8)', async () => {
  const { problems } = await analyse(identity(), binding(), deployment('aadpodidbinding: scoring'));
  expect(problems.map(({ code, severity, requirement }) => [code, severity, requirement])).toEqual([
    ['pod-identity-unsupported', 'warning', '002-8'],
  ]);
  expect(problems[0]?.message).toMatch(
    /federated credential.*ServiceAccount.*azure\.workload\.identity\/use/,
  );
});

describe('workload identity (requirement 002-8)', () => {
  const runsAs = { account: 'serviceAccountName: scorer' };

  test.each([
    ['label and annotation', [annotated, deployment('azure.workload.identity/use: "true"', runsAs)], []],
    ['no label', [annotated, deployment('app: x', runsAs)], ['workload-label-missing 8']],
    [
      'no annotation',
      [account('owner: me'), deployment('azure.workload.identity/use: "true"', runsAs)],
      ['service-account-not-annotated 1'],
    ],
    ['another ServiceAccount', [annotated, deployment('app: x')], []],
  ])('%s', async (_, documents, problems) => {
    expect(await problemsOf(...documents)).toEqual(problems);
  });

  test('needs whoever creates the federated credential to be able to, and nothing of the cluster (requirement 002-9)', async () => {
    const { needs } = await analyse(annotated, deployment('azure.workload.identity/use: "true"', runsAs));
    expect(needs.map(({ identity: who, actionSet, at }) => [who, actionSet, at])).toEqual([
      ['operator', 'workload-identity-admin', 'user-assigned-identity'],
    ]);
  });
});

test('the cluster must reach nodes and identity, unless the add-on does it (requirements 002-3 and 002-4)', async () => {
  const { needs } = await analyse(identity(), binding());
  const when = 'pod identity is not the add-on of AKS';
  expect(
    needs
      .filter(need => need.identity === 'cluster')
      .map(need => [need.actionSet, need.at, need.scope, need.when]),
  ).toEqual([
    ['pod-identity-nodes', 'node-resource-group', undefined, when],
    ['pod-identity-assign', 'user-assigned-identity', identityId, when],
  ]);
});

test('the pods’ identity needs data actions for data (requirements 002-6 and 002-7)', async () => {
  const { needs } = await analyse(identity(), binding());
  expect(needs.filter(need => need.identity === 'pod').map(need => [need.which, need.actionSet])).toEqual([
    [identityId, 'blob-read'],
    [identityId, 'key-vault-secret-read'],
  ]);
});
