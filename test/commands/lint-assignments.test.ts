import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly findings: readonly {
    ruleId: string;
    message: string;
    file: string;
    line: number;
    column: number;
    subject: { kind: string; id: string; name: string | null };
    related: readonly { file: string; line: number; message: string }[];
  }[];
  readonly notices: readonly { code: string; message: string }[];
  readonly summary: { roleDefinitions: number; roleAssignments?: number; suppressed: number };
}

async function lint(files: Readonly<Record<string, string>>, ...options: string[]): Promise<Report> {
  const args = ['lint', '.', '--format', 'json', '--fail-on', 'never', ...options];
  return JSON.parse((await runCli(args, { cwd: projectWith(files) })).stdout) as Report;
}

function places({ findings }: Report): string[] {
  return findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`);
}

const identity = `resource "azurerm_user_assigned_identity" "deployer" {
  name                = "deployer"
  resource_group_name = "ml"
  location            = "westeurope"
}
`;

function assignment(parts: {
  label?: string;
  scope?: string;
  role?: string;
  principal?: string;
  more?: string;
}): string {
  const {
    label = 'deployer',
    scope = '"/subscriptions/11111111-2222-3333-4444-555555555555"',
    role = 'role_definition_name = "Reader"',
    principal = 'azurerm_user_assigned_identity.deployer.principal_id',
    more = '',
  } = parts;
  return `resource "azurerm_role_assignment" "${label}" {
  scope        = ${scope}
  ${role}
  principal_id = ${principal}
${more}}
`;
}

describe('of Terraform', () => {
  test.each([
    ['of another resource', 'azurerm_user_assigned_identity.all', 'each.value.principal_id'],
    [
      'that a loop over it makes',
      '{ for key, it in azurerm_user_assigned_identity.all : key => it.principal_id }',
      'each.value',
    ],
    ['of a local that holds it', 'local.all', 'each.value.principal_id'],
  ])('the instances %s are the rounds of a loop', async (_, loop, principal) => {
    const code = `resource "azurerm_user_assigned_identity" "all" {
  for_each            = toset(["dev", "prod"])
  name                = each.key
  resource_group_name = "ml"
}
locals {
  all = azurerm_user_assigned_identity.all
}
`;
    const role = 'role_definition_name = "Owner"';
    const more = `  for_each = ${loop}\n`;
    const report = await lint({ 'main.tf': code + assignment({ role, principal, more }) });
    expect(report.summary.roleAssignments).toBe(2);
    expect(report.findings).toMatchObject([
      {
        ruleId: 'assignment-privileged-service-principal',
        message: expect.stringContaining('azurerm_user_assigned_identity.all["dev"] has Owner'),
      },
    ]);
    expect(report.notices).toEqual([]);
  });

  test('a powerful role at a wide scope is found by the name of its principal', async () => {
    const scope = '"/providers/Microsoft.Management/managementGroups/corp"';
    const role = 'role_definition_name = "Owner"';
    const report = await lint({ 'main.tf': identity + assignment({ scope, role }) });
    expect(places(report)).toEqual(['main.tf:6 assignment-privileged-service-principal']);
    expect(report.findings[0]!.subject).toEqual({
      kind: 'role-assignment',
      id: 'azurerm_role_assignment.deployer',
      name: 'azurerm_user_assigned_identity.deployer',
    });
    expect(report.summary).toMatchObject({ roleDefinitions: 0, roleAssignments: 1 });
    expect(report.notices).toEqual([]);
  });

  test.each([
    [
      'by its GUID',
      'role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"',
      '',
    ],
    [
      'by a data source',
      'role_definition_id = data.azurerm_role_definition.owner.id',
      'data "azurerm_role_definition" "owner" {\n  name = "Owner"\n}\n',
    ],
    [
      'as a role of the same code',
      'role_definition_id = azurerm_role_definition.all.role_definition_resource_id',
      `resource "azurerm_role_definition" "all" {
  name        = "All"
  description = "Everything."
  scope       = "/subscriptions/11111111-2222-3333-4444-555555555555"
  permissions {
    # azrbac-ignore role-equals-owner, role-grants-all-actions: on purpose
    actions = ["*"]
  }
}
`,
    ],
    ['through a variable', 'role_definition_name = var.role', 'variable "role" {\n  default = "Owner"\n}\n'],
  ])('the role is known %s', async (_, role, more) => {
    const report = await lint({ 'main.tf': identity + assignment({ role }) + more });
    expect(places(report)).toEqual(['main.tf:6 assignment-privileged-service-principal']);
  });

  test('kinds of scopes are known where names are not', async () => {
    const role = 'role_definition_name = "Owner"';
    const report = await lint({
      'main.tf': [
        identity,
        'data "azurerm_subscription" "here" {}\nvariable "group" {}\n',
        'resource "azurerm_resource_group" "ml" {\n  name     = var.group\n  location = "westeurope"\n}\n',
        assignment({ label: 'wide', scope: 'data.azurerm_subscription.here.id', role }),
        assignment({
          label: 'narrow',
          scope: 'azurerm_resource_group.ml.id',
          role: 'role_definition_name = "Contributor"',
          principal: 'var.group',
        }),
      ].join(''),
    });
    expect(report.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('has Owner at /subscriptions/${data.azurerm_subscription.here.id}:'),
    ]);
  });

  test('a condition is judged at its literal, and a delegation without one at its resource', async () => {
    const report = await lint({
      'main.tf': [
        identity,
        assignment({
          label: 'reads',
          role: 'role_definition_name = "Storage Blob Data Reader"',
          more: '  condition_version = "2.0"\n  condition         = "(@Resource[x] StringEquals \'a\'"\n',
        }),
        assignment({
          label: 'delegates',
          role: 'role_definition_name = "Role Based Access Control Administrator"',
          scope: '"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ml"',
          principal: '"a0000000-0000-0000-0000-000000000001"',
        }),
      ].join(''),
    });
    expect(places(report)).toEqual([
      'main.tf:11 condition-syntax',
      'main.tf:13 condition-missing-on-delegation',
    ]);
  });

  test('what is assigned twice is found, unless it may not be deployed', async () => {
    const twice = (more: string): Record<string, string> => ({
      'main.tf': [
        identity,
        'variable "both" {}\n',
        assignment({ label: 'one' }),
        assignment({
          label: 'two',
          role: 'role_definition_name = "Contributor"',
          scope: '"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ml"',
        }),
        assignment({
          label: 'three',
          scope: '"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ml"',
          more,
        }),
      ].join(''),
    });
    expect(places(await lint(twice('')))).toEqual(['main.tf:17 assignment-redundant']);
    expect(places(await lint(twice('  count = var.both ? 1 : 0\n')))).toEqual([]);
  });

  test('what is unknown is one notice for each cause', async () => {
    const { findings, notices } = await lint({
      'main.tf':
        'variable "scope" {}\nvariable "role" {}\nvariable "who" {}\n' +
        assignment({ scope: 'var.scope', role: 'role_definition_id = var.role', principal: 'var.who' }) +
        assignment({
          label: 'other',
          scope: 'var.scope',
          role: 'role_definition_name = "Owner"',
          principal: 'var.who',
        }),
    });
    expect(findings).toEqual([]);
    expect(notices.map(({ message }) => message)).toEqual([
      'var.scope has no value here. 2 assignments were linted without that part of scope.',
      'var.role has no value here. Assignment "azurerm_role_assignment.deployer" was linted without that part of role.',
    ]);
  });

  test('addresses of two configurations are two principals', async () => {
    const code = identity + assignment({});
    const other = code.replace('"Reader"', '"Contributor"');
    expect(places(await lint({ 'dev/main.tf': code, 'prod/main.tf': other }))).toEqual([
      'prod/main.tf:6 assignment-privileged-service-principal',
    ]);
  });

  test('a comment accepts a finding', async () => {
    const role = 'role_definition_name = "Owner"';
    const code = `${identity}# azrbac-ignore assignment-privileged-service-principal: sets everything up\n${assignment({ role })}`;
    const report = await lint({ 'main.tf': code });
    expect([report.findings, report.summary.suppressed]).toEqual([[], 1]);
  });

  test('a name that is nearly that of a role is found', async () => {
    const report = await lint({
      'main.tf': identity + assignment({ role: 'role_definition_name = "Raeder"' }),
    });
    expect(places(report)).toEqual(['main.tf:8 assignment-role-unknown']);
    expect(report.notices).toHaveLength(1);
  });

  test('assignments of PIM count: those that end by themselves are no standing access', async () => {
    const pim = (type: string, schedule: string): string =>
      assignment({
        label: type,
        role: 'role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"',
        principal: '"a0000000-0000-0000-0000-000000000001"',
        scope: '"/providers/Microsoft.Management/managementGroups/corp"',
        more: schedule,
      }).replace('azurerm_role_assignment', type);
    const ending = '  schedule {\n    expiration {\n      duration_hours = 8\n    }\n  }\n';
    const report = await lint({
      'main.tf':
        pim('azurerm_pim_eligible_role_assignment', '') +
        pim('azurerm_pim_active_role_assignment', ending).replace('corp', 'other'),
    });
    expect(places(report)).toEqual([]);
    expect(report.summary.roleAssignments).toBe(2);
    const standing = pim('azurerm_pim_active_role_assignment', '').replace('corp', 'other');
    expect(places(await lint({ 'main.tf': standing }))).toEqual([
      'main.tf:1 assignment-privileged-at-high-scope',
    ]);
  });
});

