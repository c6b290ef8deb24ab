import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { readAccessTests } from '../../../src/analysis/access-tests/read-access-tests.js';
import { attributeKey } from '../../../src/rbac/conditions/knowledge.js';
import { readJson } from '../../../src/input/json.js';
import { readYaml } from '../../../src/input/yaml.js';
import { plainValue } from '../../../src/lint/engine/plain-value.js';
import { group, id } from '../../tenant/access/tenant-rows.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const remove = 'Microsoft.Compute/virtualMachines/delete';
const assignRoles = 'Microsoft.Authorization/roleAssignments/write';

async function read(text: string) {
  return readAccessTests(await readYaml(text, 'tests.yaml'), shippedCatalog);
}

/** One test, in lines 5 and following. */
function file(members: string): string {
  return `version: 1\nprincipals: { ada: ${id(1)} }\nscopes: { shop: ${group} }\ntests:\n  - ${members}\n`;
}

const sound = `{ principal: ada, operation: ${remove}, scope: shop, expected: allowed }`;

function withMember(member: string): string {
  return file(sound.replace(' }', `, ${member} }`));
}

/** Refused by the reader; by the schema, too, unless only the catalog or another line tells. */
const refused: readonly (readonly [text: string, message: string, schema: 'refuses' | 'cannot tell'])[] = [
  ['', '1:1: The file holds no value.', 'cannot tell'],
  ['- a\n', '1:1: The value must be an object.', 'refuses'],
  ['version: 1\n', '1:1: The key "tests" is missing: a file of access tests needs one.', 'refuses'],
  ['version: 2\ntests: []\n', '1:10: This azrbac reads version 1 of access tests.', 'refuses'],
  ['version: 1\ntests: []\n', '2:8: There is no test in it.', 'refuses'],
  ['version: 1\ntest: []\n', '2:1: "test" is not a key of a file of access tests.', 'refuses'],
  ['version: 1\ntests: [\n', 'The text is damaged:', 'cannot tell'],
  [
    `version: 1\nprincipals: { ada: me }\ntests:\n  - { principal: ada, operation: ${remove}, scope: ${group}, expected: denied }\n`,
    '2:20: "me" is not an object ID (a GUID).',
    'refuses',
  ],
  [
    `version: 1\nscopes: { shop: /subscriptions/here }\ntests:\n  - { principal: ${id(1)}, operation: ${remove}, scope: shop, expected: denied }\n`,
    '2:17: This is not a valid scope: subscription not guid.',
    'cannot tell',
  ],
  [withMember('expcted: allowed'), ' "expcted" is not a key of a test.', 'refuses'],
  [
    file(sound.replace('allowed', 'yes')),
    '"tests/0/expected" is "yes", which is none of allowed,',
    'refuses',
  ],
  [file(sound.replace('principal: ada, ', '')), '5:5: The key "principal" is missing', 'refuses'],
  [
    file(sound.replace('principal: ada', 'principal: adda')),
    '5:18: There is no principal named "adda".',
    'cannot tell',
  ],
  [file(sound.replace('scope: shop', 'scope: shpo')), 'There is no scope named "shpo".', 'cannot tell'],
  [file(sound.replace(`operation: ${remove}, `, '')), '5:5: The test names no operation.', 'refuses'],
  [withMember(`operations: [${remove}]`), '5:5: The test has both "operation" and "operations".', 'refuses'],
  [
    file(sound.replace(`operation: ${remove}`, 'operations: []')),
    '5:5: The test names no operation.',
    'refuses',
  ],
  [file(sound.replace(remove, '"*/delete"')), '"*/delete" is not a single operation.', 'refuses'],
  [file(sound.replace('virtualMachines', 'virtualMachine')), 'is not in the catalog of', 'cannot tell'],
  [withMember('plane: data'), `"${remove}" is an operation of the control plane alone.`, 'cannot tell'],
  [withMember('plane: both'), '"tests/0/plane" is "both", which is none of control, data.', 'refuses'],
  [withMember('attributes: { role: Owner }'), '"role" is not an attribute.', 'refuses'],
  [withMember('attributes: { "@Request[a:b]": {} }'), 'must be a string.', 'refuses'],
  [withMember('because: ""'), '"tests/0/because" is empty.', 'refuses'],
];

