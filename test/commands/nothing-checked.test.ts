// What was not checked is no success, whichever command was to check it, and however quiet it was to be.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const elsewhere = '/subscriptions/99999999-2222-3333-4444-555555555555';
const account = `${subscription}/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/shopdata`;
const reader = 'aaaaaaaa-1111-2222-3333-444444444401';
const stranger = 'aaaaaaaa-1111-2222-3333-444444444499';
const team = 'eeeeeeee-1111-2222-3333-444444444401';
const blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

const assignment = (
  number: number,
  principalId: string,
  principalType: string,
  role: string,
  scope: string,
) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/cccccccc-1111-2222-3333-00000000000${number}`,
  principalId,
  principalType,
  roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  scope,
});

const own = assignment(1, reader, 'ServicePrincipal', blobReader, account);

const expectations = (identity: object): string =>
  JSON.stringify({ version: 1, identities: [{ name: 'reader', principal: reader, ...identity }] });

let folder: string;

beforeAll(() => {
  folder = projectWith({
    'deployed/role-assignments.json': [own],
    'nobody.json': { version: 1, identities: [] },
    'stranger.json': expectations({ principal: stranger, never: ['Microsoft.Compute/*'] }),
    'never.json': expectations({ never: ['Microsoft.Compute/*'] }),
    'elsewhere.json': expectations({
      needs: [{ set: 'blob-read', scope: account.replace(subscription, elsewhere) }],
    }),
    'misspelt.json': expectations({ never: ['Microsoft.Compute/virtualMachines/wrte'] }),
    'accepted.json': expectations({
      needs: [{ set: 'blob-read', scope: account }],
      accept: [{ operations: ['Microsoft.Storage/storageAccounts/raed'], reason: 'a slip' }],
    }),
    'test.json': {
      version: 1,
      tests: [
        {
          principal: stranger,
          operation: 'Microsoft.Compute/virtualMachines/read',
          scope: subscription,
          expected: 'not-granted',
        },
      ],
    },
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runCli([...args, '--snapshot', 'deployed', '--quiet'], { cwd: folder });
const read = ['--action', 'Microsoft.Storage/storageAccounts/read'];

test.each([
  ['expectations without identities', ['check', 'nobody.json'], '0 identities: nothing was checked.'],
  ['a principal that nothing is about', ['check', 'stranger.json'], '1 identity: 1 unknown.'],
  [
    'a subscription that was not read',
    ['check', 'elsewhere.json', '--allow-excess', 'any'],
    'unknown  "reader" for blob-read',
  ],
  ['the access of a stranger', ['access', stranger], 'Not in the snapshot.'],
  ['access in another subscription', ['access', reader, '--scope', elsewhere], 'no operations'],
  ['a question about another subscription', ['can', '-p', reader, ...read, '-s', elsewhere], 'unknown:'],
  ['who can in another subscription', ['who-can', ...read, '-s', elsewhere], 'Not everything was read'],
  ['a test of a stranger', ['test', 'test.json'], '1 unknown'],
])('%s: exit code 3', async (_, args, said) => {
  const { stdout, exitCode } = await run(...args);
  expect(stdout).toContain(said);
  expect(exitCode).toBe(3);
});

test('nothing held of what must be held nowhere is a success: Contributor elsewhere is', async () => {
  expect(await run('check', 'never.json')).toMatchObject({ stdout: '1 identity: 1 pass.\n', exitCode: 0 });
});

test.each([
  ['check', 'misspelt.json'],
  ['check', 'accepted.json'],
  ['can', '-p', reader, '-a', 'Microsoft.Compute/virtualMachines/raed', '-s', subscription],
  ['who-can', '-a', 'Microsoft.Compute/virtualMachines/raed', '-s', subscription],
])('a misspelt operation is a mistake with a suggestion: %s %s', async (...args) => {
  const { stderr, exitCode } = await run(...args);
  expect(stderr).toMatch(
    /Did you mean "Microsoft\.(Compute\/virtualMachines|Storage\/storageAccounts)\/(read|write)"\?/,
  );
  expect(exitCode).toBe(2);
});

describe('the job of docs/scenarios, in a subscription where a group holds something', () => {
  const needs = expectations({ needs: [{ set: 'blob-read', scope: account }] });
  const ofGroup = assignment(2, team, 'Group', contributor, subscription);
  const check = async (files: Readonly<Record<string, object>>) => {
    const cwd = projectWith({ 'access.yaml': needs, 'deployed/role-definitions.json': [], ...files });
    const result = await runCli(['check', 'access.yaml', '--snapshot', 'deployed'], { cwd });
    rmSync(cwd, { recursive: true });
    return result;
  };

  test('decides coverage, and names the one command that tells the rest', async () => {
    const { stdout, stderr, exitCode } = await check({ 'deployed/role-assignments.json': [own, ofGroup] });
    expect(stdout).toContain('2 of 2 operations covered');
    expect(stderr).toContain(`for id in ${reader}; do az rest --method post`);
    expect(stderr.match(/az rest/g)).toHaveLength(1);
    expect(exitCode).toBe(3);
  });

  test('says what is missing, groups or not', async () => {
    const { stdout, exitCode } = await check({ 'deployed/role-assignments.json': [ofGroup] });
    expect(stdout).toContain('fail     "reader" for blob-read');
    expect(exitCode).toBe(1);
  });

  test.each([
    ['in no group', [], 0],
    ['in that group', [team], 1],
  ])('succeeds with what that command prints: %s', async (_, groups, expected) => {
    const { exitCode } = await check({
      'deployed/role-assignments.json': [own, ofGroup],
      [`deployed/transitiveMemberOf-${reader}.json`]: {
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
        value: groups,
      },
    });
    expect(exitCode).toBe(expected);
  });
});

test('expectations as they are written, with nobody filled in, are no success', async () => {
  writeFileSync(
    join(folder, 'cpu.yml'),
    'name: cpu\ntype: amlcompute\nidentity: { type: system_assigned }\n',
  );
  await runCli(['check', '--compute', 'cpu.yml', '--write-expectations', 'written.yaml'], { cwd: folder });
  expect((await run('check', 'written.yaml')).exitCode).toBe(3);
});
