import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJson } from '../../src/input/json.js';
import { runLint } from '../../src/lint/engine/run.js';
import { profileSettings } from '../../src/lint/engine/rules.js';
import type { SourceDocument } from '../../src/input/source-document.js';
import { findRoleDefinitions } from '../../src/rbac/model/find-role-definitions.js';
import type { RoleDefinition } from '../../src/rbac/model/role-definition.js';
import { readTerraformFiles } from '../../src/workspace/terraform-input.js';
import { projectWith } from '../commands/project.js';
import { shippedRules } from '../lint-example.js';
import { seededRandom } from '../seeded.js';
import { shippedCatalog } from '../shipped-catalog.js';

interface Role {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly scopes: readonly string[];
}

const pool = [
  '*',
  '*/read',
  'Microsoft.Compute/*',
  'Microsoft.Compute/virtualMachines/read',
  'microsoft.compute/virtualmachines/READ',
  'Microsoft.Compute/virtualMachines/reed',
  'Microsoft.Compute/virtualMachines/*/read',
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/*',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action',
  'Microsoft.Nowhere/things/read',
  ' Microsoft.Web/sites/read',
  'Microsoft.Web/sites/*/wri*te',
  's3:GetObject',
  'Microsoft.Web/sites/räd',
  'a "quoted" \\ text',
  '${not} a %{template}',
];

const scopes = [
  '/',
  '/subscriptions/11111111-2222-3333-4444-555555555555',
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ml-prod',
  '/providers/Microsoft.Management/managementGroups/platform',
  'subscriptions/11111111-2222-3333-4444-555555555555',
  '/subscriptions/*',
];

const seed = Number(process.env.AZRBAC_SEED ?? 20261130);
const samples = Number(process.env.AZRBAC_SAMPLES ?? 40);

function randomRole(random: () => number, name: string): Role {
  const some = (from: readonly string[], most: number): string[] =>
    Array.from(
      { length: Math.floor(random() * (most + 1)) },
      () => from[Math.floor(random() * from.length)]!,
    );
  return {
    name,
    description: random() < 0.2 ? '' : 'Read only: deploys what is needed.',
    actions: some(pool, 5),
    notActions: random() < 0.5 ? [] : some(pool, 2),
    dataActions: random() < 0.5 ? [] : some(pool, 2),
    notDataActions: random() < 0.8 ? [] : some(pool, 2),
    scopes: [scopes[Math.floor(random() * scopes.length)]!, ...some(scopes, 2)],
  };
}

function jsonOf(role: Role): string {
  return JSON.stringify(
    {
      Name: role.name,
      IsCustom: true,
      Description: role.description,
      Actions: role.actions,
      NotActions: role.notActions,
      DataActions: role.dataActions,
      NotDataActions: role.notDataActions,
      AssignableScopes: role.scopes,
    },
    null,
    2,
  );
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%]\{/g, sequence => sequence[0] + sequence);
}

function hclOf(role: Role): string {
  const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;
  return `locals {
  actions = ${list(role.actions)}
}
resource "azurerm_role_definition" "this" {
  name        = ${quoted(role.name)}
  scope       = "/"
  description = ${quoted(role.description)}
  permissions {
    actions          = local.actions
    not_actions      = ${list(role.notActions)}
    data_actions     = ${list(role.dataActions)}
    not_data_actions = ${list(role.notDataActions)}
  }
  assignable_scopes = ${list(role.scopes)}
}
`;
}

/** Rule, severity, message and, where it is about a text, that text. */
function findingsOf(document: SourceDocument, roleDefinitions: readonly RoleDefinition[]): string[] {
  const { findings } = runLint({
    documents: [document],
    roleDefinitions,
    rules: shippedRules,
    settings: profileSettings(shippedRules, 'strict'),
    catalog: shippedCatalog,
    asOf: '2026-11-21',
  });
  return findings
    .map(({ rule, severity, message, at }) => {
      const text = at.document.text.slice(at.range?.start, at.range?.end);
      const value = text.startsWith('"')
        ? text.replaceAll(/([$%])\1\{/g, (_, sign: string) => `${sign}{`)
        : '';
      return `${rule.id} ${severity} ${message} ${value}`;
    })
    .sort();
}

test('a role has the same findings in JSON and in Terraform', async () => {
  const random = seededRandom(seed);
  const cwd = projectWith({});
  let found = 0;
  for (let i = 0; i < samples; i++) {
    const role = randomRole(random, `Role ${i}`);
    const json = readJson(jsonOf(role), 'role.json');
    const text = hclOf(role);
    writeFileSync(join(cwd, 'main.tf'), text);
    const hcl = { ...json, text, root: undefined, comments: [], file: 'main.tf' };
    const file = { path: join(cwd, 'main.tf'), shown: 'main.tf', isNamed: true };
    const { files } = await readTerraformFiles([{ file, document: hcl }], [], cwd);
    const [read] = files;
    const inJson = findingsOf(json, findRoleDefinitions(json, true).roleDefinitions);
    expect(findingsOf(read!.document, read!.roleDefinitions), text).toEqual(inJson);
    found += inJson.length;
  }
  expect(found).toBeGreaterThan(samples * 4);
});
