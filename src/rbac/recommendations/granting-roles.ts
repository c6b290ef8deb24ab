import type { OperationsByPlane } from '../action-sets/action-set.js';
import type { BuiltInRoleSize } from '../catalog/built-in-roles.js';
import { providerOf } from '../model/provider-of.js';
import { permissionsOf, type RolePermissions } from '../permissions/role-permissions.js';
import { compareRanks, rankOf } from './role-rank.js';
import type { GrantingRole, RankingTools, WantedOperation } from './granting-role.js';

export interface GrantingRoles {
  /** The best first; at most six. */
  readonly roles: readonly GrantingRole[];
  /** How many there are in all. */
  readonly count: number;
}

const mostShown = 6;

/**
 * The built-in roles that grant every one of the operations. First come roles without a condition, then those that are
 * not made for Microsoft's own services, then those that documentation names (`documented` and the tasks of the
 * catalog), then those that fit the purpose and grant least beside it.
 */
export function grantingRoles(
  needed: OperationsByPlane,
  documented: readonly string[],
  { most = mostShown, ...tools }: RankingTools & { readonly most?: number },
): GrantingRoles {
  const wanted = operationsOf(needed);
  if (wanted.length === 0) return { roles: [], count: 0 };
  const ofTasks = wanted.flatMap(([name]) => tools.purposes.task(name)?.roles ?? []);
  // What is documented for the very operation says more than what is for a task that it is a part of.
  const named = [...new Set(ofTasks.length > 0 ? ofTasks : documented)];
  const ranked = tools.catalog.builtInRoles
    .smallestFirst()
    .flatMap(size => grantOf(size, wanted, tools) ?? [])
    .map(({ role, permissions }) => {
      const recommended = { ...role, recommended: named.includes(role.name) };
      const place = named.indexOf(role.name);
      return { role: recommended, rank: rankOf(recommended, { permissions, wanted, place, tools }) };
    })
    .sort((a, b) => compareRanks(a.rank, b.rank));
  return { roles: ranked.slice(0, most).map(({ role }) => role), count: ranked.length };
}

/** The role to assign; none that a condition guards, none made for a service of Microsoft's, none that is deprecated. */
export function bestOf({ roles }: GrantingRoles): GrantingRole | undefined {
  return roles.find(
    ({ conditional, purpose }) => !conditional && purpose !== 'service' && purpose !== 'deprecated',
  );
}

/** Beyond that a built-in role that nobody recommends for it is too much for one operation. */
const broad = 50;

/** Whether a role of one's own is the better choice: every built-in role that fits grants far more. */
export function asksForCustomRole(roles: GrantingRoles): boolean {
  const best = bestOf(roles);
  return best === undefined || (!best.recommended && best.operations > broad);
}

/** The operations one by one, each with its plane. */
export function operationsOf({ control = [], data = [] }: OperationsByPlane): WantedOperation[] {
  return [...control.map(name => [name, 'control'] as const), ...data.map(name => [name, 'data'] as const)];
}

type Ungraded = Omit<GrantingRole, 'recommended'>;

function grantOf(
  size: BuiltInRoleSize,
  wanted: readonly WantedOperation[],
  { catalog, index, purposes }: RankingTools,
): { readonly role: Ungraded; readonly permissions: RolePermissions } | undefined {
  if (!wanted.every(([name]) => size.mentions(providerOf(name).toLowerCase()))) return undefined;
  const definition = size.role();
  const permissions = permissionsOf(definition, catalog, index);
  const witnesses = wanted.map(([name, plane]) => permissions.witnesses(name, plane)[0]);
  if (witnesses.includes(undefined)) return undefined;
  const name = size.name.trim();
  const role = {
    name,
    id: definition.guid ?? '',
    operations: size.size,
    conditional: witnesses.some(witness => witness?.isConditional),
    purpose: purposes.of(name)?.purpose ?? ('service' as const),
  };
  return { role, permissions };
}
