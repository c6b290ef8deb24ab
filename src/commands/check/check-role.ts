import { acceptableRoles, type ActionSet, type AnyActionSet } from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { coverage, type Coverage, type CoverageOptions } from '../../rbac/action-sets/coverage.js';
import { heldThrough } from '../../tenant/access/granted-role.js';
import { needOf } from '../../rbac/action-sets/need.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { UserError } from '../../errors.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';

/** Whether a role covers an action set, as `azrbac check` reports it. */
export interface RoleResult extends Coverage {
  readonly subject: {
    readonly kind: 'role-definition';
    readonly name: string | null;
    readonly id: string | null;
  };
  readonly actionSet: string;
  /** A role alone has none. */
  readonly scope: null;
}

/** What roles are checked with. */
export interface RoleCheck {
  readonly catalog: Catalog;
  readonly options: CoverageOptions;
  readonly sets: ActionSets;
}

/** Compares each role with the action set of that id. @throws UserError where there is no such set at one scope. */
export function checkRoles(
  id: string,
  roles: readonly RoleDefinition[],
  { catalog, options, sets }: RoleCheck,
): RoleResult[] {
  const set = atOneScope(sets.get(id));
  const tools = { catalog, index: new OperationIndex(catalog) };
  const need = needOf(set, tools);
  return roles.map(role => {
    const held = heldThrough(role, tools);
    const rest = isRecommended(role, set, catalog) ? held.definite.union(held.conditional) : undefined;
    return {
      subject: {
        kind: 'role-definition',
        name: role.name?.value ?? null,
        id: role.guid ?? role.id?.value ?? null,
      },
      actionSet: set.id,
      scope: null,
      ...coverage(need, held, options, rest),
    };
  });
}

/** A custom role of the same name is another one. */
function isRecommended({ guid, roleType }: RoleDefinition, set: ActionSet, catalog: Catalog): boolean {
  if (guid === undefined || roleType !== 'BuiltInRole') return false;
  return acceptableRoles(set).some(name => catalog.builtInRoles.findNamed(name)?.role.guid === guid);
}

function atOneScope(set: AnyActionSet): ActionSet {
  if (set.kind !== 'composite') return set;
  const parts = set.parts.map(part => part.set).join(', ');
  throw new UserError(
    `The action set "${set.id}" is made of several, each at a scope of its own: ${parts}.`,
    {
      hint: 'Check a role against one of them, or an identity against the whole in an expectations file.',
    },
  );
}
