import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly results: readonly {
    subject: { name: string; principal: string };
    scope: string | null;
    status: string;
    covered: readonly string[];
    missing: readonly string[];
    because?: readonly { id: string }[];
  }[];
  readonly notices: readonly { code: string; message: string }[];
  readonly errors: readonly { message: string; line?: number }[];
}

interface Checked {
  readonly exitCode: number;
  readonly status: readonly string[];
  readonly report: Report;
  readonly stderr: string;
}

async function check(files: Readonly<Record<string, string>>, access: string): Promise<Checked> {
  const args = ['check', 'access.yaml', '--assignments', 'infra', '--format', 'json'];
  const { exitCode, stdout, stderr } = await runCli(args, {
    cwd: projectWith({ ...files, 'access.yaml': access }),
  });
  const report = (stdout === '' ? { results: [], notices: [], errors: [] } : JSON.parse(stdout)) as Report;
  return { exitCode, status: report.results.map(({ status }) => status), report, stderr };
}

const identity = 'azurerm_user_assigned_identity.scorer';
const account = 'azurerm_storage_account.data';

const base = `
resource "azurerm_storage_account" "data" {
  name                = "mldata"
  resource_group_name = "ml"
}
resource "azurerm_user_assigned_identity" "scorer" {
  name                = "scorer"
  resource_group_name = "ml"
}
`;

function code(parts: { role?: string; scope?: string; principal?: string; more?: string }): string {
  const {
    role = 'role_definition_name = "Storage Blob Data Reader"',
    scope = `${account}.id`,
    principal = `${identity}.principal_id`,
    more = '',
  } = parts;
  return `${base}resource "azurerm_role_assignment" "reads" {\n  ${role}\n  scope = ${scope}\n  principal_id = ${principal}\n${more}}\n`;
}

function access(principal = identity, scope = account, more = ''): string {
  return `version: 1\nidentities:\n  - name: scorer\n    principal: ${principal}\n    needs:\n      - { set: blob-read, scope: "${scope}" }\n${more}`;
}