test.each(refused)('%#: %s', async (text, message) => {
  const { tests, inputErrors } = await read(text);
  expect(inputErrors.map(inputError => inputError.message)).toEqual([expect.stringContaining(message)]);
  expect(inputErrors[0]!.message).toMatch(/^tests\.yaml:\d+:\d+: /);
  expect(tests).toEqual([]);
});

test('an operation that is not in the catalog is meant where its plane is said', async () => {
  const { tests, inputErrors } = await read(
    file(sound.replace(remove, 'Contoso.New/things/read').replace(' }', ', plane: data }')),
  );
  expect(inputErrors).toEqual([]);
  expect(tests[0]!.operations).toEqual([{ name: 'Contoso.New/things/read', plane: 'data' }]);
});

test('mistakes hint at what was meant', async () => {
  const { inputErrors } = await read(
    file(sound.replace('virtualMachines', 'virtualMachine').replace('ada', 'adda').replace('shop', 'shpo')),
  );
  expect(inputErrors.map(({ hint }) => hint)).toEqual([
    'Did you mean "ada"?',
    `Did you mean "${remove}"? If it is newer, say its "plane".`,
    'Did you mean "shop"?',
  ]);
});

test('the other tests are read all the same', async () => {
  const { tests, inputErrors } = await read(`${file(sound)}  - { principal: bob }\n  - ${sound}\n`);
  expect(tests.map(({ name, place }) => [name, place.line, place.column])).toEqual([
    ['test 1', 5, 5],
    ['test 3', 7, 5],
  ]);
  expect(inputErrors.map(({ place }) => place?.line)).toEqual([6, 6, 6, 6]);
});

test('all that a test may say', async () => {
  const { tests, inputErrors } = await read(
    file(
      `{ name: who assigns, principal: ${id(2).toUpperCase().replaceAll('-', '')}, operations: [${assignRoles.toLowerCase()}, ${remove}], scope: ${group}, expected: conditional, because: Owner, attributes: { "@request[Microsoft.Authorization/roleAssignments:PrincipalType]": [User, 7, true] } }`,
    ),
  );
  expect(inputErrors).toEqual([]);
  expect(tests[0]).toMatchObject({
    name: 'who assigns',
    principal: { id: id(2), name: null },
    operations: [
      { name: assignRoles, plane: 'control' },
      { name: remove, plane: 'control' },
    ],
    scope: { text: group },
    expected: 'conditional',
    because: 'Owner',
  });
  const key = attributeKey('Request', 'Microsoft.Authorization/roleAssignments:PrincipalType');
  expect([...tests[0]!.attributes]).toEqual([[key, ['User', '7', 'true']]]);
});

test('JSON with comments says the same', () => {
  const text = `// tests\n{ "version": 1, "tests": [{ "principal": "${id(1)}", "operation": "${remove}", "scope": "${group}", "expected": "denied", }] }`;
  const { tests, inputErrors } = readAccessTests(readJson(text, 'tests.json'), shippedCatalog);
  expect([inputErrors, tests.map(({ expected }) => expected)]).toEqual([[], ['denied']]);
});

describe('the published schema', () => {
  const inProject = (path: string): string =>
    readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(inProject('role-catalog/access-tests.schema.json')) as object,
  );
  const accepts = async (text: string) => validate(plainValue((await readYaml(text, 'a.yaml')).root!));

  test('fits the example', async () => {
    const example = inProject('docs/tenant/access-tests.yaml');
    expect(await accepts(example)).toBe(true);
    expect((await read(example)).inputErrors).toEqual([]);
  });

  test('accepts what is sound', async () => {
    expect(await accepts(file(sound))).toBe(true);
    expect(await accepts(withMember('attributes: { "@Request[a:b]": [x, 1, true] }'))).toBe(true);
  });

  test.each(refused.filter(([, , schema]) => schema === 'refuses'))('refuses %j', async text => {
    expect(await accepts(text)).toBe(false);
  });
});
