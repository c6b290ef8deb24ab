import { providerOf } from '../../rbac/model/provider-of.js';
import {
  acceptableRoles,
  type ActionSet,
  type OperationsByPlane,
} from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { BuiltInRoleSize } from '../../rbac/catalog/built-in-roles.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { permissionsOf } from '../../rbac/permissions/role-permissions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';

/** A built-in role that grants what is missing. */
export interface GrantingRole {
  readonly name: string;
  readonly id: string;
  /** How many operations it grants, both planes together. */
  readonly operations: number;
  /** Whether it grants what is missing only where its condition holds. */
  readonly conditional: boolean;
  /** Documentation names it for an action set that requires what is missing. */
  readonly recommended: boolean;
}

export interface GrantingRoles {
  /** Roles without a condition first, then those that grant fewest operations; at most six. */
  readonly roles: readonly GrantingRole[];
  /** How many there are in all. */
  readonly count: number;
}

const maxRoles = 6;

/** The built-in roles that grant every one of the operations; `requiring` are the sets that ask for one of them. */
export function grantingRoles(
  needed: OperationsByPlane,
  requiring: readonly ActionSet[],
  { catalog, index }: { readonly catalog: Catalog; readonly index: OperationIndex },
): GrantingRoles {
  const wanted = pairsOf(needed);
  if (wanted.length === 0) return { roles: [], count: 0 };
  const recommended = new Set(requiring.flatMap(acceptableRoles));
  const granting = catalog.builtInRoles
    .smallestFirst()
    .flatMap(size => grantOf(size, wanted, catalog, index) ?? [])
    .map(role => ({ ...role, recommended: recommended.has(role.name) }));
  const sorted = [
    ...granting.filter(role => !role.conditional),
    ...granting.filter(role => role.conditional),
  ];
  return { roles: sorted.slice(0, maxRoles), count: sorted.length };
}

/** The role to assign: the smallest that documentation names, else the smallest; none that a condition guards. */
export function bestOf({ roles }: GrantingRoles): GrantingRole | undefined {
  const definite = roles.filter(({ conditional }) => !conditional);
  return definite.find(({ recommended }) => recommended) ?? definite[0];
}

/** Beyond that a built-in role that nobody recommends for it is too much for one operation. */
const broad = 50;

/** Whether a role of one's own is the better choice: every built-in role that fits grants far more. */
export function asksForCustomRole(roles: GrantingRoles): boolean {
  const best = bestOf(roles);
  return best === undefined || (!best.recommended && best.operations > broad);
}

/** The action sets that require one of the operations, sorted by id. */
export function setsRequiring(needed: OperationsByPlane, sets: ActionSets): ActionSet[] {
  const wanted = new Set(pairsOf(needed).map(([name, plane]) => `${plane} ${name.toLowerCase()}`));
  return sets
    .all()
    .flatMap(set => (set.kind === 'action-set' ? [set] : []))
    .filter(({ required }) =>
      pairsOf(required).some(([name, plane]) => wanted.has(`${plane} ${name.toLowerCase()}`)),
    );
}

type Wanted = readonly [operation: string, plane: Plane];

function pairsOf({ control = [], data = [] }: OperationsByPlane): Wanted[] {
  return [...control.map(name => [name, 'control'] as const), ...data.map(name => [name, 'data'] as const)];
}

function grantOf(
  size: BuiltInRoleSize,
  wanted: readonly Wanted[],
  catalog: Catalog,
  index: OperationIndex,
): Omit<GrantingRole, 'recommended'> | undefined {
  if (!wanted.every(([name]) => size.mentions(providerOf(name).toLowerCase()))) return undefined;
  const role = size.role();
  const permissions = permissionsOf(role, catalog, index);
  const witnesses = wanted.map(([name, plane]) => permissions.witnesses(name, plane)[0]);
  if (witnesses.includes(undefined)) return undefined;
  const conditional = witnesses.some(witness => witness?.isConditional);
  return { name: size.name.trim(), id: role.guid ?? '', operations: size.size, conditional };
}
