import type { ActionEntry } from '../../rbac/model/role-definition.js';
import type { RolePermissions, Witness } from '../../rbac/permissions/role-permissions.js';

// What an Azure Machine Learning role is for, told from the strings that its author wrote. Conditions are left aside:
// they can speak of role assignments and storage data, never of Azure Machine Learning
// (https://learn.microsoft.com/azure/role-based-access-control/conditions-overview#where-can-conditions-be-added).

/**
 * `scoring`: its author spelled out scoring, or every action of an online endpoint, which the documentation offers for it; or
 * it reaches scoring through anything wider and can change no endpoint. `control`: manages online endpoints or deployments,
 * and is no scoring role.
 * `batch-invoker`: its author spelled out the creation of batch endpoint jobs.
 */
export type MlRoleKind = 'scoring' | 'control' | 'batch-invoker';

/** Every action of an online endpoint: the string that the documentation offers for scoring. */
export const scoringWildcard = 'microsoft.machinelearningservices/workspaces/onlineendpoints/*/action';

/** Why the role is of that kind: the string that makes it so. Undefined where it is not. */
export function kindWitness(permissions: RolePermissions, kind: MlRoleKind): Witness | undefined {
  if (kind === 'scoring') return scoringWitness(permissions);
  if (kind === 'batch-invoker') return narrowWitness(permissions, batchJobCreation);
  return scoringWitness(permissions) === undefined
    ? firstWitness(permissions, endpointManagement)
    : undefined;
}

/** The string by which the author spelled out scoring itself. */
export function spelledOutScoring(permissions: RolePermissions): Witness | undefined {
  return narrowWitness(permissions, [scoreAction]);
}

/** What grants scoring and is not meant for it: undefined in a scoring role. */
export function wideScoringWitness(permissions: RolePermissions): Witness | undefined {
  if (scoringWitness(permissions) !== undefined) return undefined;
  return firstWitness(permissions, [scoreAction]);
}

const workspaces = 'microsoft.machinelearningservices/workspaces/';
const onlineEndpoints = `${workspaces}onlineendpoints/`;
const scoreAction = `${onlineEndpoints}score/action`;
const batchEndpoints = `${workspaces}batchendpoints/`;
const endpointManagement = ['write', 'delete', 'deployments/write', 'deployments/delete'].map(
  end => onlineEndpoints + end,
);
const batchJobCreation = [`${batchEndpoints}jobs/write`, `${batchEndpoints}deployments/jobs/write`];

function scoringWitness(permissions: RolePermissions): Witness | undefined {
  return spelledOutScoring(permissions) ?? wildcardWitness(permissions) ?? harmlessWitness(permissions);
}

/** Who reaches scoring by whatever string, and can change no endpoint, is there to score. */
function harmlessWitness(permissions: RolePermissions): Witness | undefined {
  const witness = firstWitness(permissions, [scoreAction]);
  return witness !== undefined && firstWitness(permissions, endpointManagement) === undefined
    ? witness
    : undefined;
}

/** The wildcard counts beside anything wider, so its text is looked up and not only what it covers. */
function wildcardWitness(permissions: RolePermissions): Witness | undefined {
  for (const entry of permissions.entries) {
    const witness = entry.witness(scoreAction, 'control');
    const written = entry.list('actions').find(scoringWildcard);
    if (witness !== undefined && written !== undefined && isScoringWildcard(written))
      return { ...witness, entry: written };
  }
  return undefined;
}

export function isScoringWildcard(entry: ActionEntry): boolean {
  return entry.key === scoringWildcard;
}

/** Spelled out, or by a wildcard that stays below the same resource type: `…/jobs/*`. */
function narrowWitness(permissions: RolePermissions, operations: readonly string[]): Witness | undefined {
  for (const operation of operations) {
    const below = operation.slice(0, operation.lastIndexOf('/') + 1);
    const narrow = permissions
      .witnesses(operation, 'control')
      .find(({ entry }) => entry.key.startsWith(below));
    if (narrow !== undefined) return narrow;
  }
  return undefined;
}

function firstWitness(permissions: RolePermissions, operations: readonly string[]): Witness | undefined {
  for (const operation of operations) {
    const [witness] = permissions.witnesses(operation, 'control');
    if (witness !== undefined) return witness;
  }
  return undefined;
}
