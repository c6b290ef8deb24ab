import { describe, expect, test } from 'vitest';
import { checkManifests } from '../../../src/analysis/azure-ml/check-manifests.js';
import { readManifests } from '../../../src/analysis/azure-ml/manifest.js';
import { readAzureMl } from '../../../src/analysis/azure-ml/read-resources.js';
import { runCli } from '../../commands/run-cli.js';
import { projectWith } from '../../commands/project.js';
import { analyseTexts, identityId, noScopes } from './run.js';
import { portion } from '../../portion.js';

const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

const size = portion({ whole: 10, part: 1 });

describe('files of any content are read', () => {
  test.each([
    ['deep brackets', 'identity: ' + '['.repeat(5_000 * size) + ']'.repeat(5_000 * size)],
    ['a long schema', `$schema: ${'a'.repeat(100_000 * size)}`],
    [
      'a long identity',
      `auth_mode: key\nidentity: { type: user_assigned, user_assigned_identities: ["${'/a'.repeat(30_000 * size)}"] }`,
    ],
    ['a long word', `auth_mode: ${'Aa'.repeat(30_000 * size)}`],
    ['many members', many(5_000 * size, index => `k${index}: 1`).join('\n')],
    [
      'many identities',
      `auth_mode: key\nidentity:\n  type: user_assigned\n  user_assigned_identities:\n${many(1_000 * size, index => `    - ${identityId}${index}`).join('\n')}`,
    ],
    ['many documents', many(1_000 * size, index => `name: e${index}\nauth_mode: key\n`).join('---\n')],
    ['lone surrogates and NUL', 'name: "\\ud800\\0"\nauth_mode: key\n'],
  ])(
    '%s',
    async (_, text) => {
      const [azureMl, manifests] = [await readAzureMl(text, 'x.yml'), await readManifests(text, 'x.yml')];
      expect(azureMl.resources.length + azureMl.problems.length).toBeGreaterThan(0);
      expect(manifests.objects).toEqual([]);
    },
    60_000,
  );

  test('a billion laughs', async () => {
    const levels = many(
      12,
      index => `l${index + 1}: &l${index + 1} [${many(9, () => `*l${index}`).join(', ')}]`,
    );
    const { problems } = await readAzureMl(['l0: &l0 [x]', ...levels, 'auth_mode: key'].join('\n'), 'x.yml');
    expect(problems.map(({ code }) => code)).toContain('yaml-syntax');
  });
});

test('names of objects’ own properties are but names', async () => {
  const { problems } = await analyseTexts([
    '__proto__: { auth_mode: key }\nname: constructor\nauth_mode: toString\ntraffic: {}\n',
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['value-unknown']);
});

test('many bindings of one selector are one problem', async () => {
  const bindings = many(
    5_000,
    index =>
      `kind: AzureIdentityBinding\nmetadata: { name: b }\nspec: { azureIdentity: i${index}, selector: s }\n`,
  );
  const { objects } = await readManifests(bindings.join('---\n'), 'x.yml');
  const found = checkManifests(objects, noScopes).problems.filter(
    ({ code }) => code === 'selector-reaches-several',
  );
  expect(found.map(({ message }) => message.length < 300)).toEqual([true]);
}, 30_000);

test('too many resources are refused', async () => {
  const cwd = projectWith({
    'many.yml': many(600, index => `name: c${index}\ntype: amlcompute\n`).join('---\n'),
  });
  const { exitCode, stderr } = await runCli(['check', '--compute', 'many.yml'], { cwd });
  expect([exitCode, stderr.split('\n')[0]]).toEqual([
    2,
    'azrbac: These files describe 600 resources; a run takes 500.',
  ]);
});

test('what a terminal obeys is made visible', async () => {
  const cwd = projectWith({ 'evil.yml': 'name: "e\\e[31m"\nauth_mode: "\\e]0;owned\\a"\ntraffic: {}\n' });
  const { stdout } = await runCli(['check', '--endpoint', 'evil.yml'], { cwd });
  expect(stdout).not.toMatch(/[\u001b\u0007]/);
  expect(stdout).toContain('\\u{1b}');
});
