import { fileURLToPath } from 'node:url';
import { ActionSets } from '../../../src/rbac/action-sets/action-sets.js';
import { type Explained, explainText } from '../../../src/analysis/explain/explain.js';
import { loadKnowledge } from '../../../src/analysis/explain/known-errors.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { RolePurposes } from '../../../src/rbac/recommendations/role-purposes.js';
import { shippedRules } from '../../lint-example.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const tools = {
  knowledge: loadKnowledge(),
  catalog: shippedCatalog,
  index: new OperationIndex(shippedCatalog),
  sets: new ActionSets(fileURLToPath(new URL('../../../role-catalog/action-sets', import.meta.url))),
  purposes: new RolePurposes(),
  rules: () => shippedRules,
  asOf: '2026-11-21',
};

/** What azrbac says of a pasted text. */
export function explain(text: string): Explained {
  return explainText(text, tools);
}

export const ids = {
  subscription: '11111111-2222-3333-4444-555555555555',
  object: '22222222-aaaa-bbbb-cccc-333333333333',
  client: '99999999-aaaa-bbbb-cccc-000000000000',
} as const;

export const workspace = `/subscriptions/${ids.subscription}/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/fraud`;

/** The sentence of Azure Resource Manager. */
export function denied(operation: string, scope: string, client: string = ids.client): string {
  return `The client '${client}' with object id '${ids.object}' does not have authorization to perform action '${operation}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
}
