import { findPaths, type PathQuery } from '../../../src/analysis/escalation/find-paths.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import {
  assign,
  group,
  id,
  type Row,
  roles,
  type Rows,
  subscription,
  tenantOf,
} from '../../tenant/access/tenant-rows.js';

export interface PathsQuery extends Partial<Omit<PathQuery, 'to'>> {
  readonly to?: string;
}

/** Everything that is found in a tenant of these rows. */
export function report(rows: Rows, { to, ...query }: PathsQuery = {}) {
  return findPaths(tenantOf(rows), {
    includeEligible: false,
    includeOwners: false,
    ...query,
    to: to === undefined ? undefined : parseScope(to),
  });
}

/** Who gets to the subscription, and how: `1: virtual-machine>9 role-assignment?` */
export function paths(rows: Rows, query: PathsQuery = {}): string[] {
  const { paths } = report(rows, { to: subscription, ...query });
  return paths.map(({ from, steps }) => [`${short(from.id)}:`, ...steps.map(textOf)].join(' '));
}

type Step = ReturnType<typeof report>['paths'][number]['steps'][number];

function textOf({ method, gains, certainty }: Step): string {
  const gained = gains.map(gain => (gain.kind === 'role' ? gain.role : short(gain.id)));
  return `${method}>${gained.join('+')}${{ certain: '', perhaps: '?', 'after-activation': '!' }[certainty]}`;
}

function short(principal: string): string {
  return String(Number(principal.slice(-12)));
}

/** A service principal of a managed identity. */
export function identity(number: number, properties: Row = {}): Row {
  return {
    id: id(number),
    type: 'ServicePrincipal',
    displayName: `Identity ${number}`,
    memberOf: [],
    servicePrincipalType: 'ManagedIdentity',
    ...properties,
  };
}

/** A resource in the resource group with an identity of its own. */
export function carrier(type: string, name: string, principal: number, scope = group): Row {
  const [namespace, ...types] = type.split('/');
  const names = name.split('/');
  return {
    id: `${scope}/providers/${namespace}/${types.map((part, i) => `${part}/${names[i]}`).join('/')}`,
    type,
    identity: { type: 'SystemAssigned', principalId: id(principal) },
  };
}

/** A user-assigned identity in the resource group. */
export function userAssigned(name: string, principal: number, scope = group): Row {
  return {
    id: `${scope}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    properties: { principalId: id(principal) },
  };
}

let customRoles = 0;

/** A custom role of these actions, with its GUID. */
export function customRole(
  actions: readonly string[],
  properties: Row = {},
): { readonly guid: string; readonly row: Row } {
  const guid = `c0000000-0000-0000-0000-${String(++customRoles).padStart(12, '0')}`;
  const permissions = [{ actions, notActions: [], dataActions: [], notDataActions: [] }];
  return {
    guid,
    row: {
      name: guid,
      id: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      properties: {
        roleName: `Custom ${customRoles}`,
        type: 'CustomRole',
        assignableScopes: [subscription],
        permissions,
        ...properties,
      },
    },
  };
}

/** An assignment that makes the identity Owner of the subscription. */
export function owner(principal: number, scope = subscription): Row {
  return assign(roles.owner, id(principal), scope);
}

/** A condition that lets assign these roles alone, as the portal writes it. */
export function onlyRoles(...guids: readonly string[]): string {
  return `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${guids.join(', ')}}))`;
}
