import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import type { Need } from '../../rbac/action-sets/coverage.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { ScopeTree } from '../../tenant/snapshot/scope-tree.js';
import type { ExpectedNeed } from './expectations.js';
import { groupBy } from './group-by.js';
import type { Needs } from './needs.js';

/** One scope at which an identity is judged: what it needs there, and what it needs at scopes around it. */
export interface Place {
  /** Undefined for a role that has no scope yet. */
  readonly scope: Scope | undefined;
  /** Empty where the identity needs nothing. */
  readonly sets: readonly ActionSet[];
  readonly need: Need;
  /** What is needed at a wider scope is held here, too, and neither excess nor forbidden. */
  readonly around: Need;
}

/** The scopes of an identity's needs, needs at the same scope joined, with what is forbidden everywhere. */
export function placesOf(expected: readonly ExpectedNeed[], needs: Needs, tree: ScopeTree): Place[] {
  const everywhere = needs.everywhere(expected);
  const grouped = [...groupBy(expected, ({ scope }) => scope?.value.key ?? '').values()].map(group => {
    const sets = [...new Set(group.map(({ set }) => set))];
    const need = needs.together([...sets.map(set => needs.of(set)), ...everywhere]);
    return { scope: group[0]!.scope?.value, sets, need };
  });
  return grouped.map(place => ({ ...place, around: needAround(place.scope, grouped, needs, tree) }));
}

/** A place at which nothing is needed, but something may be held, or be forbidden. */
export function placeWithoutNeed(
  scope: Scope | undefined,
  need: Need,
  places: readonly Place[],
  needs: Needs,
  tree: ScopeTree,
): Place {
  return { scope, sets: [], need, around: needAround(scope, places, needs, tree) };
}

function needAround(
  scope: Scope | undefined,
  places: readonly Pick<Place, 'scope' | 'need'>[],
  needs: Needs,
  tree: ScopeTree,
): Need {
  if (scope === undefined) return needs.none;
  const outer = places.filter(
    ({ scope: at }) => at !== undefined && at.key !== scope.key && tree.reach(at.key, scope) === 'reaches',
  );
  return needs.together(outer.map(({ need }) => need));
}
