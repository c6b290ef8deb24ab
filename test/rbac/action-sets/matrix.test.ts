// Which built-in role covers which action set, one row per set. The table was computed from Azure's published roles
// independently of this project. F: covers it; n/m: n of its m operations; ·: none; !k: k operations that the set
// forbids are granted too. Conditions are left aside.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ActionSets } from '../../../src/rbac/action-sets/action-sets.js';
import type { ActionSet } from '../../../src/rbac/action-sets/action-set.js';
import { coverage } from '../../../src/rbac/action-sets/coverage.js';
import { heldThrough } from '../../../src/tenant/access/granted-role.js';
import { needOf } from '../../../src/rbac/action-sets/need.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const roles = [
  'AzureML Data Scientist',
  'AzureML Compute Operator',
  'AzureML Metrics Writer (preview)',
  'AzureML Registry User',
  'Azure Machine Learning Workspace Connection Secrets Reader',
  'Azure AI Developer',
  'Azure AI Administrator',
  'Azure AI Inference Deployment Operator',
  'Contributor',
  'Reader',
  'Owner',
  'AcrPull',
  'AcrPush',
  'Storage Blob Data Reader',
  'Storage Blob Data Contributor',
  'Managed Identity Operator',
  'Managed Identity Contributor',
  'Key Vault Secrets User',
  'User Access Administrator',
  'Role Based Access Control Administrator',
  'Key Vault Administrator',
  'Key Vault Crypto Service Encryption User',
  'Container Registry Repository Reader',
  'Virtual Machine Contributor',
  'Managed Identity Federated Identity Credential Contributor',
  'Foundry User',
];

