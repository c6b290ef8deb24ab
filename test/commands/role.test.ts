import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './run-cli.js';

const scorer = {
  Name: 'Online Endpoint Scoring',
  IsCustom: true,
  Description: 'Calls online endpoints.',
  Actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action'],
  NotActions: [],
  AssignableScopes: ['/subscriptions/11111111-1111-1111-1111-111111111111'],
};
const reader = { ...scorer, Name: 'Disk Reader', Actions: ['Microsoft.Compute/disks/read'] };

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'azrbac-role-'));
  writeFileSync(join(folder, 'scorer.json'), JSON.stringify(scorer));
  writeFileSync(join(folder, 'two.json'), JSON.stringify([scorer, reader]));
  writeFileSync(join(folder, 'none.json'), '{"unrelated": true}');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a built-in role by a name that it no longer has', async () => {
  const { exitCode, stdout, stderr } = await runCli(['role', 'key vault administrator (preview)']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Key Vault Administrator\n/);
  expect(stderr).toContain(
    'The built-in role "Key Vault Administrator (preview)" is called "Key Vault Administrator" now. (role-renamed)',
  );
});

test('a built-in role as JSON', async () => {
  const { exitCode, stdout, stderr } = await runCli(['role', ' acrpull ', '--format', 'json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    role: { name: 'AcrPull', id: '7f951dda-4ed3-4680-a7ca-43fe172d538d', type: 'BuiltInRole', file: null },
    control: { count: 1, operations: ['Microsoft.ContainerRegistry/registries/pull/read'] },
    data: { count: 0, operations: [] },
    unknownPlane: { control: [], data: [] },
    wildcards: [],
    conditions: [],
    summary: {
      can: [{ phrase: 'pulls images', operations: ['Microsoft.ContainerRegistry/registries/pull/read'] }],
      cannot: [{ phrase: 'push images' }, { phrase: 'delete images' }],
    },
  });
});

test.each([
  'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'B24988AC-6180-42A0-AB88-20F7382DD24C',
  '/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
  'CONTRIBUTOR',
])('%s is Contributor', async named => {
  const { stdout } = await runCli(['role', named, '--format', 'json']);
  expect((JSON.parse(stdout) as { role: { name: string } }).role.name).toBe('Contributor');
});

test('what the wildcard of a custom role hides', async () => {
  const { stdout } = await runCli(['role', 'scorer.json', '--format', 'json'], { cwd: folder });
  const online = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints';
  const { role, control, sensitive, wildcards } = JSON.parse(stdout) as Record<string, never>;
  expect(role).toMatchObject({
    name: 'Online Endpoint Scoring',
    id: null,
    type: 'CustomRole',
    file: 'scorer.json',
  });
  expect(control).toEqual({
    count: 5,
    operations: [
      `${online}/deployments/getlogs/action`,
      `${online}/listkeys/action`,
      `${online}/regeneratekeys/action`,
      `${online}/score/action`,
      `${online}/token/action`,
    ],
  });
  expect(sensitive).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        operation: `${online}/regeneratekeys/action`,
        plane: 'control',
        severity: 'high',
        rules: ['ml-scoring-role-reads-keys'],
        pattern: `${online}/*/action`,
        literal: false,
        conditional: false,
      }),
    ]),
  );
  expect(wildcards).toEqual([
    {
      pattern: `${online}/*/action`,
      list: 'actions',
      permission: 0,
      count: 5,
      subtracted: 0,
      unknownPlane: 0,
      sensitive: [`${online}/listkeys/action`, `${online}/regeneratekeys/action`, `${online}/token/action`],
    },
  ]);
});

test('what NotActions take from a wildcard, and what it may cover besides', async () => {
  const { stdout } = await runCli(['role', 'AzureML Data Scientist', '--format', 'json']);
  const { wildcards, unknownPlane } = JSON.parse(stdout) as Record<string, never>;
  expect(wildcards?.[1]).toMatchObject({
    pattern: 'Microsoft.MachineLearningServices/workspaces/*/action',
    count: 54,
    subtracted: 2,
    unknownPlane: 0,
  });
  expect(unknownPlane).toEqual({ control: [], data: [] });
  const { stdout: other } = await runCli([
    'role',
    'Container Apps SessionPools Contributor',
    '--format',
    'json',
  ]);
  expect(JSON.parse(other).unknownPlane).toEqual({
    control: ['microsoft.app/sessionPools/sessions/write'],
    data: [],
  });
});

