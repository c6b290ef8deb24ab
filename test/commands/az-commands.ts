import { shippedCatalog } from '../shipped-catalog.js';

/** What a tenant holds: rows as the REST interface has them. */
export interface Tenant {
  readonly roleDefinitions: object[];
  readonly roleAssignments: object[];
}

/** Runs the az commands in a text against a tenant, as far as role definitions and assignments go. @throws on any other. */
export function runAzCommands(text: string, { roleDefinitions, roleAssignments }: Tenant): number {
  const lines = text.split('\n').filter(line => line.trim().startsWith('az '));
  for (const line of lines) {
    const words = wordsOf(line.trim());
    const command = words.slice(0, 4).join(' ');
    const option = (name: string): string => words[words.indexOf(`--${name}`) + 1]!;
    if (command === 'az role definition create') {
      const role = JSON.parse(option('role-definition')) as CustomRole;
      refuseTakenName(role, roleDefinitions);
      roleDefinitions.push(definitionRow(role, guidOf(roleDefinitions.length, 'd')));
    } else if (command === 'az role assignment create') {
      const id = guidOf(roleAssignments.length, 'a');
      const properties = {
        scope: option('scope'),
        principalId: option('assignee-object-id'),
        principalType: option('assignee-principal-type'),
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleGuid(option('role'), roleDefinitions)}`,
      };
      refuseSecond(properties, roleAssignments);
      roleAssignments.push({
        id: `${properties.scope}/providers/Microsoft.Authorization/roleAssignments/${id}`,
        name: id,
        properties,
      });
    } else throw new Error(`not known here: ${command}`);
  }
  return lines.length;
}

interface CustomRole {
  readonly Name: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  readonly AssignableScopes: readonly string[];
}

function definitionRow(role: CustomRole, guid: string): object {
  return {
    id: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    properties: {
      roleName: role.Name,
      type: 'CustomRole',
      assignableScopes: role.AssignableScopes,
      permissions: [
        {
          actions: role.Actions,
          notActions: role.NotActions,
          dataActions: role.DataActions,
          notDataActions: role.NotDataActions,
        },
      ],
    },
  };
}

/** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (RoleDefinitionWithSameNameExists). */
function refuseTakenName({ Name: name }: CustomRole, definitions: readonly object[]): void {
  const taken = (definitions as { properties: { roleName: string } }[]).some(
    ({ properties }) => properties.roleName.toLowerCase() === name.toLowerCase(),
  );
  if (taken || shippedCatalog.builtInRoles.find(name) !== undefined)
    throw new Error(`a role is called "${name}" already`);
}

/** The same page (RoleAssignmentExists). */
function refuseSecond(properties: object, assignments: readonly object[]): void {
  const rows = assignments as readonly { properties: object }[];
  if (rows.some(row => JSON.stringify(row.properties) === JSON.stringify(properties)))
    throw new Error('the role assignment exists already');
}

/** Azure takes the name of a custom role or of a built-in one. Of two custom roles with one name, it takes neither. */
function roleGuid(name: string, definitions: readonly object[]): string {
  const own = (definitions as { name: string; properties: { roleName: string } }[]).filter(
    ({ properties }) => properties.roleName === name,
  );
  if (own.length > 1) throw new Error(`two roles are called "${name}"`);
  const guid = own[0]?.name ?? shippedCatalog.builtInRoles.find(name)?.guid;
  if (guid === undefined) throw new Error(`there is no role "${name}"`);
  return guid;
}

function guidOf(number: number, kind: string): string {
  return `${kind.repeat(8)}-1111-4222-8333-${String(number).padStart(12, '0')}`;
}

/** As a POSIX shell splits a line that has no variables in it. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|\\'|[^\s"'\\])+/g) ?? [];
  return words.map(word =>
    word.replace(/"([^"]*)"|'([^']*)'|\\'/g, (_, double, single) => double ?? single ?? "'"),
  );
}
