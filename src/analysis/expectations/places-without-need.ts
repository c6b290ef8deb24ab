import type { Scope } from '../../rbac/model/scope.js';
import type { EvaluationTools } from './evaluation-tools.js';
import type { JudgedIdentity } from './judged-identity.js';
import { placeWithoutNeed, type JudgedScope } from './places.js';

/**
 * The innermost scopes at which an identity holds something, be it a role that nobody knows, and that lead to none of its needs.
 * A role that is not assigned yet is judged as it is where nothing is needed of it.
 */
export function placesWithoutNeed(
  { identity, assignments }: JudgedIdentity,
  places: readonly JudgedScope[],
  { needs: allNeeds, tenant }: EvaluationTools,
): JudgedScope[] {
  const { principal, needs = [] } = identity;
  const { tree } = tenant;
  const forbidden = allNeeds.together(allNeeds.everywhere(needs));
  const open = needs.filter(need => need.open !== undefined);
  const placeAt = (scope: Scope | undefined): JudgedScope =>
    placeWithoutNeed({ scope, need: forbidden }, places, { open, needs: allNeeds, tree });
  if (principal === undefined) return places.length > 0 ? [] : [placeAt(undefined)];
  const scopes = new Map(
    assignments.map(assignment => tenant.scopeOf(assignment)).map(scope => [scope.key, scope]),
  );
  const apart = [...scopes.values()].filter(({ key }) =>
    places.every(({ scope }) => scope === undefined || tree.reach(key, scope) === 'apart'),
  );
  const outer = new Set(apart.flatMap(scope => [...tree.keysFrom(scope)].filter(key => key !== scope.key)));
  return apart
    .filter(({ key }) => !outer.has(key))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(placeAt);
}