const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

describe('of Bicep', () => {
  const bicep = (parts: { scope?: string; target?: string; role?: string; name?: string }): string => {
    const {
      scope = '',
      target = 'subscription',
      role = `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${owner}')`,
      name = "guid(subscription().id, principalId, 'owner')",
    } = parts;
    return `targetScope = '${target}'
param principalId string

resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: ${name}
${scope}  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: ${role}
  }
}
`;
  };

  test.each([
    ['subscription', 'main.bicep:4 assignment-privileged-service-principal'],
    ['managementGroup', 'main.bicep:4 assignment-privileged-service-principal'],
  ])('the deployment of a %s is where it applies', async (target, found) => {
    expect(places(await lint({ 'main.bicep': bicep({ target }) }))).toEqual([found]);
  });

  test('a resource group is no high scope, nor is a resource', async () => {
    const extended = `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'data'\n}\n`;
    const inGroup = bicep({
      target: 'resourceGroup',
      role: `'/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'`,
    });
    const code = extended + inGroup.replace('  properties:', '  scope: account\n  properties:');
    const report = await lint({ 'main.bicep': code, 'group.bicep': inGroup });
    expect(places(report)).toEqual([]);
    expect(report.summary.roleAssignments).toBe(2);
  });

  test('a role of the same file is known though its GUID is not', async () => {
    const code = `${bicep({ role: 'all.id' })}
resource all 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'all')
  properties: {
    roleName: 'All'
    description: 'Everything.'
    assignableScopes: [subscription().id]
    permissions: [
      {
        // azrbac-ignore role-equals-owner, role-grants-all-actions: on purpose
        actions: ['*']
      }
    ]
  }
}
`;
    expect(places(await lint({ 'main.bicep': code }))).toEqual([
      'main.bicep:4 assignment-privileged-service-principal',
    ]);
  });
});

