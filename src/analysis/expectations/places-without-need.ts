import { compareText } from '../../compare-text.js';
import type { Scope } from '../../rbac/model/scope.js';
import { unionOf } from '../../rbac/permissions/permission-set.js';
import type { EvaluationTools } from './evaluation-tools.js';
import { judgedAt, type JudgedIdentity, type JudgedPlace } from './judged-identity.js';
import { placeWithoutNeed, type JudgedScope } from './places.js';

/**
 * Scopes around all that was judged, at which the identity holds something: each of which more than needed has an effect that it
 * has at none of the places within, such as virtual machines beside a registry. The innermost first.
 */
export function judgedAround(
  judged: JudgedIdentity,
  places: readonly JudgedScope[],
  inner: readonly JudgedPlace[],
  tools: EvaluationTools,
): JudgedPlace[] {
  const { tree } = tools.tenant;
  const known = [...inner];
  const placeAt = placeMaker(judged, places, tools);
  for (const scope of scopesHeld(judged, tools).sort(
    (a, b) => tree.keysFrom(b).size - tree.keysFrom(a).size,
  )) {
    if (!isAround(scope, inner, tools)) continue;
    const found = judgedAt(placeAt(scope), judged, tools);
    const within = known.filter(
      ({ place }) => place.scope !== undefined && tree.reach(scope.key, place.scope) === 'reaches',
    );
    const told = unionOf(
      within.map(({ judgement }) => judgement.found.excess),
      tools.nothing,
    );
    if (!found.judgement.found.excess.isSubsetOf(told)) known.push(found);
  }
  return known.slice(inner.length);
}

/** What nobody knows to lie in a management group, may be all that is needed of it. */
function isAround(
  scope: Scope,
  inner: readonly JudgedPlace[],
  { tenant: { tree } }: EvaluationTools,
): boolean {
  return inner.every(
    ({ place }) =>
      place.scope !== undefined &&
      place.scope.key !== scope.key &&
      tree.reach(scope.key, place.scope) !== 'unknown',
  );
}

/**
 * The innermost scopes at which an identity holds something, be it a role that nobody knows, and that lead to none of its needs.
 * A role that is not assigned yet is judged as it is where nothing is needed of it.
 */
export function placesWithoutNeed(
  judged: JudgedIdentity,
  places: readonly JudgedScope[],
  tools: EvaluationTools,
): JudgedScope[] {
  const { tree } = tools.tenant;
  const placeAt = placeMaker(judged, places, tools);
  if (judged.identity.principal === undefined) return places.length > 0 ? [] : [placeAt(undefined)];
  const apart = scopesHeld(judged, tools).filter(({ key }) =>
    places.every(({ scope }) => scope === undefined || tree.reach(key, scope) === 'apart'),
  );
  const outer = new Set(apart.flatMap(scope => [...tree.keysFrom(scope)].filter(key => key !== scope.key)));
  return apart
    .filter(({ key }) => !outer.has(key))
    .sort((a, b) => compareText(a.key, b.key))
    .map(placeAt);
}

function scopesHeld({ assignments }: JudgedIdentity, { tenant }: EvaluationTools): Scope[] {
  const scopes = assignments.map(assignment => tenant.scopeOf(assignment));
  return [...new Map(scopes.map(scope => [scope.key, scope])).values()];
}

function placeMaker(
  { identity: { needs = [] } }: JudgedIdentity,
  places: readonly JudgedScope[],
  { needs: allNeeds, tenant }: EvaluationTools,
): (scope: Scope | undefined) => JudgedScope {
  const forbidden = allNeeds.together(allNeeds.everywhere(needs));
  const open = needs.filter(need => need.open !== undefined);
  const { tree } = tenant;
  return scope => placeWithoutNeed({ scope, need: forbidden }, places, { open, needs: allNeeds, tree });
}
