import { ActionSets } from '../../../src/rbac/action-sets/action-sets.js';
import { type Analysis, analyse } from '../../../src/analysis/azure-ml/analyse.js';
import type { IdentityPart, NamedScopes } from '../../../src/analysis/azure-ml/need.js';
import { readAzureMl } from '../../../src/analysis/azure-ml/read-resources.js';
import { positionAt } from '../../../src/input/position.js';
import { fileURLToPath } from 'node:url';

export const sets = new ActionSets(
  fileURLToPath(new URL('../../../role-catalog/action-sets', import.meta.url)),
);

export const group = '/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg-ml';
export const workspaceId = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
export const storageId = `${group}/providers/Microsoft.Storage/storageAccounts/wsstorage`;
export const registryId = `${group}/providers/Microsoft.ContainerRegistry/registries/wsregistry`;
export const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer`;

export const noScopes: NamedScopes = {
  workspace: undefined,
  'storage-account': undefined,
  'container-registry': undefined,
  'key-vault': undefined,
  'machine-learning-registry': undefined,
  dataStorageAccounts: [],
  privateRegistries: [],
  'node-resource-group': undefined,
  registryMode: 'registry',
};

export const scopes: NamedScopes = {
  ...noScopes,
  workspace: workspaceId,
  'storage-account': storageId,
  'container-registry': registryId,
};

/** Analyses texts of YAML as files `1.yml`, `2.yml`, … */
export async function analyseTexts(
  texts: readonly string[],
  options: { readonly scopes?: NamedScopes; readonly previous?: string } = {},
): Promise<Analysis> {
  const read = await Promise.all(texts.map((text, index) => readAzureMl(text, `${index + 1}.yml`)));
  const earlier =
    options.previous === undefined ? [] : (await readAzureMl(options.previous, 'old.yml')).resources;
  const found = analyse({
    resources: read.flatMap(({ resources }) => resources),
    earlier,
    scopes: options.scopes ?? scopes,
    sets,
  });
  return { ...found, problems: [...read.flatMap(({ problems }) => problems), ...found.problems] };
}

/** `code file:line:column`, for what one or several files are found to be. */
export async function problemsOf(texts: readonly string[], previous?: string): Promise<string[]> {
  const { problems } = await analyseTexts(texts, previous === undefined ? {} : { previous });
  return problems.map(({ code, at }) => {
    const { line, column } = positionAt(at.document, at.range?.start ?? 0);
    return `${code} ${at.document.file}:${line}:${column}`;
  });
}

/** `set @ scope name by azure|hand|none[, when …]`, of one identity. */
export function needsOf({ needs }: Analysis, identity: IdentityPart): string[] {
  return needs
    .filter(need => need.identity === identity)
    .map(
      ({ actionSet, at, grantedBy, when }) =>
        `${actionSet} @ ${at} by ${grantedBy}${when === undefined ? '' : `, when ${when}`}`,
    );
}
