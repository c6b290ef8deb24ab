import type { SetTools } from '../../rbac/action-sets/need.js';
import { heldThrough } from '../../tenant/access/granted-role.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { problem, type FileProblem } from './problem.js';
import type { AzureMlResource } from './resource.js';

/** A caller of an endpoint with keys or its own tokens gains nothing by a role that lets it score. */
export function scoreProblems(
  resources: readonly AzureMlResource[],
  roles: readonly RoleDefinition[],
  tools: SetTools,
): FileProblem[] {
  const scoring = roles.filter(role => {
    const { certain, conditional } = heldThrough(role, tools);
    return certain.union(conditional).operations('control').includes(scoreAction);
  });
  return resources.flatMap(resource => {
    if (resource.kind !== 'online-endpoint') return [];
    const { authMode, authModeAt, at } = resource;
    if (authMode !== 'key' && authMode !== 'aml_token') return [];
    return scoring.map(role => {
      const credential = authMode === 'key' ? 'a key' : 'a token of Azure Machine Learning';
      const message = `The role "${role.name?.value ?? '(unnamed)'}" lets callers score, which has no effect here: the endpoint asks for ${credential}.`;
      return problem('score-without-effect', message, authModeAt ?? at);
    });
  });
}

const scoreAction = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';