test('conditions are shown', async () => {
  const { stdout } = await runCli(['role', 'Key Vault Data Access Administrator', '--format', 'json']);
  const { conditions } = JSON.parse(stdout) as {
    conditions: { permission: number; condition: string; version: string }[];
  };
  expect(conditions).toHaveLength(1);
  expect(conditions[0]).toMatchObject({ permission: 0, version: '2.0' });
  expect(conditions[0]?.condition).toContain('Microsoft.Authorization/roleAssignments/write');
});

test.each([
  [
    'Azure File Sync Administrator',
    [
      'It assigns only the roles Reader and Data Access, Storage File Data Privileged Contributor, Storage Account Contributor, to only the kind of principal ServicePrincipal.',
    ],
  ],
  [
    'Privileged Monitoring Data Reader',
    [
      'It guards Microsoft.OperationalInsights/workspaces/tables/data/read, Microsoft.Insights/logs/data/read.',
    ],
  ],
  ['Oracle Database DbSystems Administrator', ['It guards all that its permission grants.']],
])('what the condition of %s lets through', async (name, meaning) => {
  const { stdout } = await runCli(['role', name, '--format', 'json']);
  expect((JSON.parse(stdout) as { conditions: unknown }).conditions).toMatchObject([{ meaning }]);
});

test('text begins with plain words and keeps long lists short', async () => {
  const { stdout } = await runCli(['role', 'scorer.json'], { cwd: folder });
  expect(stdout.split('\n').slice(0, 9)).toEqual([
    'Online Endpoint Scoring',
    'custom role: 5 operations on the control plane, no operations on the data plane (catalog of 2026-08-22)',
    '',
    'Can',
    '  Azure Machine Learning workspace: calls online endpoints; takes the keys or tokens of online',
    '    endpoints; replaces the keys of online endpoints; reads what deployments log',
    '',
    'Cannot',
    '  Azure Machine Learning workspace: create or change online endpoints; deploy models to online',
  ]);
  const { stdout: long } = await runCli(['role', 'Reader']);
  expect(long).toContain('… and 7661 more (--all shows them)');
  const { stdout: all } = await runCli(['role', 'Reader', '--all']);
  expect(all.split('\n').length).toBeGreaterThan(7676);
});

test('a role from standard input', async () => {
  const { exitCode, stdout } = await runCli(['role', '-'], { stdin: JSON.stringify(reader) });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Disk Reader\n');
});

test('the role of that name among several', async () => {
  const { stdout } = await runCli(['role', 'two.json', '--name', 'disk reader'], { cwd: folder });
  expect(stdout).toContain('Disk Reader\n');
});

test.each([
  {
    args: ['Contributer'],
    stderr: 'azrbac: There is no built-in role and no file "Contributer".\nDid you mean "Contributor"?\n',
  },
  {
    args: ['two.json'],
    stderr:
      'azrbac: "two.json" holds 2 role definitions.\nSay which with --name: "Online Endpoint Scoring", "Disk Reader".\n',
  },
  {
    args: ['two.json', '--name', 'Disk Writer'],
    stderr:
      'azrbac: "two.json" holds no role definition named "Disk Writer".\nIt holds: "Online Endpoint Scoring", "Disk Reader".\n',
  },
])('$args is refused with what to do', async ({ args, stderr }) => {
  expect(await runCli(['role', ...args], { cwd: folder })).toEqual({ exitCode: 2, stdout: '', stderr });
});

test('an id that no built-in role has, and a file without a role', async () => {
  const unknown = await runCli(['role', '00000000-0000-4000-8000-000000000001']);
  expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
  expect(unknown.stderr).toContain('no built-in role with the id "00000000-0000-4000-8000-000000000001"');
  const none = await runCli(['role', 'none.json'], { cwd: folder });
  expect(none).toMatchObject({ exitCode: 2, stdout: '' });
  expect(none.stderr).toContain('"none.json" holds no role definition.');
});

test('terminal escapes in names and strings stay visible text', async () => {
  const hostile = { ...reader, Name: '\u001b[31mred', Actions: ['\u001b]0;title\u0007/*/read'] };
  const { stdout } = await runCli(['role', '-'], { stdin: JSON.stringify(hostile) });
  expect(stdout).toContain('\\u{1b}[31mred');
  expect(stdout).not.toContain('\u001b');
});
