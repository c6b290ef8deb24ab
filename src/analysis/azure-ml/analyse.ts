import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { byKind, deploymentsOf } from './azure-ml-files.js';
import { batchEndpointNeeds, computeNeeds } from './batch-needs.js';
import { checkResources } from './check-resources.js';
import { compareResources } from './compare-resources.js';
import { dataAccess, type DataAccess } from './data-access.js';
import { onlineEndpointNeeds } from './endpoint-needs.js';
import type { IdentityNeed, NamedScopes } from './need.js';
import type { FileProblem } from './problem.js';
import type { AzureMlResource } from './resource.js';
import { connectionNeeds, scopesWith, workspaceNeeds } from './workspace-needs.js';

/** What the files of a run ask of their identities, and what is wrong in them. */
export interface Analysis {
  readonly needs: readonly IdentityNeed[];
  readonly inputs: readonly DataAccess[];
  readonly problems: readonly FileProblem[];
}

export interface AnalysisInput {
  readonly resources: readonly AzureMlResource[];
  /** What the files were before. */
  readonly earlier: readonly AzureMlResource[];
  readonly scopes: NamedScopes;
  readonly sets: ActionSets;
}

export function analyse({ resources, earlier, scopes: given, sets }: AnalysisInput): Analysis {
  const files = byKind(resources);
  const scopes = scopesWith(files.workspaces[0], given);
  const inputs = dataAccess(files.datastores, files.computes, scopes);
  const needs = [
    ...files.onlineEndpoints.flatMap(endpoint =>
      onlineEndpointNeeds(endpoint, deploymentsOf(endpoint, files.onlineDeployments), scopes, sets),
    ),
    ...files.batchEndpoints.flatMap(() => batchEndpointNeeds(inputs, scopes)),
    ...files.computes.flatMap(compute => computeNeeds(compute, inputs, scopes)),
    ...files.workspaces.flatMap(workspace => workspaceNeeds(workspace, scopes, sets)),
    ...files.connections.flatMap(connection => connectionNeeds(connection, scopes)),
  ];
  const problems = [...checkResources(files), ...compareResources(byKind(earlier), files)];
  return { needs: withoutRepeats(needs), inputs, problems };
}

function withoutRepeats(needs: readonly IdentityNeed[]): IdentityNeed[] {
  return [
    ...new Map(
      needs.map(need => [
        JSON.stringify([need.identity, need.which, need.actionSet, need.at, need.scope, need.when]),
        need,
      ]),
    ).values(),
  ];
}
