import { fileURLToPath } from 'node:url';
import { ActionSets } from '../../../src/rbac/action-sets/action-sets.js';
import type { CoverageOptions } from '../../../src/rbac/action-sets/coverage.js';
import type { CheckReport } from '../../../src/analysis/expectations/check-report.js';
import { evaluate } from '../../../src/analysis/expectations/evaluate.js';
import { readExpectations } from '../../../src/analysis/expectations/read-expectations.js';
import { readYaml } from '../../../src/input/yaml.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { Tenant } from '../../../src/tenant/access/tenant.js';
import { snapshotOf } from '../../../src/tenant/snapshot/snapshot-of.js';
import { shippedCatalog } from '../../shipped-catalog.js';

export const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
export const group = `${subscription}/resourceGroups/fraud`;
export const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/fraud-ml`;
export const endpoint = `${workspace}/onlineEndpoints/transactions`;
export const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/fraudimages`;
export const storage = `${group}/providers/Microsoft.Storage/storageAccounts/frauddata`;
export const managementGroup = '/providers/Microsoft.Management/managementGroups/contoso';

export const principal = 'aaaaaaaa-1111-2222-3333-444444444401';
export const otherPrincipal = 'aaaaaaaa-1111-2222-3333-444444444402';
export const groupId = 'eeeeeeee-1111-2222-3333-444444444401';

export const score = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';
export const writeEndpoint = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write';

export const sets = new ActionSets(
  fileURLToPath(new URL('../../../role-catalog/action-sets', import.meta.url)),
);
export const index = new OperationIndex(shippedCatalog);

export type Row = Readonly<Record<string, unknown>>;

/** A custom role's row; its GUID ends in the number. */
export function roleRow(number: number, permissions: readonly Row[], roleName = `Role ${number}`): Row {
  return {
    name: roleGuid(number),
    properties: { roleName, type: 'CustomRole', assignableScopes: [subscription], permissions },
  };
}

export function roleGuid(number: number): string {
  return `bbbbbbbb-1111-2222-3333-${String(number).padStart(12, '0')}`;
}

/** An assignment's row; `role` is the number of a custom role or the name of a built-in one. */
export function assignmentRow(role: number | string, scope: string, more: Row = {}): Row {
  const guid = typeof role === 'number' ? roleGuid(role) : shippedCatalog.builtInRoles.find(role)!.guid!;
  const number = assignments++;
  return {
    id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/cccccccc-1111-2222-3333-${String(number).padStart(12, '0')}`,
    properties: {
      principalId: principal,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      scope,
      ...more,
    },
  };
}

let assignments = 1;

/** What a check of expectations, as YAML, finds on a snapshot of these rows. Mistakes in them are thrown. */
export async function check(
  identities: string,
  rows: Readonly<Record<string, readonly Row[]>>,
  options: Partial<CoverageOptions> = {},
  actionSets = sets,
): Promise<CheckReport> {
  const scopes = { workspace, endpoint, registry, storage, group };
  const text = `version: 1\nscopes: ${JSON.stringify(scopes)}\nidentities:\n${identities}`;
  const document = await readYaml(text, 'access.yaml');
  const { expectations, inputErrors } = readExpectations(document, {
    sets: actionSets,
    catalog: shippedCatalog,
    index,
  });
  for (const inputError of inputErrors) throw inputError;
  return evaluate({
    expectations,
    file: 'access.yaml',
    tenant: new Tenant(tenantSnapshot(rows), shippedCatalog, index),
    roles: new Map(['AcrPush'].map(name => [name, shippedCatalog.builtInRoles.find(name)!])),
    catalog: shippedCatalog,
    index,
    options: { allowExcess: 'tolerated', conditionalGrants: 'fail', ...options },
  });
}

/** The subscription lies in the management group unless the rows say otherwise. */
export function tenantSnapshot(rows: Readonly<Record<string, readonly Row[]>>) {
  const all = {
    subscriptions: [{ id: subscription, managementGroup: 'contoso' }],
    managementGroups: [{ id: 'contoso', parent: null }],
    ...rows,
  };
  return snapshotOf(all, 's.json');
}

export const scoringClient = `  - { name: client, principal: ${principal}, needs: [{ set: online-scoring, scope: endpoint }] }\n`;
