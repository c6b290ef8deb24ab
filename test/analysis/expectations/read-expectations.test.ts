import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { readExpectations } from '../../../src/analysis/expectations/read-expectations.js';
import { readJson } from '../../../src/input/json.js';
import { readYaml } from '../../../src/input/yaml.js';
import { plainValue } from '../../../src/lint/engine/plain-value.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { endpoint, index, principal, registry, sets, storage, workspace } from './access.js';

const context = { sets, catalog: shippedCatalog, index };

async function read(text: string) {
  return readExpectations(await readYaml(text, 'access.yaml'), context);
}

/** One identity, in lines 3 and following; the scopes take line 2. */
function file(identity: string): string {
  return `version: 1\nscopes: { endpoint: ${endpoint}, workspace: ${workspace}, registry: ${registry}, storage: ${storage} }\nidentities:\n${identity}`;
}

function withNeed(need: string): string {
  return file(`  - name: client\n    principal: ${principal}\n    needs:\n      - ${need}\n`);
}

describe('the identity of a resource', () => {
  const identities = new Map([
    [endpoint.toLowerCase(), [principal]],
    [workspace.toLowerCase(), [principal, 'bbbbbbbb-1111-2222-3333-444444444401']],
  ]);
  const identitiesOf = (id: string): readonly string[] => identities.get(id.toLowerCase()) ?? [];
  const about = (resource: string): string =>
    file(`  - name: endpoint\n    principal: ${resource}\n    never: ['*/delete']\n`);

  test('is found by its ARM id', async () => {
    const document = await readYaml(about(endpoint), 'access.yaml');
    const { expectations, inputErrors } = readExpectations(document, { ...context, identitiesOf });
    expect(inputErrors).toEqual([]);
    expect(expectations.identities[0]!.principal!.value).toBe(principal);
  });

  test.each([
    [workspace, '5:16: ', 'has several identities.'],
    [registry, '5:16: ', 'The snapshot holds no identity of'],
  ])('may not be known: %s', async (resource, place, message) => {
    const document = await readYaml(about(resource), 'access.yaml');
    const { inputErrors } = readExpectations(document, { ...context, identitiesOf });
    expect(inputErrors.map(each => each.message)).toEqual([expect.stringContaining(message)]);
    expect(inputErrors[0]!.message).toContain(place);
  });

  test('needs a snapshot', async () => {
    const { inputErrors } = await read(about(endpoint));
    expect(inputErrors[0]!.message).toContain('give --snapshot');
  });
});

