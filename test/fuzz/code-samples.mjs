// A role and an assignment of it as people commit them, in each language of infrastructure as code, with the constructs that
// its reader evaluates: loops, conditions, variables, functions and values that are unknown.

/** A role with a loop, a local, a dynamic block and a condition around its actions. */
export function terraformOf({ Name, Description, Actions, AssignableScopes }) {
  return Buffer.from(`variable "more" {
  default = { a = [], b = ["*/read"] }
}
locals {
  actions = ${JSON.stringify(Actions)} # all of them
}
resource "azurerm_role_definition" "role" {
  for_each          = { for key, list in var.more : key => concat(local.actions, list) if length(list) < 9 }
  name              = "\${each.key} \${${JSON.stringify(String(Name))}}"
  description       = <<-EOT
    ${String(Description)}
    %{ if each.key == "a" ~}
    Read only.
    %{ endif ~}
  EOT
  scope             = "/"
  assignable_scopes = ${JSON.stringify(AssignableScopes ?? [])}
  dynamic "permissions" {
    for_each = [each.value]
    content {
      actions     = try(permissions.value, jsondecode(file("role.json")))
      not_actions = var.more["a"][*]
    }
  }
}
resource "azurerm_role_assignment" "one" {
  for_each           = azurerm_role_definition.role
  scope              = data.azurerm_subscription.current.id
  role_definition_id = each.value.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.it.principal_id
}
resource "azapi_resource" "two" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = "\${data.azurerm_subscription.current.id}/resourceGroups/\${var.group}"
  body      = jsonencode({ properties = { roleDefinitionId = local.role, principalId = uuid() } })
}
data "azurerm_subscription" "current" {}
resource "azurerm_user_assigned_identity" "it" { name = "it" }
module "roles" {
  source = "../roles"
  who    = azurerm_user_assigned_identity.it.principal_id
}
`);
}

export function bicepOf({ Name, Description, Actions, AssignableScopes }) {
  const list = texts => `[\n${[texts].flat().map(text => `    ${bicepText(text)}`).join('\n')}\n  ]`;
  return Buffer.from(`targetScope = 'subscription'
@description('More of them.')
param more string[] = ['*/read', ...extra]
param group string?
var extra = [for i in range(0, 2): 'Microsoft.Compute/disks/\${i == 0 ? 'read' : 'write'}']
type entry = { name: string, *: int }
func title(name string) string => '\${toUpper(name)}!'
/* One for each
   of two stages. */
resource roles 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [for (stage, i) in ['dev', 'prod']: if (i < 2) {
  name: guid(subscription().id, stage, title(stage))
  properties: {
    roleName: '\${stage} ${String(Name).replaceAll(/['\\$\n\r]/g, '')}'
    description: '''${String(Description).replaceAll("'", '')}'''
    type: 'CustomRole'
    permissions: [
      {
        actions: union(${list(Actions)}, filter(more, each => !empty(each)))
        notActions: contains(more, 'x') ? more : []
        dataActions: group!.?lists[?0] ?? []
      }
    ]
    assignableScopes: ${list(AssignableScopes ?? [])}
  }
}]
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'it'
  scope: resourceGroup(group ?? 'ml')
}
resource assigned 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(identity.id, roles[0].id)
  properties: {
    roleDefinitionId: roles[0].id
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
module inner './inner.bicep' = if (group != null) {
  name: 'inner'
  params: { who: identity.properties.principalId, role: az.roleDefinitions('Owner').id }
}
`);
}

export function templateOf({ Name, Description, Actions, AssignableScopes }) {
  const role = {
    type: 'Microsoft.Authorization/roleDefinitions',
    apiVersion: '2022-04-01',
    name: "[guid(subscription().id, variables('names')[copyIndex()])]",
    copy: { name: 'roles', count: "[length(variables('names'))]" },
    condition: "[or(equals(parameters('stage'), 'dev'), not(contains(variables('names'), 'x')))]",
    properties: {
      roleName: "[format('{0} {1}', variables('names')[copyIndex()], parameters('stage'))]",
      description: Description,
      permissions: [
        { actions: "[union(variables('actions'), if(empty(parameters('stage')), createArray(), json('[\"*/read\"]')))]" },
      ],
      assignableScopes: AssignableScopes ?? [],
    },
  };
  const assignment = {
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: '2022-04-01',
    name: "[guid(resourceGroup().id, uniqueString('a', parameters('stage')))]",
    properties: {
      roleDefinitionId: "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')]",
      principalId: "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'it'), '2023-01-31').principalId]",
    },
  };
  const inner = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: 'inner',
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { who: { value: "[parameters('stage')]" } },
      template: { contentVersion: '1.0.0.0', parameters: { who: { type: 'string' } }, resources: [assignment] },
    },
  };
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { stage: { type: 'string', defaultValue: 'dev' } },
    variables: { names: [String(Name), 'second'], actions: Actions },
    resources: [role, assignment, inner],
  };
  return Buffer.from(JSON.stringify(template, null, 2));
}

/** A task of Ansible, an anchor and a second document in the shape of REST. */
export function yamlOf({ Name, Description, Actions, AssignableScopes }) {
  return Buffer.from(`# Roles of ours
- hosts: localhost
  tasks:
    - name: "{{ item.name }} # no comment"
      azure.azcollection.azure_rm_roledefinition: # azrbac-ignore action-redundant: all of it
        name: ${JSON.stringify(String(Name))}
        description: >-
          ${String(Description).replaceAll('\n', ' ')}
        permissions:
          - actions: &all ${JSON.stringify(Actions)}
            not_actions: ["{{ less }}", Microsoft.Compute/{{ type }}/read]
            data_actions: *all
        assignable_scopes: ${JSON.stringify(AssignableScopes ?? [])}
      loop: "{{ roles }}"
---
global:
  role: { roleName: other, permissions: { Actions: ['*'], NotActions: [] } }
`);
}

function bicepText(text) {
  return `'${String(text).replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('${', '\\${')}'`;
}