const matrix = `
online-control-plane                   F!1 · · · · F!1 F!1 · F!2 1/6 F!4 · · · · · · · | 1/6!2 1/6!1 · · · · · ·
online-endpoint-admin                  F!4 · · · · F!4 F!4 · F!5 10/14 F!7 · · · · · · · | 10/14!2 10/14!1 · · · · · ·
online-studio-deployer                 3/4 · · · · F F 1/4 F!1 · F!3 · · · · 1/4!1 1/4 · | · · 1/4 · · 1/4 1/4 1/4
online-deployment-create               F!2 · · · · F!2 F!2 · F!3 7/12 F!5 · · · · · · · | 7/12!2 7/12!1 · · · · · ·
online-create-with-identity-workspace  F!3 · · · · F!3 F!3 · F!3 1/2 F!3 · · · · · · · | 1/2 1/2 · · · · · ·
online-create-with-identity            · · · · · · · · F!2 1/2 F!3 · · · · F 1/2!2 · | 1/2!1 1/2!1 · · · · 1/2 ·
online-scoring                         F!20 · · · · F!21 F!25 · F!26 · F!28 · · · · · · · | · · · · · · · ·
online-scoring-cli                     F!19 · · · · F!20 F!24 · F!25 2/3!3 F!27 · · · · · · · | 2/3!5 2/3!4 · · · · · ·
online-keys                            F!5 · · · · F!5 F!5 · F!6 1/2 F!8 · · · · · · · | 1/2!2 1/2!1 · · · · · ·
online-token                           F!6 · · · · F!6 F!6 · F!7 1/2 F!9 · · · · · · · | 1/2!2 1/2!1 · · · · · ·
online-key-rotator                     F!4 · · · · F!4 F!4 · F!5 1/3 F!7 · · · · · · · | 1/3!2 1/3!1 · · · · · ·
online-log-reader                      F!8 · · · · F!8 F!8 · F!8 2/3 F!8 · · · · · · · | 2/3 2/3 · · · · · ·
batch-invoke                           34/35!3 2/35!2 1/35 · 1/35!1 F!5 F!5 · F!6 16/35 F!8 · · · · · · · | 16/35!2 16/35!1 · · · · · ·
batch-invoke-minimal                   F!4 1/28!1 1/28 · · F!5 F!5 · F!6 15/28 F!8 · · · · · · · | 15/28!2 15/28!1 · · · · · ·
batch-endpoint-admin                   F 1/14!2 · · · F!2 F!2 · F!3 10/14 F!5 · · · · · · · | 10/14!2 10/14!1 · · · · · ·
blob-read                              · · · · · · 1/2!3 · 1/2!3 1/2 1/2!3 · · F F!2 · · · | 1/2 1/2 · · · · · ·
blob-read-write                        · · · · · · 2/6!1 · 2/6!1 1/6 2/6!1 · · 2/6 F · · · | 1/6 1/6 · · · · · ·
acr-pull                               · · · · · · F!3 · F!3 F F!3 F F!1 · · · · · | F F · · · · · ·
acr-pull-abac                          · · · · · · · · · · · · · · · · · · | · · · · F · · ·
metrics-write                          F!19 · F · · F!20 F!24 · F!24 · F!24 · · · · · · · | · · · · · · · ·
connection-secrets-read                F!7 · · · F F!7 F!8 · F!9 1/2 F!11 · · · · · · · | 1/2!2 1/2!1 · · · · · ·
key-vault-secret-read                  · · · · · · · · · · · · · · · · · F | · · F!3 · · · · ·
workspace-identity-workspace           1/4 1/4 · · · 2/4 F · F 1/4 F!1 · · · · · · · | 1/4!1 1/4!1 · · · · · ·
workspace-identity-key-vault           · · · · · · 1/5 · 1/5 1/5 1/5 · · · · · · 1/5 | 1/5 1/5 F 1/5 · · · ·
workspace-identity-acr                 · · · · · · F · F 2/4 F!1 1/4 2/4 · · · · · | 2/4!1 2/4!1 · · · · · ·
workspace-identity-private-acr-build   · · · · · · · · F!2 1/2 F!3 · · · · F 1/2!2 · | 1/2!1 1/2!1 · · · · 1/2 ·
workspace-identity-cmk                 · · · · · · F · F · F!1 · · · · · · · | · · · · · · · ·
cmk-encryption                         · · · · · · · · · · · · · · · · · · | · · F!3 F · · · ·
pod-identity-nodes                     · · · · · · · · F 2/4 F!1 · · · · · · · | 2/4!1 2/4!1 · · · F · ·
pod-identity-assign                    · · · · · · · · F!2 1/2 F!2 · · · · F 1/2!2 · | 1/2 1/2 · · · · 1/2 ·
workload-identity-admin                · · · · · · · · F!2 2/3 F!2 · · · · 2/3!1 F!1 · | 2/3 2/3 · · · · F ·
managed-identity-creator               · · · · · · · · F 1/3 F!1 · · · · 1/3 F · | 1/3!1 1/3!1 · · · · 1/3 ·
role-author                            · · · · · 1/2 1/2 1/2 1/2 1/2 F · · · · 1/2 1/2 · | F 1/2 1/2 · · 1/2 1/2 1/2
role-assigner                          · · · · · 1/2 1/2 1/2 1/2 1/2 F · · · · 1/2 1/2 · | F F 1/2 · · 1/2 1/2 1/2
mlops-ci-run                           F · · · · F!3 F!6 · F!7 12/19 F!9 · · · · · · · | 12/19!2 12/19!1 · · · · · ·
mlops-ci-deploy                        F!2 · · · · F!3 F!5 · F!6 18/33 F!8 · · · · · · · | 18/33!2 18/33!1 · · · · · ·
data-scientist                         F 3/19!3 · · · F!3 F!6 · F!6 4/19 F!8 · · · · · · · | 4/19!2 4/19!1 · · · · · ·
compute-operator                       7/9!4 F · · · F!4 F!6 · F!6 1/9 F!8 · · · · · · · | 1/9!2 1/9!1 · · · · · ·
ml-auditor                             8/10!15 1/10!1 · · · F!16 F!21 2/10 F!21 F!4 F!21 · · · · 2/10 2/10 · | F!4 F!4 2/10!1 · · 2/10!1 2/10 2/10
ml-registry-consumer                   · · · F!1 · · · · F!3 F F!3 · · · · · · · | F F · · · · · ·
aks-attach                             · · · · · · · · F 1/3 F!1 · · · · · · · | 1/3!1 1/3!1 · · · · · ·
endpoint-setup-with-identity           2/6 · · · · 2/6 3/6 · 5/6 · F · · · · 1/6 1/6 · | 1/6 1/6 · · · · · ·
`;

const sets = new ActionSets(fileURLToPath(new URL('../../../role-catalog/action-sets', import.meta.url)));
const tools = { catalog: shippedCatalog, index: new OperationIndex(shippedCatalog) };

test.each(
  matrix
    .trim()
    .split('\n')
    .map(row => row.split(/ {2,}/) as [string, string]),
)('%s', (id, cells) => {
  const need = needOf(sets.get(id) as ActionSet, tools);
  const computed = roles.map(name => {
    const held = heldThrough(shippedCatalog.builtInRoles.find(name)!, tools);
    const found = coverage(need, held, { allowExcess: 'any', conditionalGrants: 'cover' });
    const covered = found.covered.length + found.conditional.length;
    const required = covered + found.missing.length;
    const cover = covered === 0 ? '·' : covered === required ? 'F' : `${covered}/${required}`;
    return found.forbidden.length === 0 || covered === 0 ? cover : `${cover}!${found.forbidden.length}`;
  });
  expect(computed.join(' ')).toBe(cells.replace(' | ', ' '));
});
