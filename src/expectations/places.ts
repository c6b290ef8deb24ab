import type { ActionSet } from '../action-sets/action-set.js';
import { joinNeeds, type Need } from '../action-sets/coverage.js';
import { needOf, type SetTools } from '../action-sets/need.js';
import type { Scope } from '../model/scope.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { ScopeTree } from '../snapshot/scope-tree.js';
import type { ExpectedNeed } from './expectations.js';
import { groupBy } from './group-by.js';
import { Numbers } from './numbers.js';

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

/** What action sets ask for, worked out once for all identities: the same object for the same needs. */
export class Needs {
  private readonly bySet = new Map<ActionSet, Need>();
  private readonly joined = new Map<string, Need>();
  private readonly numbers = new Numbers();
  readonly none: Need;

  constructor(
    private readonly tools: SetTools,
    nothing: PermissionSet,
  ) {
    this.none = { required: nothing, tolerated: nothing, forbidden: nothing };
  }

  of(set: ActionSet): Need {
    let need = this.bySet.get(set);
    if (need === undefined) this.bySet.set(set, (need = needOf(set, this.tools)));
    return need;
  }

  /** Those of one place; of none of them, nothing. */
  together(needs: readonly Need[]): Need {
    const [first, ...rest] = needs;
    if (first === undefined) return this.none;
    const key = needs.map(need => this.numbers.of(need)).join(' ');
    let joined = this.joined.get(key);
    if (joined === undefined) this.joined.set(key, (joined = joinNeeds([first, ...rest])));
    return joined;
  }
}

/** The scopes of an identity's needs, needs at the same scope joined. */
export function placesOf(expected: readonly ExpectedNeed[], needs: Needs, tree: ScopeTree): Place[] {
  const grouped = [...groupBy(expected, ({ scope }) => scope?.value.key ?? '').values()].map(group => {
    const sets = [...new Set(group.map(({ set }) => set))];
    return { scope: group[0]!.scope?.value, sets, need: needs.together(sets.map(set => needs.of(set))) };
  });
  return grouped.map(place => ({ ...place, around: needAround(place.scope, grouped, needs, tree) }));
}

/** A place at which nothing is needed, but something may be held. */
export function placeWithoutNeed(
  scope: Scope | undefined,
  places: readonly Place[],
  needs: Needs,
  tree: ScopeTree,
): Place {
  return { scope, sets: [], need: needs.none, around: needAround(scope, places, needs, tree) };
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
