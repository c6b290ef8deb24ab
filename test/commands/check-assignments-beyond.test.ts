import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Checked {
  readonly exitCode: number;
  readonly status: readonly string[];
  readonly notices: readonly string[];
}

async function check(
  files: Readonly<Record<string, string>>,
  principal: string,
  scope: string,
): Promise<Checked> {
  const access = `version: 1
identities:
  - name: scorer
    principal: ${principal}
    needs:
      - { set: blob-read, scope: "${scope}" }
`;
  const cwd = projectWith({ ...files, 'access.yaml': access });
  const args = ['check', 'access.yaml', '--assignments', 'infra', '--format', 'json'];
  const { exitCode, stdout } = await runCli(args, { cwd });
  const { results, notices } = JSON.parse(stdout) as {
    results: readonly { status: string }[];
    notices: readonly { message: string }[];
  };
  return {
    exitCode,
    status: results.map(({ status }) => status),
    notices: notices.map(({ message }) => message),
  };
}

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
const reads = `
resource "azurerm_role_assignment" "reads" {
  role_definition_name = "Storage Blob Data Reader"
  scope                = azurerm_storage_account.data.id
  principal_id         = azurerm_user_assigned_identity.scorer.principal_id
}
`;
const ofGroup = `
resource "azurerm_role_assignment" "group" {
  role_definition_name = "Storage Blob Data Contributor"
  scope                = azurerm_storage_account.data.id
  principal_id         = azuread_group.team.object_id
}
`;

function checkTerraform(code: string): Promise<Checked> {
  return check(
    { 'infra/main.tf': base + code },
    'azurerm_user_assigned_identity.scorer',
    'azurerm_storage_account.data',
  );
}

describe('what was not read and is given the identity may assign it roles', () => {
  test.each([
    ['its object id', 'principal_id = azurerm_user_assigned_identity.scorer.principal_id'],
    ['the whole of it', 'identity = azurerm_user_assigned_identity.scorer'],
    ['it deep in a value', 'roles = { a = [{ to = azurerm_user_assigned_identity.scorer.client_id }] }'],
    [
      'it by way of a local',
      'principal_id = local.id\n}\nlocals {\n  id = azurerm_user_assigned_identity.scorer.principal_id',
    ],
  ])('a module that is given %s', async (_, argument) => {
    const module = `module "extra" {\n  source = "Azure/extra/azurerm"\n  ${argument}\n}\n`;
    const { status, exitCode, notices } = await checkTerraform(reads + module);
    expect([status, exitCode]).toEqual([['unknown'], 3]);
    expect(notices).toContainEqual(
      expect.stringContaining('module.extra was not read and is given azurerm_user_assigned_identity.scorer'),
    );
  });

  test('a module that is not given it changes nothing', async () => {
    const module =
      'module "extra" {\n  source = "Azure/extra/azurerm"\n  account = azurerm_storage_account.data.id\n}\n';
    expect((await checkTerraform(reads + module)).status).toEqual(['pass']);
  });

  test('nor a module that is given another identity whose name begins so', async () => {
    const other = base.slice(base.indexOf('resource "azurerm_user')).replaceAll('scorer', 'scorer-two');
    const module =
      'module "extra" {\n  source = "Azure/extra/azurerm"\n  id = azurerm_user_assigned_identity.scorer-two.principal_id\n}\n';
    expect((await checkTerraform(reads + other + module)).status).toEqual(['pass']);
  });

  test('a template that is deployed with it', async () => {
    const deployment = `resource "azurerm_resource_group_template_deployment" "roles" {
  name               = "roles"
  template_content   = file("roles.json")
  parameters_content = jsonencode({ principal = { value = azurerm_user_assigned_identity.scorer.principal_id } })
}
`;
    expect((await checkTerraform(reads + deployment)).status).toEqual(['unknown']);
  });

  test('a module of a registry in Bicep', async () => {
    const bicep = `resource scorer 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'scorer'
  location: 'westeurope'
}
resource data 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'mldata'
}
resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(data.id, scorer.id)
  scope: data
  properties: {
    principalId: scorer.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
  }
}
module extra 'br/public:avm/res/storage/storage-account:0.9.0' = {
  name: 'extra'
  params: {
    PARAMS
  }
}
`;
    const asked = (params: string) =>
      check({ 'infra/main.bicep': bicep.replace('PARAMS', params) }, 'scorer', 'data');
    expect((await asked('roles: [{ principalId: scorer.properties.principalId }]')).status).toEqual([
      'unknown',
    ]);
    expect((await asked("name: 'other'")).status).toEqual(['pass']);
  });
});

describe('what a group has is held by those that the code makes its members', () => {
  const team = (members: string): string =>
    `resource "azuread_group" "team" {\n  display_name = "team"\n  ${members}\n}\n`;
  const member = (group: string, of: string): string =>
    `resource "azuread_group_member" "${group}" {\n  group_object_id = azuread_group.${group}.object_id\n  member_object_id = ${of}\n}\n`;
  const scorer = 'azurerm_user_assigned_identity.scorer.principal_id';
  const inner = 'resource "azuread_group" "inner" {\n  display_name = "inner"\n}\n';

  test.each([
    ['in the group itself', team(`members = [${scorer}]`), 'fail'],
    ['by a resource of its own', team('') + member('team', scorer), 'fail'],
    [
      'through a group in it',
      team('') + inner + member('team', 'azuread_group.inner.id') + member('inner', scorer),
      'fail',
    ],
    ['no member of it', team('members = ["33333333-3333-4333-8333-333333333333"]'), 'pass'],
    [
      'perhaps',
      `${team('members = concat(var.others, var.more)')}variable "others" {}\nvariable "more" {}\n`,
      'unknown',
    ],
  ])('%s', async (_, groups, status) => {
    expect((await checkTerraform(reads + ofGroup + groups)).status).toEqual([status]);
  });

  test('alone: nothing is assigned to the identity itself', async () => {
    expect((await checkTerraform(ofGroup + team(`members = [${scorer}]`))).status).toEqual(['fail']);
    expect((await checkTerraform(`${ofGroup}${team('')}`)).notices).toEqual([
      expect.stringContaining('has no role assignment in the code'),
    ]);
  });
});

test('a place may be in a module that assigns nothing', async () => {
  const code = reads.replace('azurerm_storage_account.data.id', 'module.storage.id');
  const identity = base.slice(base.indexOf('resource "azurerm_user'));
  const files = {
    'infra/main.tf': `${identity}${code}module "storage" {\n  source = "./storage"\n}\n`,
    'infra/storage/main.tf': `${base.slice(0, base.indexOf('resource "azurerm_user'))}output "id" {\n  value = azurerm_storage_account.data.id\n}\n`,
  };
  const asked = await check(
    files,
    'azurerm_user_assigned_identity.scorer',
    'module.storage.azurerm_storage_account.data',
  );
  expect(asked.status).toEqual(['pass']);
});
