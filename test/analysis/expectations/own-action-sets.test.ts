import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { addOwnSets } from '../../../src/analysis/expectations/own-action-sets.js';
import { readYaml } from '../../../src/input/yaml.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { sets } from './access.js';

async function own(text: string) {
  const document = await readYaml(text, 'sets.yaml');
  const nodes = document.root!.kind === 'array' ? document.root!.items : [document.root!];
  return addOwnSets(
    nodes.map(node => ({ document, node })),
    sets,
    shippedCatalog,
  );
}

const schema = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../role-catalog/action-set.schema.json', import.meta.url)),
    'utf8',
  ),
) as object;

test('the schema fits every set that ships', () => {
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(
    sets
      .all()
      .filter(set => !validate(set))
      .map(({ id }) => id),
  ).toEqual([]);
});

test('a set that extends one of ours adds to it and takes away from it', async () => {
  const found = await own(`
- id: team-scoring
  title: Score and read metrics
  extends: online-scoring
  required: { control: [Microsoft.Insights/metrics/read] }
  tolerated: { control: ["Microsoft.Insights/*/read"] }
  remove: [MICROSOFT.MachineLearningServices/workspaces/onlineEndpoints/write]
`);
  expect([found.inputErrors, found.notices]).toEqual([[], []]);
  const set = found.sets.get('team-scoring');
  const ours = sets.get('online-scoring');
  if (set.kind === 'composite' || ours.kind === 'composite') throw new Error('no composite');
  expect(set).toMatchObject({
    title: 'Score and read metrics',
    scope: 'online-endpoint',
    required: {
      control: [
        'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
        'Microsoft.Insights/metrics/read',
      ],
    },
  });
  expect(set.forbidden.control).toHaveLength(ours.forbidden.control!.length - 1);
  expect(found.sets.ids()).toContain('team-scoring');
});

test('sets may be made from nothing, extend each other in any order, and be composites', async () => {
  const found = await own(`
- { id: c, parts: [{ set: b, at: workspace }, { set: acr-pull, at: container-registry, optional: true }] }
- { id: b, extends: a, required: { data: [Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read] } }
- { id: a, required: { control: [Microsoft.Insights/metrics/read] }, scope: storage-account }
`);
  expect(found.inputErrors).toEqual([]);
  expect(found.sets.get('b')).toMatchObject({
    kind: 'action-set',
    scope: 'storage-account',
    required: {
      control: ['Microsoft.Insights/metrics/read'],
      data: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
    },
  });
  expect(found.sets.get('c')).toMatchObject({ kind: 'composite', title: 'c', forbidden: {} });
});

test('a composite forbids operations of its own, by name or pattern', async () => {
  const parts = 'parts: [{ set: acr-pull, at: r }]';
  const found = await own(`
- { id: a, ${parts}, forbidden: { control: ["*/onlineEndpoints/*/write"], data: [Microsoft.KeyVault/vaults/secrets/getSecret/action] } }
- { id: b, ${parts}, forbidden: { control: ["Microsoft.Stroage/*"] } }
`);
  expect(found.inputErrors).toEqual([]);
  expect(found.sets.get('a')).toMatchObject({
    forbidden: {
      control: ['*/onlineEndpoints/*/write'],
      data: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    },
  });
  expect(found.notices.map(({ message, line }) => [line, message.split(' covers')[0]])).toEqual([
    [3, '"Microsoft.Stroage/*", forbidden by "b",'],
  ]);
});

