import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from './run-cli.js';

const error =
  "(AuthorizationFailed) The client '99999999-aaaa-bbbb-cccc-000000000000' with object id '22222222-aaaa-bbbb-cccc-333333333333' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/start/action' over scope '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg' or the scope is invalid.";

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'azrbac-explain-'));
  writeFileSync(join(folder, 'error.log'), error);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('where the text comes from', () => {
  test.each([
    ['arguments', [error], ''],
    ['several arguments', error.split(' '), ''],
    ['standard input', ['-'], error],
    ['standard input by default', [], error],
    ['a file', ['error.log'], ''],
  ])('%s', async (_, args, stdin) => {
    const { exitCode, stdout, stderr } = await runCli(['explain', ...args, '--format', 'json'], {
      cwd: folder,
      stdin,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      explanations: [
        {
          error: 'authorization-failed',
          missing: [
            { name: 'Microsoft.Compute/virtualMachines/start/action', inCatalog: true, plane: 'control' },
          ],
          scopes: [
            {
              id: '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg',
              kind: 'resource-group',
            },
          ],
        },
      ],
      notices: [],
    });
  });

  test('a file that is not there', async () => {
    const { exitCode, stdout, stderr } = await runCli(['explain', 'eror.log'], { cwd: folder });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'azrbac: Cannot read "eror.log": it does not exist.\n',
    });
  });

  test('a folder', async () => {
    const { exitCode, stderr } = await runCli(['explain', '.'], { cwd: folder });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'azrbac: Cannot read ".": it is a folder.\n',
    });
  });
});

test('nothing recognised is said and exits 1', async () => {
  const { exitCode, stdout, stderr } = await runCli(['explain', 'the printer is on fire']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(
    /^notice {2}No error that azrbac knows was found\. It looked for \d+ error codes .*\(nothing-recognised\)\n$/,
  );
  const json = await runCli(['explain', 'the printer is on fire', '--format', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    version: 1,
    explanations: [],
    notices: [{ code: 'nothing-recognised' }],
  });
});

test('the text report', async () => {
  const { stdout } = await runCli(['explain', error]);
  expect(stdout).toMatch(
    /^No role assignment allows the operation \(authorization-failed\)\n {2}missing {3}Microsoft\.Compute\/virtualMachines\/start\/action \(control plane\)\n/,
  );
  expect(stdout).toContain(
    '  assign    az role assignment create --assignee-object-id 22222222-aaaa-bbbb-cccc-333333333333 --assignee-principal-type ServicePrincipal --role "',
  );
});

test.each([
  ['powershell', 'New-AzRoleAssignment -ObjectId 22222222-aaaa-bbbb-cccc-333333333333'],
  ['bicep', "principalId: '22222222-aaaa-bbbb-cccc-333333333333'"],
  ['terraform', 'resource "azurerm_role_assignment" "this" {'],
])('the assignment as %s', async (language, code) => {
  const { stdout } = await runCli(['explain', error, '--as', language]);
  expect(stdout).toContain(code);
  expect(stdout).not.toContain('az role assignment create');
});

test('with a snapshot: whether the principal holds it, and what it holds near', async () => {
  const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
  const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
  const row = {
    id: `${subscription}/providers/Microsoft.Authorization/roleAssignments/cccccccc-1111-2222-3333-444444444401`,
    principalId: '22222222-aaaa-bbbb-cccc-333333333333',
    principalType: 'ServicePrincipal',
    roleDefinitionId: reader,
    scope: `${subscription}/resourceGroups/rg`,
  };
  writeFileSync(join(folder, 'role-assignments.json'), JSON.stringify([row]));
  const args = ['explain', error, '--snapshot', 'role-assignments.json', '--assume-complete'];
  const { stdout } = await runCli(args, { cwd: folder });
  expect(stdout).toContain('snapshot  not granted: ');
  expect(stdout).toContain(`holds "Reader" at ${subscription}/resourceGroups/rg`);
  const json = await runCli([...args, '--format', 'json'], { cwd: folder });
  const { explanations } = JSON.parse(json.stdout) as { explanations: { snapshot: string[] }[] };
  expect(explanations[0]?.snapshot).toHaveLength(2);
});

test('hostile text cannot reach the terminal', async () => {
  const hostile = error
    .replace("'99999999-aaaa-bbbb-cccc-000000000000'", "'\u001b]0;owned\u0007\u202eada@contoso.com'")
    .replace('/resourceGroups/rg', '/resourceGroups/r\u200bg$(reboot)`id`');
  const { stdout } = await runCli(['explain', '-'], { stdin: hostile });
  expect(stdout).toContain('\\u{1b}]0;owned\\u{7}\\u{202e}ada@contoso.com');
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u200b\u202e]/);
});

test('a lint of the custom role it proposes finds nothing to fail on', async () => {
  const { stdout } = await runCli(['explain', error, '--format', 'json']);
  const { explanations } = JSON.parse(stdout) as { explanations: { customRole: object }[] };
  const linted = await runCli(['lint', '-'], { stdin: JSON.stringify(explanations[0]?.customRole) });
  expect(linted).toMatchObject({ exitCode: 0 });
});