describe('of ARM templates', () => {
  const template = (resource: object): string =>
    JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { principalId: { type: 'string' } },
      resources: [resource],
    });
  const properties = {
    principalId: "[parameters('principalId')]",
    principalType: 'ServicePrincipal',
    roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${owner}')]`,
  };
  const resource = {
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: '2022-04-01',
    name: "[guid(subscription().id, parameters('principalId'))]",
    properties,
  };

  test('an assignment applies where the deployment goes', async () => {
    const report = await lint({ 'main.json': template(resource) });
    expect(report.findings.map(({ ruleId, message }) => [ruleId, message])).toEqual([
      [
        'assignment-privileged-service-principal',
        expect.stringContaining("parameters('principalId') has Owner at /subscriptions/${subscription()}:"),
      ],
    ]);
  });

  test.each([
    [
      'scope',
      '/subscriptions/${subscription()}/providers/Microsoft.Storage/storageAccounts/data',
      { ...resource, scope: "[concat('Microsoft.Storage/storageAccounts/', 'data')]" },
    ],
    [
      'a long name',
      '/subscriptions/${subscription()}/providers/Microsoft.Storage/storageAccounts/data',
      {
        ...resource,
        type: 'Microsoft.Storage/storageAccounts/providers/roleAssignments',
        name: "[concat('data', '/Microsoft.Authorization/', guid(parameters('principalId')))]",
      },
    ],
    [
      'a deployment to a resource group',
      '/subscriptions/${subscription()}/resourceGroups/ml',
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: 'inner',
        resourceGroup: 'ml',
        properties: {
          mode: 'Incremental',
          template: {
            $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
            contentVersion: '1.0.0.0',
            resources: [resource],
          },
        },
      },
    ],
  ])('%s narrows it', async (_, at, narrowed) => {
    const report = await lint({ 'main.json': template(narrowed) });
    expect(report.findings.map(({ message }) => / at (.+?): /.exec(message)?.[1])).toEqual([at]);
  });
});

describe('look-alikes are left alone', () => {
  test.each([
    [
      'Cosmos DB',
      'main.tf',
      'resource "azurerm_cosmosdb_sql_role_assignment" "a" {\n  role_definition_id = "x"\n  principal_id = "y"\n  scope = "/"\n}\n',
    ],
    [
      'a subnet',
      'main.tf',
      'resource "azurerm_subnet" "a" {\n  delegation {\n    name = "d"\n    service_delegation {\n      name    = "Microsoft.Web/serverFarms"\n      actions = ["Microsoft.Network/virtualNetworks/subnets/action"]\n    }\n  }\n}\n',
    ],
    [
      'Kubernetes',
      'main.tf',
      'resource "kubernetes_role_binding" "a" {\n  role_ref {\n    kind = "Role"\n    name = "admin"\n  }\n}\n',
    ],
    [
      'Entra',
      'main.tf',
      'resource "azuread_directory_role_assignment" "a" {\n  role_id = "x"\n  principal_object_id = "y"\n}\n',
    ],
    [
      'Cosmos DB in Bicep',
      'main.bicep',
      "resource a 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2023-04-15' = {\n  name: 'a/b'\n  properties: { roleDefinitionId: 'x', principalId: 'y', scope: '/' }\n}\n",
    ],
  ])('%s', async (_, file, text) => {
    const run = await runCli(['lint', '.', '--format', 'json'], { cwd: projectWith({ [file]: text }) });
    const report = JSON.parse(run.stdout) as Report;
    expect([report.findings, report.summary.roleAssignments, report.summary.roleDefinitions]).toEqual([
      [],
      undefined,
      0,
    ]);
  });
});
