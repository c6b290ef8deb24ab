import type { ActionSet } from '../action-sets/action-set.js';
import { joinNeeds, type Need } from '../action-sets/coverage.js';
import { needOf, type SetTools } from '../action-sets/need.js';
import type { Scope } from '../model/scope.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { ScopeTree } from '../snapshot/scope-tree.js';
import type { ExpectedNeed } from './expectations.js';
import { groupBy } from './group-by.js';

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

/** What action sets ask for, worked out once for all identities. */
export class Needs {
  private readonly bySet = new Map<ActionSet, Need>();

  constructor(
    private readonly tools: SetTools,
    readonly nothing: PermissionSet,
  ) {}

  of(set: ActionSet): Need {
    let need = this.bySet.get(set);
    if (need === undefined) this.bySet.set(set, (need = needOf(set, this.tools)));
    return need;
  }

  get none(): Need {
    return { required: this.nothing, tolerated: this.nothing, forbidden: this.nothing };
  }
}

/** The scopes of an identity's needs, needs at the same scope joined. */
export function placesOf(expected: readonly ExpectedNeed[], needs: Needs, tree: ScopeTree): Place[] {
  const grouped = [...groupBy(expected, ({ scope }) => scope?.value.key ?? '').values()].map(group => {
    const sets = [...new Set(group.map(({ set }) => set))];
    const [first, ...rest] = sets.map(set => needs.of(set));
    return { scope: group[0]!.scope?.value, sets, need: joinNeeds([first!, ...rest]) };
  });
  return grouped.map(place => ({ ...place, around: needAround(place.scope, grouped, needs, tree) }));
}

/** A place at which nothing is needed, but something may be held. */
export function placeWithoutNeed(scope: Scope, places: readonly Place[], needs: Needs, tree: ScopeTree): Place {
  return { scope, sets: [], need: needs.none, around: needAround(scope, places, needs, tree) };
}

function needAround(
  scope: Scope | undefined,
  places: readonly Pick<Place, 'scope' | 'need'>[],
  needs: Needs,
  tree: ScopeTree,
): Need {
  if (scope === undefined) return needs.none;
  return places
    .filter(({ scope: outer }) => outer !== undefined && outer.key !== scope.key && tree.reach(outer.key, scope) === 'reaches')
    .reduce((all, { need }) => joinNeeds([all, need]), needs.none);
}