describe('access tokens', () => {
  const now = Math.floor(Date.parse('2026-11-21T00:00:00Z') / 1000);
  const claims = {
    aud: 'https://ml.azure.com',
    iss: 'https://sts.windows.net/77777777-0000-0000-0000-000000000000/',
    exp: now + 3600,
    nbf: now - 60,
    oid: '22222222-aaaa-bbbb-cccc-333333333333',
    appid: '99999999-aaaa-bbbb-cccc-000000000000',
    app_displayname: 'ci-deployer',
    idtyp: 'app',
    tid: '77777777-0000-0000-0000-000000000000',
  };
  const encode = (value: unknown): string =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const signature = Buffer.from('not a signature but as long as one and as secret').toString('base64url');
  const jwt = (payload: unknown): string =>
    `${encode({ typ: 'JWT', alg: 'RS256', kid: 'Xk2vbA9' })}.${encode(payload)}.${signature}`;

  async function explainToken(stdin: string, args: readonly string[] = []) {
    return runCli(['explain', '--token', '-', '--as-of', '2026-11-21', ...args], { stdin });
  }

  /** No stretch of 12 characters of any part. */
  function expectSecret(token: string, { stdout, stderr }: { stdout: string; stderr: string }): void {
    const shown = stdout + stderr;
    for (const part of token.split(/[.\s"]/)) {
      for (let at = 0; at + 12 <= part.length && at < 5_000; at++)
        expect(shown.includes(part.slice(at, at + 12))).toBe(false);
    }
  }

  test('whose it is, what it is for, and that nothing was verified', async () => {
    const token = jwt(claims);
    const run = await explainToken(token, ['--for', 'scoring']);
    expect(run).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: [
        'name       ci-deployer',
        'kind       application (service principal or managed identity)',
        'object id  22222222-aaaa-bbbb-cccc-333333333333',
        'client id  99999999-aaaa-bbbb-cccc-000000000000',
        'tenant     77777777-0000-0000-0000-000000000000',
        'audience   https://ml.azure.com',
        'service    Azure Machine Learning (scoring and batch invocation)',
        'expires    2026-11-21T01:00:00Z (valid)',
        '',
        'Its audience suits scoring calls; whether its owner may make them is a matter of roles.',
        'Decoded, not verified: who made the token was not checked.',
        '',
      ].join('\n'),
    });
    expectSecret(token, run);
  });

  test('JSON', async () => {
    const token = jwt({
      ...claims,
      appid: undefined,
      idtyp: undefined,
      upn: 'ada@contoso.com',
      scp: 'user_impersonation',
      aud: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    });
    const run = await explainToken(token, ['--format', 'json', '--for', 'control-plane']);
    expect(JSON.parse(run.stdout)).toEqual({
      version: 1,
      token: {
        audience: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
        objectId: '22222222-aaaa-bbbb-cccc-333333333333',
        clientId: null,
        name: 'ada@contoso.com',
        kind: 'user',
        tenant: '77777777-0000-0000-0000-000000000000',
        managedIdentity: null,
        service: 'control-plane',
        notBefore: '2026-11-20T23:59:00Z',
        expires: '2026-11-21T01:00:00Z',
        verified: false,
      },
      state: 'valid',
      suits: true,
      reasons: [
        'Its audience suits control-plane calls; whether its owner may make them is a matter of roles.',
      ],
      notices: [],
    });
    expectSecret(token, run);
  });

  test.each([
    ['a header before it', (token: string) => `Authorization: Bearer ${token}\n`],
    [
      'the output of the Azure CLI',
      (token: string) => JSON.stringify({ accessToken: token, tokenType: 'Bearer' }),
    ],
    ['a byte order mark', (token: string) => `\ufeff${token}`],
  ])('%s', async (_, wrap) => {
    const { exitCode, stdout } = await explainToken(wrap(jwt(claims)));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ci-deployer');
  });

  test.each([
    ['https://management.azure.com/', 'control-plane', 'scoring'],
    ['https://management.core.windows.net/', 'control-plane', 'batch-invoke'],
    ['https://management.usgovcloudapi.net', 'control-plane', 'storage'],
    ['https://management.chinacloudapi.cn/', 'control-plane', 'key-vault'],
    ['https://ml.azure.us', 'scoring', 'control-plane'],
    ['18a66f5f-dbdf-4c17-9dd7-1634712a9cbe', 'batch-invoke', 'control-plane'],
    ['https://stfraud.blob.core.windows.net', 'storage', 'control-plane'],
    ['https://vault.azure.cn', 'key-vault', 'storage'],
  ])('%s suits %s and not %s', async (aud, suits, other) => {
    const good = await explainToken(jwt({ ...claims, aud }), ['--for', suits]);
    const bad = await explainToken(jwt({ ...claims, aud }), ['--for', other]);
    expect([good.exitCode, bad.exitCode]).toEqual([0, 1]);
    expect(bad.stdout).toContain(`Its audience does not suit ${other} calls`);
    expect(bad.stdout).toContain('Fetch one with: az account get-access-token --resource https://');
  });

  test.each([
    'https://management.azure.com.evil.example',
    'https://ml.azure.com@evil.example',
    'http://ml.azure.com',
    'https://evil.example/ml.azure.com',
    '__proto__',
  ])('the audience %s is unknown', async aud => {
    const { exitCode, stdout } = await explainToken(jwt({ ...claims, aud }), ['--for', 'scoring']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('service    none that azrbac knows');
  });

  test.each([
    ['expired', { exp: now - 1 }, 'It has expired: fetch a new one.'],
    ['not yet valid', { nbf: now + 60 }, 'It is not valid yet: is a clock wrong?'],
  ])('a token that is %s', async (_, change, sentence) => {
    const { exitCode, stdout } = await explainToken(jwt({ ...claims, ...change }));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(sentence);
  });

  test('a managed identity is named by its resource', async () => {
    const { stdout } = await explainToken(
      jwt({
        ...claims,
        xms_mirid:
          '/subscriptions/1/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer',
      }),
    );
    expect(stdout).toContain(
      'identity   /subscriptions/1/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer\n',
    );
  });

  test.each([
    ['nothing', '', 'There is no token on standard input.'],
    ['a key', 'aGVsbG8gd29ybGQgdGhpcyBpcyBhIGtleQ', 'expected three parts separated by dots'],
    ['two parts', 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhYmMifQ', 'expected three parts separated by dots'],
    [
      'an encrypted token',
      'eyJhbGciOiJSUzI1NiJ9.abcdefghijklmn.opqrstuvwxyzab.cdefghijklmnop.qrstuvwxyzabcd',
      'The token is encrypted',
    ],
    [
      'no base64',
      'eyJ!!!!!!!!!!!!!!.eyJ??????????????.abcdefghijklmnop',
      'its parts are not JSON in base64url',
    ],
    [
      'no JSON',
      `${encode({ alg: 'RS256' })}.${encode('this is the secret payload, not JSON')}.${signature}`,
      'its parts are not JSON in base64url',
    ],
    [
      'an array',
      `${encode({ alg: 'RS256' })}.${encode(['secret-claims-in-a-list'])}.${signature}`,
      'its parts are not JSON in base64url',
    ],
    [
      'deep nesting',
      `${encode({ alg: 'RS256' })}.${encode(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)}.${signature}`,
      'its parts are not JSON in base64url',
    ],
    ['no audience', jwt({ oid: claims.oid, extra_secret_claim: 'hunter2hunter2' }), 'it has no audience'],
    ['10 MB', `eyJ${'QWxhZGRpbjpvcGVu'.repeat(655_360)}`, 'longer than any access token'],
  ])('%s gives one sentence', async (_, stdin, sentence) => {
    const run = await explainToken(stdin);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(sentence);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
    expectSecret(stdin, run);
  });

  test('claims cannot speak to the terminal', async () => {
    const { stdout } = await explainToken(
      jwt({ ...claims, app_displayname: '\u001b[2J##vso[task.setvariable]x\n::error::y' }),
    );
    expect(stdout).not.toMatch(/\u001b|##vso\[|^::error::/m);
  });

  test('wrong types of claims are passed over', async () => {
    const { exitCode, stdout } = await explainToken(
      jwt({ ...claims, oid: { a: 1 }, exp: 'tomorrow', nbf: 1e300, app_displayname: 7 }),
      ['--format', 'json'],
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      token: { objectId: null, name: null, expires: null, notBefore: null },
      state: 'unknown',
    });
  });

  test.each([
    ['as the value of the option', (token: string) => ['--token', token]],
    ['behind an equals sign', (token: string) => [`--token=${token}`]],
    ['beside the dash', (token: string) => ['--token', '-', token]],
    ['as the text', (token: string) => [token]],
    ['as the text, with Bearer', (token: string) => [`Bearer ${token}`]],
    ['as the text, without its signature', (token: string) => [token.slice(0, token.lastIndexOf('.'))]],
    ['as the text, its first part', (token: string) => [token.split('.')[0]!]],
    ['as several arguments', (token: string) => ['Authorization:', 'Bearer', token]],
  ])('a token on the command line is refused and not repeated: %s', async (_, args) => {
    const token = jwt(claims);
    const run = await runCli(['explain', ...args(token)]);
    expect({ exitCode: run.exitCode, stdout: run.stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('standard input');
    expectSecret(token, run);
  });

  test('what is almost a token is none', async () => {
    const { exitCode } = await runCli(['explain', '-'], { stdin: `eyJ${'a'.repeat(99_000)}!` });
    expect(exitCode).toBe(1);
  });

  test('a token in a log is not shown', async () => {
    const token = jwt(claims);
    const run = await runCli(['explain', '-'], {
      stdin: `curl -H "Authorization: Bearer ${token}"\nThe client '${token}' with object id '${token}' does not have authorization to perform action 'Microsoft.Compute/disks/read' over scope '/subscriptions/${token}'`,
    });
    expect(run.exitCode).toBe(0);
    expectSecret(token, run);
  });
});
