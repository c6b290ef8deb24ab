import { memberOf, type JsonNode } from '../../src/input/json-node.js';
import { readJson } from '../../src/input/json.js';
import type { SourceDocument, SourceRef } from '../../src/input/source-document.js';
import { refTo } from '../../src/input/source-ref.js';
import type { Finding, LintResult } from '../../src/lint/engine/finding.js';
import type { Rule } from '../../src/lint/engine/rule.js';

export const plain = { color: 0, version: '0.1.0', failOn: 'medium' } as const;

export const scorerText = `{
  "Name": "Model scorer",
  "Description": "Sends requests to online endpoints.",
  "Actions": [
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action",
\t"Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action"
  ],
  "AssignableScopes": ["/subscriptions/7f5ad7c1-2f0b-4bd9-8d0a-30d2f4f1f1c2"]
}
`;

export const wildcardRule: Rule = {
  id: 'ml-scoring-wildcard',
  title: 'Scoring role hands out more than score',
  category: 'azure-ml',
  severity: 'high',
  check: 'ml-scoring-wildcard',
  message: 'Role "{role}" …',
  why: 'The wildcard also lets its holder read the keys of the endpoint.',
  fix: 'Write Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action instead.',
  references: ['https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint'],
  since: '0.1.0',
};

export const unknownRule: Rule = {
  id: 'action-unknown',
  title: 'Operation that Azure does not know',
  category: 'action-strings',
  severity: 'high',
  check: 'action-verdict',
  message: 'Role "{role}" …',
  why: 'Azure refuses the role, or it grants less than it says.',
  fix: 'Write the operation as Azure spells it.',
  references: [],
  since: '0.1.0',
};

export const descriptionRule: Rule = {
  ...unknownRule,
  id: 'role-description-missing',
  category: 'document',
  severity: 'low',
  title: 'Role without a description',
  why: 'Nobody can tell what the role is for.',
  fix: 'Say in one sentence who needs the role.',
};

/** The place of a value of a document. */
export function placeIn(document: SourceDocument, ...path: readonly (string | number)[]): SourceRef {
  let node: JsonNode | undefined = document.root;
  for (const key of path) node = node && valueAt(node, key);
  if (node === undefined) throw new Error(`There is no ${path.join('/')} in ${document.file}.`);
  return refTo(document, node);
}

function valueAt(node: JsonNode, key: string | number): JsonNode | undefined {
  if (node.kind === 'object' && typeof key === 'string') return memberOf(node, key);
  if (node.kind === 'array' && typeof key === 'number') return node.items[key];
  return undefined;
}

export const scorer = readJson(scorerText, 'roles/scorer.json');

export const wildcardFinding: Finding = {
  rule: wildcardRule,
  variant: undefined,
  severity: 'critical',
  message:
    'Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".',
  at: placeIn(scorer, 'Actions', 0),
  subject: { kind: 'role-definition', name: 'Model scorer', id: null },
  evidence: { pattern: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action', count: 3 },
  related: [{ at: placeIn(scorer, 'Description'), message: 'The description speaks of requests only.' }],
  fingerprint: '00112233445566aa',
  fix: undefined,
};

export const typoFinding: Finding = {
  rule: unknownRule,
  variant: 'near-match',
  severity: 'high',
  message:
    'Azure knows no operation "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action".',
  at: placeIn(scorer, 'Actions', 1),
  subject: { kind: 'role-definition', name: 'Model scorer', id: null },
  evidence: {
    action: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action',
    suggestions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'],
  },
  related: [],
  fingerprint: '00112233445566bb',
  fix: undefined,
};

/** In a file without text, such as one that came from a snapshot. */
export const descriptionFinding: Finding = {
  rule: descriptionRule,
  variant: undefined,
  severity: 'low',
  message: 'Role "Reader of keys" has no description.',
  at: { document: readJson('', 'roles/keys.json'), pointer: '', range: undefined },
  subject: { kind: 'role-definition', name: 'Reader of keys', id: '5f1b7a0e-9f5b-4c2e-8a43-3c1f1f9b0d11' },
  evidence: {},
  related: [],
  fingerprint: '00112233445566cc',
  fix: undefined,
};

export const catalog = { date: '2026-08-22', operations: 22704, builtInRoles: 928 };

export const result: LintResult = {
  findings: [descriptionFinding, wildcardFinding],
  suppressed: [{ finding: typoFinding, by: 'inline', reason: 'Preview operation' }],
  notices: [
    { code: 'not-an-azure-role', message: 'This is a Cosmos DB role definition.', file: 'roles/cosmos.json' },
  ],
  files: 3,
  roleDefinitions: 2,
  catalog,
};

export const cleanResult: LintResult = {
  findings: [],
  suppressed: [],
  notices: [],
  files: 1,
  roleDefinitions: 1,
  catalog,
};
