import type { ActionSet } from '../../rbac/action-sets/action-set.js';
import { namesOf } from '../../rbac/action-sets/coverage.js';
import { needOf, type SetTools } from '../../rbac/action-sets/need.js';
import { heldThrough } from '../../tenant/access/granted-role.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import { problem, type FileProblem } from './problem.js';
import type { AzureMlResource, OnlineEndpoint } from './resource.js';

/** Whether roles of callers suit the endpoints: what they lack, what has no effect, and what no caller must hold. `scoring` is the set of callers. */
export function scoreProblems(
  resources: readonly AzureMlResource[],
  roles: readonly RoleDefinition[],
  scoring: ActionSet,
  tools: SetTools,
): FileProblem[] {
  const { required, forbidden } = needOf(scoring, tools);
  return resources.flatMap(resource => {
    if (resource.kind !== 'online-endpoint') return [];
    return roles.flatMap(role => {
      const { definite, conditional } = heldThrough(role, tools);
      const granted = definite.union(conditional);
      const scores = required.isSubsetOf(granted);
      const found = [
        suits(resource, nameOf(role), scores),
        tooWide(resource, nameOf(role), granted.intersect(forbidden)),
      ];
      return found.filter(each => each !== undefined);
    });
  });
}

/** An endpoint with keys or its own tokens asks for no role, and one with Microsoft Entra tokens for this one operation. */
function suits(
  { authMode, authModeAt, at }: OnlineEndpoint,
  role: string,
  scores: boolean,
): FileProblem | undefined {
  const place = authModeAt ?? at;
  if (authMode === 'aad_token' && !scores) {
    const message = `The role "${role}" does not let callers score: the endpoint asks for a Microsoft Entra token of who may do onlineEndpoints/score/action.`;
    return problem('caller-cannot-score', message, place);
  }
  if (!scores || (authMode !== 'key' && authMode !== 'aml_token')) return undefined;
  const credential = authMode === 'key' ? 'a key' : 'a token of Azure Machine Learning';
  const message = `The role "${role}" lets callers score, which has no effect here: the endpoint asks for ${credential}.`;
  return problem('score-without-effect', message, place);
}

function tooWide(
  { authModeAt, at }: OnlineEndpoint,
  role: string,
  held: PermissionSet,
): FileProblem | undefined {
  if (held.isEmpty) return undefined;
  const names = namesOf(held);
  const more = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
  const message = `The role "${role}" allows what no caller must: ${names.slice(0, maxNamed).join(', ')}${more}.`;
  return problem('caller-role-too-wide', message, authModeAt ?? at);
}

const maxNamed = 3;

function nameOf({ name }: RoleDefinition): string {
  return name?.value ?? '(unnamed)';
}
