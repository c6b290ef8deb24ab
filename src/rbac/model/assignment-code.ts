import { type Grantee, assignmentCommand } from './az-command.js';
import { isPlace, type Scope } from './scope.js';

/** What a role assignment can be written in. */
export type AssignmentLanguage = 'az' | 'powershell' | 'bicep' | 'terraform';

/** A role assignment that somebody is to make. What is not known stands there in capitals. */
export interface WantedAssignment {
  readonly role: {
    readonly name: string;
    /** The GUID; null for a custom role, which has another in every tenant. */
    readonly id: string | null;
  };
  readonly grantee: Grantee;
  readonly scope: Scope | undefined;
}

/** The assignment as a command line, or as code that deploys it. */
export function assignmentIn(language: AssignmentLanguage, wanted: WantedAssignment): string {
  switch (language) {
    case 'az':
      return assignmentCommand(wanted.role.name, wanted.grantee, wanted.scope);
    case 'powershell':
      return inPowerShell(wanted);
    case 'bicep':
      return inBicep(wanted);
    case 'terraform':
      return inTerraform(wanted);
  }
}

function scopeText(scope: Scope | undefined): string {
  return scope !== undefined && (isPlace(scope) || scope.kind === 'placeholder') ? scope.text : 'SCOPE';
}

/** https://learn.microsoft.com/powershell/module/az.resources/new-azroleassignment */
function inPowerShell({ role, grantee, scope }: WantedAssignment): string {
  const kind = grantee.kind === null ? '' : ` -ObjectType ${grantee.kind}`;
  return `New-AzRoleAssignment -ObjectId ${grantee.objectId ?? 'OBJECT_ID'}${kind} -RoleDefinitionName ${single(role.name, "''")} -Scope ${single(scopeText(scope), "''")}`;
}

/** https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template */
function inBicep({ role, grantee, scope }: WantedAssignment): string {
  const quote = (text: string): string => single(text, "\\'", true);
  const resource = resourceIn(scope);
  const principal = quote(grantee.objectId ?? 'OBJECT_ID');
  const definition = `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ${quote(role.id ?? 'ROLE_DEFINITION_GUID')})`;
  return [
    ...(resource === undefined
      ? [`// deploy to ${scopeText(scope)}`]
      : [
          `resource target ${quote(`${resource.type}@API_VERSION`)} existing = {`,
          `  name: ${quote(resource.name)}`,
          '}',
        ]),
    "resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {",
    `  name: guid(${resource === undefined ? quote(scopeText(scope)) : 'target.id'}, ${principal}, ${quote(role.name)})`,
    ...(resource === undefined ? [] : ['  scope: target']),
    '  properties: {',
    `    principalId: ${principal}`,
    ...(grantee.kind === null ? [] : [`    principalType: ${quote(grantee.kind)}`]),
    `    roleDefinitionId: ${definition}`,
    '  }',
    '}',
  ].join('\n');
}

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_assignment */
function inTerraform({ role, grantee, scope }: WantedAssignment): string {
  const quote = (text: string): string => JSON.stringify(text).replace(/[$%](?=\{)/g, sign => sign + sign);
  return [
    'resource "azurerm_role_assignment" "this" {',
    `  scope                = ${quote(scopeText(scope))}`,
    `  role_definition_name = ${quote(role.name)}`,
    `  principal_id         = ${quote(grantee.objectId ?? 'OBJECT_ID')}`,
    ...(grantee.kind === null ? [] : [`  principal_type       = ${quote(grantee.kind)}`]),
    '}',
  ].join('\n');
}

/** Text in single quotes; what a stranger wrote into a name must not end it. */
function single(text: string, quote: string, escapesBackslash = false): string {
  const safe = escapesBackslash ? text.replaceAll('\\', '\\\\').replaceAll('${', '\\${') : text;
  return `'${safe.replaceAll("'", quote).replace(/[\r\n]/g, ' ')}'`;
}

function resourceIn(scope: Scope | undefined): { readonly type: string; readonly name: string } | undefined {
  if (scope?.kind !== 'resource') return undefined;
  const parts = scope.text.replace(/\/$/, '').split('/');
  const at = parts.findLastIndex(part => part.toLowerCase() === 'providers');
  const pairs = parts.slice(at + 2);
  return {
    type: [parts[at + 1], ...pairs.filter((_, i) => i % 2 === 0)].join('/'),
    name: pairs.filter((_, i) => i % 2 === 1).join('/'),
  };
}