test.each([
  [
    '- { id: online-scoring, required: {} }',
    'sets.yaml:1:9: There is an action set "online-scoring" already.',
  ],
  ['- { id: Team }', 'sets.yaml:1:9: "id" must match pattern'],
  ['- { title: x }', 'sets.yaml:1:3: The key "id" is missing: an action set needs one.'],
  ['- { id: a, requires: {} }', 'sets.yaml:1:12: "requires" is not a key of an action set.'],
  ['- { id: a, scope: endpoint, required: {} }', 'sets.yaml:1:19: "scope" is none of any,'],
  ['- { id: a }', 'sets.yaml:1:9: "a" has neither "required" nor "extends".'],
  [
    '- { id: a, required: { control: ["Microsoft.Insights/*"] } }',
    'sets.yaml:1:22: "Microsoft.Insights/*" is a pattern.',
  ],
  [
    '- { id: a, required: { data: [Microsoft.Insights/metrics/read] } }',
    'sets.yaml:1:22: "Microsoft.Insights/metrics/read" is no data-plane operation',
  ],
  [
    '- { id: a, required: { control: [Microsoft.KeyVault/vaults/secrets/getSecret/action] } }',
    'is no control-plane operation',
  ],
  ['- { id: a, extends: online-scorin }', 'sets.yaml:1:21: There is no action set "online-scorin".'],
  [
    '- { id: a, extends: endpoint-identity-user-assigned }',
    'sets.yaml:1:21: "endpoint-identity-user-assigned" is a composite, which cannot be extended.',
  ],
  ['- { id: a, extends: b }\n- { id: b, extends: a }', 'sets.yaml:1:21: "a" extends itself.'],
  ['- { id: a, parts: [{ set: nothing, at: x }] }', 'sets.yaml:1:19: There is no action set "nothing".'],
  [
    '- { id: a, parts: [{ set: acr-pull, at: r }], tolerated: {} }',
    'sets.yaml:1:58: The composite "a" has "tolerated" of its own.',
  ],
  ['- { id: a, required: {}, roles: [AcrPul] }', 'sets.yaml:1:33: There is no built-in role "AcrPul".'],
])('%s is refused', async (text, message) => {
  const { inputErrors } = await own(text);
  expect(inputErrors[0]?.message).toContain(message);
});

test('operations that the catalog does not know are noticed', async () => {
  const { inputErrors, notices } = await own(
    '- { id: a, required: { control: [Contoso.Fraud/models/write] } }',
  );
  expect(inputErrors).toEqual([]);
  expect(notices.map(({ code, line, column }) => [code, line, column])).toEqual([
    ['operation-unknown', 1, 3],
  ]);
});

test('patterns that cover nothing in their plane are noticed', async () => {
  const { inputErrors, notices } = await own(
    '- { id: a, extends: blob-read, forbidden: { control: ["Microsoft.Stroage/*", "Microsoft.Compute/*"], data: ["Microsoft.Compute/disks/*", "Microsoft.Authorization/*/write"] } }',
  );
  expect(inputErrors).toEqual([]);
  expect(notices.map(({ message }) => message.split(' covers')[0])).toEqual([
    '"Microsoft.Stroage/*", forbidden by "a",',
    '"Microsoft.Authorization/*/write", forbidden by "a",',
  ]);
});

/** `s0` is spelled out; each of the others extends the one before it. */
const chainOf = (length: number): string =>
  Array.from({ length }, (_, at) =>
    at === 0
      ? '- { id: s0, required: { control: [Microsoft.Insights/metrics/read] } }'
      : `- { id: s${at}, extends: s${at - 1} }`,
  )
    .reverse()
    .join('\n');

test('a hundred sets may extend each other, whatever their order', async () => {
  const { sets: all, inputErrors } = await own(chainOf(100));
  expect(inputErrors).toEqual([]);
  expect(all.find('s99')).toMatchObject({ required: { control: ['Microsoft.Insights/metrics/read'] } });
});

test('in a chain of 5,000 sets those that stand on more than a hundred are refused, and the others are read', async () => {
  const { sets: all, inputErrors } = await own(chainOf(5_000));
  expect(inputErrors).toHaveLength(4_900);
  expect(inputErrors.at(-1)?.message).toContain('"s100" extends a chain of more than 100 sets.');
  expect([all.find('s99')?.id, all.find('s100')]).toEqual(['s99', undefined]);
});
