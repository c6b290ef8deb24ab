import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { type AzureMlFiles, byKind, deploymentsOf } from './azure-ml-files.js';
import { batchEndpointNeeds, computeNeeds } from './batch-needs.js';
import { checkResources } from './check-resources.js';
import { clientIdMismatches } from './client-ids.js';
import { compareResources } from './compare-resources.js';
import { dataAccess, type DataAccess } from './data-access.js';
import { onlineEndpointNeeds } from './endpoint-needs.js';
import { inputsAsDatastores, type JobInput } from './job-inputs.js';
import type { IdentityNeed, NamedScopes } from './need.js';
import { type FileProblem, problem } from './problem.js';
import type { AzureMlResource, OnlineDeployment, OnlineEndpoint } from './resource.js';
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
  /** Data that jobs read by its address. */
  readonly addresses?: readonly JobInput[];
  /** The client id of a user-assigned identity by its ARM id, as far as it is known. */
  readonly clientOf?: (identity: string) => string | undefined;
  readonly sets: ActionSets;
}

export function analyse(input: AnalysisInput): Analysis {
  const { resources, earlier, scopes: given, addresses = [], clientOf, sets } = input;
  const inFiles = byKind(resources);
  const located = inputsAsDatastores([...inFiles.dataAssets, ...addresses], inFiles.datastores);
  const files = { ...inFiles, datastores: located.datastores };
  const scopes = scopesWith(files.workspaces[0], given);
  const inputs = dataAccess(files.datastores, files.computes, scopes);
  const needs = [
    ...files.onlineEndpoints.flatMap(endpoint =>
      onlineEndpointNeeds(endpoint, deploymentsIn(endpoint, files), scopes, sets),
    ),
    ...files.batchEndpoints.flatMap(() => batchEndpointNeeds(inputs, scopes)),
    ...files.computes.flatMap(compute =>
      computeNeeds(compute, { inputs, environments: files.environments }, scopes),
    ),
    ...files.workspaces.flatMap(workspace => workspaceNeeds(workspace, scopes, sets)),
    ...files.connections.flatMap(connection => connectionNeeds(connection, scopes)),
  ];
  const problems = [
    ...checkResources(files),
    ...located.unknown.map(notLocated),
    ...(clientOf === undefined ? [] : clientIdMismatches(files, clientOf)),
    ...compareResources(byKind(earlier), files),
  ];
  return { needs: withoutRepeats(needs), inputs, problems };
}

/** An environment in a file of its own is one that a deployment uses. */
function deploymentsIn(endpoint: OnlineEndpoint, files: AzureMlFiles): OnlineDeployment[] {
  const own = deploymentsOf(endpoint, files.onlineDeployments);
  const [first] = own;
  if (first === undefined) return own;
  return [...own, ...files.environments.map(({ image }) => ({ ...first, image }))];
}

function notLocated({ path, at }: JobInput): FileProblem {
  const message = `Where "${path?.value ?? ''}" is stored is not in these files, so who may read it was not checked: add its datastore with --datastore, or its address with --data.`;
  return problem('input-not-located', message, path?.at ?? at);
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
