import { describe, expect, test } from 'vitest';
import { addOwnSets } from '../../../src/analysis/expectations/own-action-sets.js';
import { readYaml } from '../../../src/input/yaml.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import {
  assignmentRow,
  check,
  group,
  otherPrincipal,
  principal,
  registry,
  roleRow,
  sets,
  storage,
  workspace,
  writeEndpoint,
} from './access.js';

const listSecrets = 'Microsoft.MachineLearningServices/workspaces/connections/listsecrets/action';
const assignRoles = 'Microsoft.Authorization/roleAssignments/write';

const itsOwn = [assignmentRow('AcrPull', registry), assignmentRow('Storage Blob Data Reader', storage)];

const endpointIdentity = (more = '', scopes = ''): string =>
  `  - { name: endpoint, principal: ${principal}, needs: [{ set: endpoint-identity-user-assigned, scopes: { container-registry: registry, storage-account: storage${scopes} } }${more}] }\n`;

describe('what a composite forbids', () => {
  const plainParts = `  - { name: parts, principal: ${principal}, needs: [{ set: acr-pull, scope: registry }, { set: blob-read, scope: storage }] }\n`;

  test.each([
    ['around the scopes of its parts', group, [group]],
    ['where none of its parts is', workspace, [workspace]],
  ])('fails %s, where its parts alone would be excess', async (_, scope, places) => {
    const rows = {
      roleDefinitions: [roleRow(1, [{ actions: [writeEndpoint] }])],
      roleAssignments: [...itsOwn, assignmentRow(1, scope)],
    };
    const judged = async (identity: string) =>
      (await check(identity, rows)).results
        .filter(({ scope: at }) => places.includes(at!))
        .map(({ status, forbidden, excess }) => [status, forbidden, excess.operations]);
    expect(await judged(plainParts)).toEqual(places.map(() => ['excess', [], [writeEndpoint]]));
    expect(await judged(endpointIdentity())).toEqual(
      places.map(() => ['fail', [writeEndpoint], [writeEndpoint]]),
    );
  });

  test.each([
    ['online endpoint writes', writeEndpoint],
    ['stored secrets', 'Microsoft.MachineLearningServices/workspaces/metadata/secrets/read'],
    ['keys of others', 'Microsoft.Storage/storageAccounts/listKeys/action', `${storage}2`],
    ['escalation', assignRoles],
  ])('of an endpoint identity: %s', async (_, operation, at = workspace) => {
    const { results, identities } = await check(endpointIdentity(), {
      roleDefinitions: [roleRow(1, [{ actions: [operation] }])],
      roleAssignments: [...itsOwn, assignmentRow(1, at)],
    });
    expect(results.at(-1)).toMatchObject({ actionSet: null, status: 'fail', forbidden: [operation] });
    expect(identities[0]!.status).toBe('fail');
  });

  test('also fails where something else is needed', async () => {
    const more = ', { set: online-log-reader, scope: endpoint }';
    const { results } = await check(endpointIdentity(more), {
      roleDefinitions: [roleRow(1, [{ actions: [assignRoles] }])],
      roleAssignments: [...itsOwn, assignmentRow(1, workspace)],
    });
    expect(results.find(({ actionSet }) => actionSet === 'online-log-reader')!.forbidden).toEqual([
      assignRoles,
    ]);
  });

  test('also holds for a set that is said to be its part', async () => {
    const { results } = await check(
      `  - { name: endpoint, principal: ${principal}, needs: [{ set: acr-pull, scope: registry, partOf: endpoint-identity-user-assigned }] }\n`,
      {
        roleDefinitions: [roleRow(1, [{ actions: [writeEndpoint] }])],
        roleAssignments: [itsOwn[0]!, assignmentRow(1, workspace)],
      },
    );
    expect(results.map(({ status, forbidden }) => [status, forbidden])).toEqual([
      ['pass', []],
      ['fail', [writeEndpoint]],
    ]);
  });

  test('is the business of nobody else', async () => {
    const { results } = await check(
      `${endpointIdentity()}  - { name: other, principal: ${otherPrincipal}, needs: [{ set: acr-pull, scope: registry }] }\n`,
      {
        roleDefinitions: [roleRow(1, [{ actions: [writeEndpoint] }])],
        roleAssignments: [...itsOwn, assignmentRow(1, workspace, { principalId: otherPrincipal })],
      },
    );
    const ofOther = results.filter(({ subject }) => subject.name === 'other');
    expect(ofOther.map(({ forbidden }) => forbidden)).toEqual([[], []]);
  });

  test('can be accepted like what a set forbids', async () => {
    const accepting = endpointIdentity().replace(
      '] }\n',
      '], accept: [{ operations: "*/onlineEndpoints/write", reason: until June }] }\n',
    );
    const { results } = await check(accepting, {
      roleDefinitions: [roleRow(1, [{ actions: [writeEndpoint] }])],
      roleAssignments: [...itsOwn, assignmentRow(1, group)],
    });
    expect(results.map(({ status, accepted }) => [status, accepted[0]!.forbidden])).toEqual([
      ['pass', []],
      ['pass', []],
    ]);
  });

  test('holds for a role that is not assigned yet', async () => {
    const { results } = await check(
      '  - { name: to be, role: AcrPush, needs: [{ set: pull-only }] }\n',
      {},
      {},
      await ownSets(
        '{ id: pull-only, parts: [{ set: blob-read, at: s, optional: true }, { set: acr-pull, at: r }], forbidden: { control: ["*/push/write"] } }',
      ),
    );
    expect(results[0]!.forbidden).toEqual(['Microsoft.ContainerRegistry/registries/push/write']);
  });
});

describe('what is required beats what a composite forbids', () => {
  const secretsReader = 'Azure Machine Learning Workspace Connection Secrets Reader';
  const forbiddenWith = async (identity: string, scope: string) => {
    const { results } = await check(identity, {
      roleAssignments: [
        ...itsOwn,
        assignmentRow(secretsReader, scope),
        assignmentRow('AzureML Metrics Writer (preview)', workspace),
      ],
    });
    return results.map(({ scope: at, status, forbidden }) => [at, status, forbidden.includes(listSecrets)]);
  };

  test('at the scope of the part', async () => {
    expect(await forbiddenWith(endpointIdentity(), workspace)).toContainEqual([workspace, 'fail', true]);
    expect(await forbiddenWith(endpointIdentity('', ', workspace: workspace'), workspace)).toEqual([
      [registry, 'pass', false],
      [storage, 'pass', false],
      [workspace, 'pass', false],
    ]);
  });

  test('elsewhere, what a part in use requires is excess as any other', async () => {
    const another = `${workspace}-2`;
    expect(await forbiddenWith(endpointIdentity('', ', workspace: workspace'), another)).toContainEqual([
      another,
      'excess',
      false,
    ]);
  });

  test('by another need of the identity', async () => {
    const more =
      ', { set: connection-secrets-read, scope: workspace }, { set: metrics-write, scope: workspace }';
    expect(await forbiddenWith(endpointIdentity(more), workspace)).toContainEqual([workspace, 'pass', false]);
  });
});

async function ownSets(text: string) {
  const document = await readYaml(text, 'sets.yaml');
  const own = await addOwnSets([{ document, node: document.root! }], sets, shippedCatalog);
  expect(own.inputErrors).toEqual([]);
  return own.sets;
}
