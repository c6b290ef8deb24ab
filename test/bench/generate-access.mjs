import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mulberry32 } from './seeded.mjs';

const narrow = [
  'AcrPull',
  'AcrPush',
  'Key Vault Secrets User',
  'Storage Blob Data Reader',
  'Storage Blob Data Contributor',
  'AzureML Compute Operator',
  'Managed Identity Operator',
  'Monitoring Metrics Publisher',
];
const broad = ['Reader', 'Contributor'];
const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';

/**
 * Writes `access.json` and `snapshot.json`: identities that each need two action sets, with `assignments` role
 * assignments each, one in twenty of them of a broad role. Seeded: always the same.
 */
export function generateAccess(folder, builtInRoles, { identities, assignments, seed = 1 }) {
  const random = mulberry32(seed);
  const pick = list => list[Math.floor(random() * list.length)];
  const group = () => `${subscription}/resourceGroups/group-${Math.floor(random() * 50)}`;
  const roleAssignments = [];
  const expected = [];
  for (let i = 0; i < identities; i++) {
    const principal = guid('bbbbbbbb', i);
    for (let j = 0; j < assignments; j++) {
      const role = builtInRoles.find(pick(random() < 0.05 ? broad : narrow));
      roleAssignments.push(assignmentRow(guid('aaaaaaaa', i * assignments + j), principal, role, group()));
    }
    const own = `${group()}/providers`;
    const needs = [
      { set: 'online-scoring', scope: `${own}/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e-${i}` },
      { set: 'acr-pull', scope: `${own}/Microsoft.ContainerRegistry/registries/registry${i}` },
    ];
    expected.push({ name: `identity ${i}`, principal, needs, never: ['*/delete'] });
  }
  const [access, snapshot] = [join(folder, 'access.json'), join(folder, 'snapshot.json')];
  writeFileSync(access, JSON.stringify({ version: 1, identities: expected }));
  writeFileSync(snapshot, JSON.stringify({ version: 1, kind: 'azrbac-snapshot', roleAssignments }));
  return { access, snapshot };
}

function assignmentRow(name, principalId, role, scope) {
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    properties: {
      principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`,
      scope,
    },
  };
}

function guid(start, number) {
  return `${start}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
