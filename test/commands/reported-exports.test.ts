// Exports as people asked about them in public, with names and ids made up, and what Azure answers.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.js';

const cwd = fileURLToPath(new URL('../fixtures/exports', import.meta.url));
const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const inGroup = (group: string, resource: string): string =>
  `${subscription}/resourceGroups/${group}/providers/${resource}`;
const vault = inGroup('shop', 'Microsoft.KeyVault/vaults/shopkv');
const files = `${inGroup('shop', 'Microsoft.Storage/storageAccounts/shopdata')}/fileServices/default`;
const ada = '22222222-aaaa-bbbb-cccc-333333333333';

const can = async (snapshot: string, operation: string, scope: string, ...more: string[]) => {
  const args = ['can', '-a', operation, '-s', scope, '--snapshot', snapshot, '--format', 'json'];
  const { stdout, exitCode } = await runCli([...args, ...(more.length > 0 ? more : ['-p', ada])], { cwd });
  const { decision, because, notices } = JSON.parse(stdout) as {
    decision: string;
    because: { kind: string; role: string }[];
    notices: { code: string; message: string }[];
  };
  return { decision, because, notices, exitCode };
};

const vm = 'Microsoft.Compute/virtualMachines';
const writeFiles = 'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write';

test.each([
  ['role assignments of PowerShell', 'powershell-role-assignments', `${vm}/read`, subscription, 'allowed'],
  [
    'role definitions of PowerShell in the folder',
    'powershell-role-definitions',
    `${vm}/restart/action`,
    subscription,
    'allowed',
  ],
  ['a classic administrator among the rows', 'classic-administrators', `${vm}/read`, subscription, 'allowed'],
  ['rows of Resource Graph without ids', 'projected-rows/graph.json', `${vm}/write`, subscription, 'allowed'],
  ['the CSV of the portal', 'portal-csv/role-assignments.csv', `${vm}/write`, subscription, 'allowed'],
  [
    'a key under the certificate of a vault',
    'key-at-certificate',
    'Microsoft.KeyVault/vaults/keys/sign/action',
    `${vault}/keys/codesign`,
    'not-granted',
  ],
  [
    'the certificate itself',
    'key-at-certificate',
    'Microsoft.KeyVault/vaults/certificates/read',
    `${vault}/certificates/codesign`,
    'allowed',
  ],
  [
    'quota above the group',
    'openai-usages',
    'Microsoft.CognitiveServices/locations/usages/read',
    subscription,
    'not-granted',
  ],
  ['files, by the id of their share', 'file-share', writeFiles, `${files}/shares/team`, 'not-granted'],
  ['files, where Azure looks for roles', 'file-share', writeFiles, `${files}/fileshares/team`, 'not-granted'],
])('%s', async (_, snapshot, operation, scope, decision) => {
  expect((await can(snapshot, operation, scope)).decision).toBe(decision);
});

test('what an export shows nothing of is noticed, or leaves the answer open', async () => {
  const asked = ['nothing-inherited', `${vm}/read`, `${subscription}/resourceGroups/shop`] as const;
  const { decision, notices } = await can(...asked);
  expect([decision, notices.map(({ code }) => code)]).toEqual(['not-granted', ['export-may-be-partial']]);
  expect((await can(...asked, '-p', ada, '--strict-exports')).decision).toBe('unknown');
});

test('a classic administrator is named, and passed over', async () => {
  const { notices } = await can('classic-administrators', `${vm}/read`, subscription);
  expect(notices.map(({ message }) => message).join()).toContain(
    '1 entry was not read (classic administrators)',
  );
});

test('Owner and Contributor act on no data of a Foundry project', async () => {
  const project = inGroup('ai', 'Microsoft.CognitiveServices/accounts/hub/projects/p1');
  const operation = 'Microsoft.CognitiveServices/accounts/AIServices/agents/write';
  const args = [
    'who-can',
    '-a',
    operation,
    '-s',
    project,
    '--snapshot',
    'foundry-project',
    '--format',
    'json',
  ];
  const { principals } = JSON.parse((await runCli(args, { cwd })).stdout);
  expect(principals.map(({ id, decision }: Record<string, string>) => [id, decision])).toEqual([
    ['44444444-aaaa-bbbb-cccc-333333333333', 'allowed'],
  ]);
});

test('a group is called by the name that the assignment has for it', async () => {
  const asked = [
    'named-group',
    'Microsoft.Databricks/accessConnectors/write',
    `${subscription}/resourceGroups/lake`,
  ] as const;
  expect((await can(...asked, '-p', 'Lakehouse Deployers')).decision).toBe('allowed');
  const { stdout } = await runCli(['who-can', '-a', asked[1], '-s', asked[2], '--snapshot', asked[0]], {
    cwd,
  });
  expect(stdout).toContain('No known principal may do');
  expect(stdout).toContain('The group "Lakehouse Deployers"');
});

test('a file of AzureHound is named, with what to export instead', async () => {
  const { stderr, exitCode } = await runCli(
    ['can', '-p', ada, '-a', `${vm}/write`, '-s', subscription, '--snapshot', 'azurehound/azurehound.json'],
    { cwd },
  );
  expect(stderr).toContain('is a file of AzureHound, which is not read.');
  expect(stderr).toContain('az role assignment list --all');
  expect(exitCode).toBe(2);
});

test.each([
  ['an action', ada, 'effectiveRouteTable/action', 'denied'],
  ['reading', ada, 'read', 'allowed'],
  [
    'the principal that it leaves out',
    '99999999-aaaa-bbbb-cccc-333333333333',
    'effectiveRouteTable/action',
    'allowed',
  ],
])('the deny assignment of Databricks: %s', async (_, principal, operation, decision) => {
  const card = 'Microsoft.Network/networkInterfaces';
  const asked = ['databricks-deny', `${card}/${operation}`, inGroup('dbx-managed', `${card}/w1`)] as const;
  expect((await can(...asked, '-p', principal)).decision).toBe(decision);
});

test('lint finds the assignment at a share that gives access to no file', async () => {
  const { stdout, exitCode } = await runCli(['lint', '--snapshot', 'file-share', '--format', 'json'], {
    cwd,
  });
  const { findings } = JSON.parse(stdout);
  expect(findings).toMatchObject([{ ruleId: 'assignment-without-effect', severity: 'medium' }]);
  expect(findings[0].message).toContain(`${files}/fileshares/team`);
  expect(exitCode).toBe(1);
});