describe('mistakes have their place', () => {
  test.each([
    ['', '1:1: The file holds no value.'],
    ['# nothing yet\n', '1:1: The file holds no value.'],
    ['- a\n', '1:1: The value must be an object.'],
    ['version: 1\n', '1:1: The key "identities" is missing: a file of expectations needs one.'],
    ['identities: []\n', '1:1: The key "version" is missing: a file of expectations needs one.'],
    ['version: 2\nidentities: []\n', '1:10: This azrbac reads version 1 of expectations.'],
    ['version: 1\nidentites: []\n', '2:1: "identites" is not a key of a file of expectations.'],
    ['version: 1\nidentities: [\n', 'The text is damaged:'],
    ['version: 1\nversion: 1\nidentities: []\n', '2:1: The key "version" is listed twice.'],
    ['version: 1\n<<: { identities: [] }\n', '2:1: "<<" is not a key of a file of expectations.'],
    [
      'version: 1\nscopes: { e: /subscriptions/here }\nidentities: []\n',
      '2:14: This is not a valid scope: subscription not guid.',
    ],
    [
      'version: 1\nscopes: { e: "/subscriptions/<id>" }\nidentities: []\n',
      '2:14: "<id>" still waits to be filled in.',
    ],
    [withNeed('{ set: online-scorin, scope: endpoint }'), '7:16: There is no action set "online-scorin".'],
    [withNeed('{ set: online-scoring, scope: endpont }'), '7:39: There is no scope named "endpont".'],
    [
      withNeed('{ set: online-scoring, scope: workspace }'),
      '7:39: "workspace" is Microsoft.MachineLearningServices/workspaces, but "online-scoring" is needed at an online endpoint (Microsoft.MachineLearningServices/workspaces/onlineEndpoints).',
    ],
    [
      withNeed('{ set: online-scoring }'),
      '7:9: The key "scope" is missing: it says where "online-scoring" is needed.',
    ],
    [
      withNeed('{ set: online-scoring, scopes: { endpoint: endpoint } }'),
      '7:40: "online-scoring" is needed at one scope: use "scope".',
    ],
    [withNeed('{ set: online-scoring, scop: endpoint }'), '7:32: "scop" is not a key of a need.'],
    [
      withNeed('{ set: acr-pull, partOf: blob-read, scope: registry }'),
      '7:34: "blob-read" is not a composite, so it has no parts.',
    ],
    [
      withNeed('{ set: batch-job-identity, partOf: batch-job-identity }'),
      '7:44: "batch-job-identity" is a composite, which is part of no other.',
    ],
    [
      withNeed('{ set: endpoint-identity-system-assigned }'),
      '7:9: No part of "endpoint-identity-system-assigned" would be checked: name the scopes of those that are to be.',
    ],
    [
      withNeed('{ set: endpoint-identity-user-assigned, scope: registry }'),
      '7:56: "endpoint-identity-user-assigned" is needed at several scopes: use "scopes".',
    ],
    [
      withNeed('{ set: endpoint-identity-user-assigned, scopes: { container-registry: registry } }'),
      '7:9: The scope "storage-account" is missing: "endpoint-identity-user-assigned" needs "blob-read" there.',
    ],
    [
      withNeed(
        '{ set: endpoint-identity-user-assigned, scopes: { container-registry: storage, storage-account: storage } }',
      ),
      '7:79: "storage" is Microsoft.Storage/storageAccounts, but "acr-pull" is needed at a container registry',
    ],
    [file('  - name: a\n    needs: []\n'), '4:5: The identity has neither "principal" nor "role".'],
    [
      file(`  - { name: a, principal: ${principal}, role: Reader, needs: [] }\n`),
      '4:5: The identity has both "principal" and "role".',
    ],
    [
      file('  - { name: a, principal: me, needs: [] }\n'),
      '4:27: The principal "me" is not an object ID (a GUID).',
    ],
    [file(`  - { name: a, principal: ${principal} }\n`), '4:5: The identity has neither "needs" nor "never"'],
    [
      file(`  - { name: a, principal: ${principal}, needs: [] }\n  - { name: A, role: Reader, needs: [] }\n`),
      '5:13: There is another identity "A".',
    ],
    [
      file(
        `  - { name: a, principal: ${principal}, needs: [] }\n  - { name: b, principal: ${principal.toUpperCase()}, needs: [] }\n`,
      ),
      '5:27: The principal',
    ],
    [
      file(`  - { name: a, principal: ${principal}, never: [{}] }\n`),
      '4:73: The entry names neither "actions" nor "dataActions".',
    ],
    [
      file(`  - { name: a, principal: ${principal}, never: [7] }\n`),
      '4:73: "identities/0/never/0" must be a string.',
    ],
    [
      file(`  - { name: a, principal: ${principal}, needs: [], accept: [{ role: AcrPull }] }\n`),
      'The key "reason" is missing',
    ],
    [
      file(`  - { name: a, principal: ${principal}, needs: [], accept: [{ reason: x }] }\n`),
      'The entry must name either a "role" or "operations".',
    ],
  ])('%#: %s', async (text, message) => {
    const { inputErrors } = await read(text);
    expect(inputErrors.map(inputError => inputError.message)).toEqual([expect.stringContaining(message)]);
    expect(inputErrors[0]!.message).toMatch(/^access\.yaml:\d+:\d+: /);
  });
});

test('mistakes hint at what was meant', async () => {
  const { inputErrors } = await read(withNeed('{ set: online-scorin, scope: endpont }'));
  expect(inputErrors.map(({ hint }) => hint)).toEqual(['Did you mean "online-scoring"?']);
});

