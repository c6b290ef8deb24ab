import type { Held } from '../../rbac/action-sets/coverage.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';
import { emptySet, permissionsOf, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { isEmptyPlane, type PermissionSet, unionOf } from '../../rbac/permissions/permission-set.js';
import type { ScopeReach } from '../../rbac/reach/scope-reach.js';
import { ConditionReader } from './condition-truth.js';
import { type ConditionTools, guardedSet, type GuardedSet } from './guarded-set.js';

/** What a role gives at a scope, before anything is denied. Nothing of `certain` is in `perhaps`. */
export interface GrantedRole extends GuardedSet {
  /** What of the role nobody knows to have an effect at the scope: in neither of the two. */
  readonly unknownReach: PermissionSet;
  /** The same, permission by permission, in their order. */
  readonly entries: readonly GuardedSet[];
}

/** What one role gives whoever holds it, wherever that is: what its conditions guard apart, what they rule out left out. */
export function heldThrough(role: RoleDefinition, { catalog, index }: SetTools): Held {
  const tools = { catalog, index, conditions: new ConditionReader() };
  const { definite, possible } = grantedRole(permissionsOf(role, catalog, index), undefined, anywhere, tools);
  return { definite, conditional: possible };
}

/** What a role gives under its own conditions and that of its assignment, wherever it has an effect. */
export function grantedRole(
  role: RolePermissions,
  condition: string | undefined,
  scope: Scope,
  tools: ConditionTools,
): GrantedRole {
  const nothing = emptySet(tools.catalog, tools.index);
  const entries = role.entries.map(({ set, permission }) => {
    const texts = [permission.condition?.value, condition].filter(text => text !== undefined);
    return texts.length === 0 ? { definite: set, possible: nothing } : guardedSet(set, texts, scope, tools);
  });
  if (!isGuarded(role, condition))
    return { definite: role.set, possible: nothing, unknownReach: nothing, entries };
  const union = (part: keyof GuardedSet): PermissionSet =>
    unionOf(
      entries.map(entry => entry[part]),
      nothing,
    );
  const definite = union('definite');
  return { definite, possible: union('possible').subtract(definite), unknownReach: nothing, entries };
}

/** What of a role has an effect at scopes: the same object where that is all of it. */
export function withinReach(granted: GrantedRole, reach: ScopeReach): GrantedRole {
  const definite = reach.limit(granted.definite);
  const possible = reach.limit(granted.possible);
  const unknownReach = definite.unknown.union(possible.unknown);
  const isSame = definite.within === granted.definite && possible.within === granted.possible;
  if (isSame && isNothing(unknownReach)) return granted;
  let entries: GrantedRole['entries'] | undefined;
  return {
    definite: definite.within,
    possible: possible.within,
    unknownReach,
    // Few are looked at so closely.
    get entries() {
      return (entries ??= granted.entries.map(entry => ({
        definite: reach.limit(entry.definite).within,
        possible: reach.limit(entry.possible).within,
      })));
    },
  };
}

/** Not even an operation whose plane nobody knows. */
export function isNothing({ control, data }: PermissionSet): boolean {
  return isEmptyPlane(control) && isEmptyPlane(data);
}

/** Whether some condition has a say in what the role gives. */
export function isGuarded({ entries }: RolePermissions, condition: string | undefined): boolean {
  return condition !== undefined || entries.some(({ permission }) => permission.condition !== undefined);
}

/** No names are known there that a condition could ask for. */
const anywhere = parseScope('/');
