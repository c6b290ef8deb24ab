import type { CodeResource } from '../../input/code-resource.js';
import {
  locatedItems,
  locatedMember,
  locatedMembers,
  type LocatedObject,
  type LocatedValue,
} from '../../input/located-value.js';
import type { RoleDefinition } from './role-definition.js';
import { roleOfCode } from './role-of-code.js';

/** The type of the resource that is a role definition. */
export const terraformRole = { types: new Set(['azurerm_role_definition']) } as const;

/**
 * The role of an `azurerm_role_definition`
 * (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_definition).
 */
export function roleOfTerraform(resource: CodeResource): RoleDefinition {
  const argument = (name: string): LocatedValue | undefined =>
    locatedMember(resource.properties, name)?.value;
  const scopes = argument('assignable_scopes');
  return roleOfCode({
    resource,
    name: argument('name'),
    id: argument('role_definition_id'),
    description: argument('description'),
    assignableScopes: scopes ?? listOfOne(argument('scope')),
    hasDefaultScope: true,
    permissions: permissionsOf(argument('permissions')),
  });
}

/** Where nothing else is said, the role is assignable where it is kept. */
function listOfOne(scope: LocatedValue | undefined): LocatedValue | undefined {
  return scope && { kind: 'list', items: [scope], more: undefined, at: scope.at, via: [] };
}

function permissionsOf(permissions: LocatedValue | undefined): LocatedValue | undefined {
  // In JSON a lone block is written without a list.
  if (permissions?.kind === 'object') return listOfOne(withAzureNames(permissions));
  if (permissions?.kind !== 'list') return permissions;
  const items = locatedItems(permissions).map(item => (item.kind === 'object' ? withAzureNames(item) : item));
  return { ...permissions, items, via: [] };
}

function withAzureNames(permission: LocatedObject): LocatedObject {
  const members = locatedMembers(permission).map(member => ({
    ...member,
    key: azureNames.get(member.key) ?? member.key,
  }));
  return { ...permission, members, via: [] };
}

const azureNames: ReadonlyMap<string, string> = new Map([
  ['actions', 'actions'],
  ['not_actions', 'notActions'],
  ['data_actions', 'dataActions'],
  ['not_data_actions', 'notDataActions'],
]);