test('the other identities are read all the same, and each has its mistakes', async () => {
  const { expectations, inputErrors } = await read(
    file(
      [
        '  - { name: one, principal: me, needs: [] }',
        `  - { name: two, principal: ${principal}, needs: [{ set: online-scoring, scope: endpoint }] }`,
        '  - { name: three, role: Reader, needs: [{ set: nothing }, { set: neither }] }',
      ].join('\n'),
    ),
  );
  expect(expectations.identities.map(({ name }) => name.value)).toEqual(['two']);
  expect(inputErrors.map(({ place }) => place?.line)).toEqual([4, 6, 6]);
});

test('a scope that is wrong is said once, and whoever needs it is left out', async () => {
  const text = `version: 1\nscopes: { e: /nowhere }\nidentities:\n  - { name: a, principal: ${principal}, needs: [{ set: online-scoring, scope: e }] }\n`;
  const { expectations, inputErrors } = await read(text);
  expect(inputErrors.map(({ place }) => [place?.line, place?.column])).toEqual([[2, 14]]);
  expect(expectations.identities).toEqual([]);
});

test('a composite is taken apart, without the optional parts that have no scope', async () => {
  const { expectations } = await read(
    withNeed(
      '{ set: endpoint-identity-user-assigned, scopes: { container-registry: registry, storage-account: storage, workspace: workspace } }',
    ),
  );
  const needs = expectations.identities[0]!.needs!;
  expect(needs.map(({ set, scope }) => [set.id, scope?.value.text])).toEqual([
    ['acr-pull', registry],
    ['blob-read', storage],
    ['metrics-write', workspace],
    ['connection-secrets-read', workspace],
  ]);
});

test('a need may stand at a container of the storage account', async () => {
  const container = `${storage}/blobServices/default/containers/images`;
  const { inputErrors } = await read(withNeed(`{ set: blob-read, scope: ${container} }`));
  expect(inputErrors).toEqual([]);
});

test('JSON with comments says the same', () => {
  const text = `// access\n{ "version": 1, "identities": [{ "name": "a", "principal": "${principal}", "never": ["*/write",] }] }`;
  const { expectations, inputErrors } = readExpectations(readJson(text, 'access.json'), context);
  expect(inputErrors).toEqual([]);
  expect(expectations.identities[0]!.never.map(({ pattern, plane }) => [pattern.value, plane])).toEqual([
    ['*/write', 'both'],
  ]);
});

test('a YAML bomb is a mistake', async () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
  );
  const { inputErrors } = await read(['version: 1', 'l0: &l0 [x]', ...levels].join('\n'));
  expect(inputErrors.map(({ message }) => message)).toEqual([
    expect.stringContaining('The text is damaged: The aliases expand to too much.'),
  ]);
});

describe('the published schema', () => {
  const schemaOf = (name: string) =>
    JSON.parse(
      readFileSync(fileURLToPath(new URL(`../../../role-catalog/${name}`, import.meta.url)), 'utf8'),
    ) as object;
  const ajv = new Ajv({ strict: false }).addSchema(
    schemaOf('action-set.schema.json'),
    'action-set.schema.json',
  );
  const validate = ajv.compile(schemaOf('expectations.schema.json'));
  const accepts = async (text: string) => validate(plainValue((await readYaml(text, 'a.yaml')).root!));

  test('fits the example', async () => {
    const example = readFileSync(
      fileURLToPath(new URL('../../../docs/access/access.yaml', import.meta.url)),
      'utf8',
    );
    expect(await accepts(example)).toBe(true);
    expect((await read(example)).inputErrors).toEqual([]);
  });

  test.each([
    ['version: 2\nidentities: []\n'],
    ['version: 1\nidentites: []\n'],
    [withNeed('{ set: online-scoring, scop: endpoint }')],
    [file('  - name: a\n    needs: []\n')],
    [file(`  - { name: a, principal: ${principal}, role: Reader, needs: [] }\n`)],
    [file('  - { name: a, principal: "not me", needs: [] }\n')],
    [file(`  - { name: a, principal: ${principal}, never: [{}] }\n`)],
  ])('refuses %j', async text => {
    expect(await accepts(text)).toBe(false);
  });
});
