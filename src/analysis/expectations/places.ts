import { acceptableRoles, type ActionSet } from '../../rbac/action-sets/action-set.js';
import { isOfKind } from '../../rbac/action-sets/resource-kind.js';
import type { Need } from '../../rbac/action-sets/coverage.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { ScopeTree } from '../../tenant/snapshot/scope-tree.js';
import type { ExpectedNeed } from './expectations.js';
import { groupBy } from './group-by.js';
import type { Needs } from './needs.js';

/** One scope at which an identity is judged: what it needs there, and what it needs at scopes around it and in it. */
export interface JudgedScope {
  /** Undefined for a role that has no scope yet. */
  readonly scope: Scope | undefined;
  /** Empty where no need of the identity is declared. */
  readonly sets: readonly ActionSet[];
  readonly need: Need;
  /** What is needed at a wider scope is held here, too, and neither excess nor forbidden. */
  readonly around: Need;
  /**
   * What is needed further in: held here it reaches further than it must, which is said of the assignment. And what may be
   * needed here, as far as anybody knows.
   */
  readonly inside: Need;
  /** The built-in roles that are recommended for what is needed, by the keys of the scopes at which they are to be held. */
  readonly recommended: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The scopes of an identity's needs, needs at the same scope joined, with what is forbidden everywhere. */
export function placesOf(expected: readonly ExpectedNeed[], needs: Needs, tree: ScopeTree): JudgedScope[] {
  const everywhere = needs.everywhere(expected);
  const definite = expected.filter(({ open }) => open === undefined);
  const open = expected.filter(need => need.open !== undefined);
  const grouped = [...groupBy(definite, ({ scope }) => scope?.value.key ?? '').values()].map(group => {
    const sets = [...new Set(group.map(({ set }) => set))];
    const need = needs.together([...sets.map(set => needs.of(set)), ...everywhere]);
    return { scope: group[0]!.scope?.value, sets, need };
  });
  return grouped.map(place => ({ ...place, ...neighbours(place, grouped, { open, needs, tree }) }));
}

/** What is needed beside the places, and what needs are worked out with. */
interface NeighbourTools {
  /** Needs of which the scope is not known. */
  readonly open: readonly ExpectedNeed[];
  readonly needs: Needs;
  readonly tree: ScopeTree;
}

/** A place at which nothing is needed, but something may be held, or be forbidden. */
export function placeWithoutNeed(
  { scope, need }: Pick<JudgedScope, 'scope' | 'need'>,
  places: readonly PlaceOfNeed[],
  tools: NeighbourTools,
): JudgedScope {
  const place = { scope, sets: [], need };
  return { ...place, ...neighbours(place, places, tools) };
}

type PlaceOfNeed = Pick<JudgedScope, 'scope' | 'sets' | 'need'>;

function neighbours(
  place: PlaceOfNeed,
  places: readonly PlaceOfNeed[],
  { open, needs, tree }: NeighbourTools,
): Pick<JudgedScope, 'around' | 'inside' | 'recommended'> {
  const others = places.filter(({ scope }) => scope !== undefined && scope.key !== place.scope?.key);
  const outer = others.filter(({ scope }) => reaches(scope, place.scope, tree));
  const inner = others.filter(({ scope }) => reaches(place.scope, scope, tree));
  const possible = open.filter(need => mayBeNeededAt(need, place.scope, tree)).map(({ set }) => set);
  const recommended = [{ ...place, sets: [...place.sets, ...possible] }, ...outer];
  return {
    around: needs.together(outer.map(({ need }) => need)),
    inside: needs.together([...inner.map(({ need }) => need), ...possible.map(set => needs.harmless(set))]),
    recommended: new Map(recommended.map(({ scope, sets }) => [scope?.key ?? '', rolesFor(sets)])),
  };
}

/** At its own scope and around it, and in it; where that is not known at every scope of its kind, and at what holds such. */
export function mayBeNeededAt(
  { set, scope }: ExpectedNeed,
  place: Scope | undefined,
  tree: ScopeTree,
): boolean {
  if (place === undefined) return true;
  if (scope === undefined) return place.kind !== 'resource' || isOfKind(place, set.scope);
  return reaches(place, scope.value, tree) || reaches(scope.value, place, tree);
}

function reaches(outer: Scope | undefined, inner: Scope | undefined, tree: ScopeTree): boolean {
  return outer !== undefined && inner !== undefined && tree.reach(outer.key, inner) === 'reaches';
}

function rolesFor(sets: readonly ActionSet[]): ReadonlySet<string> {
  return new Set(sets.flatMap(acceptableRoles));
}