describe('Terraform', () => {
  test.each([
    ['the role that is needed', {}, 'pass', 0],
    ['more than that', { role: 'role_definition_name = "Storage Blob Data Contributor"' }, 'fail', 1],
    ['another role', { role: 'role_definition_name = "Reader"' }, 'fail', 1],
    [
      'by GUID',
      {
        role: 'role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"',
      },
      'pass',
      0,
    ],
    [
      'at the resource group',
      {
        scope: 'azurerm_resource_group.ml.id',
        more: '}\nresource "azurerm_resource_group" "ml" {\n  name = "ml"\n',
      },
      'pass',
      0,
    ],
    ['to nobody that is asked about', { principal: '"a0000000-0000-0000-0000-000000000001"' }, 'fail', 1],
    [
      'under a count that is unknown',
      { more: '  count = var.on ? 1 : 0\n}\nvariable "on" {\n' },
      'unknown',
      3,
    ],
    [
      'of a role that is unknown',
      { role: 'role_definition_id = var.role', more: '}\nvariable "role" {\n' },
      'unknown',
      3,
    ],
    ['at a scope that is unknown', { scope: 'var.scope', more: '}\nvariable "scope" {\n' }, 'unknown', 3],
    [
      'in a group whose name is unknown',
      {
        scope: 'azurerm_resource_group.ml.id',
        more: '}\nvariable "g" {}\nresource "azurerm_resource_group" "ml" {\n  name = var.g\n',
      },
      'unknown',
      3,
    ],
  ] as const)('an assignment %s', async (_, parts, status, exitCode) => {
    const checked = await check({ 'infra/main.tf': code(parts) }, access());
    expect([checked.status, checked.exitCode]).toEqual([[status], exitCode]);
  });

  test('the role of the same code, and what is accepted by its name', async () => {
    const role = `}
resource "azurerm_role_definition" "reader" {
  name  = "Data Reader"
  scope = "/subscriptions/11111111-2222-3333-4444-555555555555"
  permissions {
    actions      = ["Microsoft.Storage/storageAccounts/blobServices/containers/read", "Microsoft.Storage/storageAccounts/listKeys/action"]
    data_actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]
  }
`;
    const parts = {
      role: `role_definition_id = azurerm_role_definition.reader.role_definition_resource_id`,
      more: role,
    };
    const files = { 'infra/main.tf': code(parts) };
    expect((await check(files, access())).status).toEqual(['fail']);
    const accepted = '    accept:\n      - { role: Data Reader, reason: it was made for this }\n';
    const other = code({
      ...parts,
      more: role.replace(
        ', "Microsoft.Storage/storageAccounts/listKeys/action"',
        ', "Microsoft.Storage/storageAccounts/read"',
      ),
    });
    expect((await check({ 'infra/main.tf': other }, access(identity, account, accepted))).status).toEqual([
      'pass',
    ]);
  });

  test('modules and loops have addresses of their own', async () => {
    const files = {
      'infra/main.tf':
        'module "scoring" {\n  source = "./scoring"\n  for_each = toset(["eu", "us"])\n  region = each.key\n}\n',
      'infra/scoring/main.tf': `variable "region" {}\n${code({}).replace('"mldata"', '"ml${var.region}"')}`,
    };
    const prefix = 'module.scoring["eu"].';
    const checked = await check(
      files,
      access(`'${prefix}${identity}'`, `${prefix}${account}`.replaceAll('"', '\\"')),
    );
    expect([checked.status, checked.report.errors]).toEqual([['pass'], []]);
    const crossed = await check(
      files,
      access(`'${prefix}${identity}'`, `module.scoring[\\"us\\"].${account}`),
    );
    expect(crossed.status).toEqual(['fail', 'excess']);
  });

  test('an identity that nothing is assigned to holds nothing', async () => {
    const checked = await check(
      { 'infra/main.tf': code({ principal: '"a0000000-0000-0000-0000-000000000001"' }) },
      access(),
    );
    expect(checked.report.notices.map(({ code: of }) => of)).toEqual(['no-role-assignments']);
  });

  test('a literal scope may be the one that code has, or not', async () => {
    const scope =
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ml/providers/Microsoft.Storage/storageAccounts';
    const files = { 'infra/main.tf': code({}) };
    expect((await check(files, access(identity, `${scope}/mldata`))).status).toEqual(['unknown']);
    expect((await check(files, access(identity, `${scope}/other`))).status).toEqual(['fail', 'excess']);
  });

  test('names that the code does not have are mistakes', async () => {
    const checked = await check(
      { 'infra/main.tf': code({}) },
      access('azurerm_user_assigned_identity.scorrer'),
    );
    expect([checked.exitCode, checked.report.errors.map(({ line }) => line)]).toEqual([2, [4]]);
  });

  test('no assignment at all is a mistake, and so is a snapshot beside it', async () => {
    expect((await check({ 'infra/main.tf': base }, access())).stderr).toContain(
      'No role assignment was found in infra.',
    );
    const args = ['check', 'access.yaml', '--assignments', 'infra', '--snapshot', 'snapshot.json'];
    const run = await runCli(args, {
      cwd: projectWith({ 'infra/main.tf': code({}), 'access.yaml': access() }),
    });
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('Give either')]);
  });
});

describe('Bicep', () => {
  const bicep = `resource scorer 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'scorer'
  location: 'westeurope'
}
resource data 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'mldata'
}
resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(data.id, scorer.id, reader.id)
  scope: data
  properties: {
    principalId: scorer.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: reader.id
  }
}
resource reader 'Microsoft.Authorization/roleDefinitions@2022-04-01' existing = {
  scope: subscription()
  name: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
}
`;

  test('symbols name principals and scopes', async () => {
    const checked = await check({ 'infra/main.bicep': bicep }, access('scorer', 'data'));
    expect([checked.status, checked.exitCode]).toEqual([['pass'], 0]);
  });

  test('an assignment at the resource group reaches what is in it', async () => {
    const files = { 'infra/main.bicep': bicep.replace('  scope: data\n', '') };
    expect((await check(files, access('scorer', 'data'))).status).toEqual(['pass']);
  });
});
