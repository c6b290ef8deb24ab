import { expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly findings: readonly { ruleId: string; line: number; column: number }[];
  readonly notices: readonly { code: string; message: string }[];
  readonly summary: { roleDefinitions: number; roleAssignments?: number };
}

async function lint(code: string): Promise<Report> {
  const args = ['lint', '.', '--format', 'json', '--fail-on', 'never'];
  const { stdout } = await runCli(args, { cwd: projectWith({ 'main.tf': code }) });
  return JSON.parse(stdout) as Report;
}

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const owner = '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

function azapi(type: string, body: string): string {
  return `resource "azapi_resource" "it" {
  type      = "Microsoft.Authorization/${type}@2022-04-01"
  name      = "22222222-2222-4222-8222-222222222222"
  parent_id = "${subscription}"
  body      = ${body}
}
resource "azurerm_user_assigned_identity" "deployer" {
  name                = "deployer"
  resource_group_name = "ml"
}
`;
}

const role = `{
    properties = {
      roleName    = "Everything"
      description = "All of it."
      permissions = [{
        actions = [
          "*",
        ]
      }]
      assignableScopes = ["${subscription}"]
    }
  }`;

test.each([
  ['an object', role],
  ['what is encoded as JSON', `jsonencode(${role})`],
])('the body of a role as %s is read in its places', async (_, body) => {
  const { findings, summary } = await lint(azapi('roleDefinitions', body));
  expect(summary.roleDefinitions).toBe(1);
  expect(findings).toMatchObject([{ ruleId: 'role-equals-owner', line: 11, column: 11 }]);
});

const assigned = `properties = {
      roleDefinitionId = ROLE
      principalId      = azurerm_user_assigned_identity.deployer.principal_id
      principalType    = "ServicePrincipal"
    }`;

test.each([
  ['by its id', `"${owner}"`, ''],
  [
    'by its name',
    'data.azurerm_role_definition.it.id',
    'data "azurerm_role_definition" "it" { name = "Owner" }',
  ],
])('a powerful role that is given %s is found', async (_, id, more) => {
  const body = `{ ${assigned.replace('ROLE', id)} }`;
  const { findings, summary } = await lint(azapi('roleAssignments', body) + more);
  expect(summary.roleAssignments).toBe(1);
  expect(findings).toMatchObject([{ ruleId: 'assignment-privileged-service-principal', line: 1 }]);
});

test('a body that is JSON already is read, at its own place as a whole', async () => {
  const principal = '33333333-3333-4333-8333-333333333333';
  const properties = { roleDefinitionId: owner, principalId: principal, principalType: 'ServicePrincipal' };
  const body = `<<JSON\n${JSON.stringify({ properties })}\nJSON`;
  const { findings } = await lint(azapi('roleAssignments', body));
  expect(findings).toMatchObject([{ ruleId: 'assignment-privileged-service-principal' }]);
});

test('what a variable leaves open is said', async () => {
  const code = `${azapi('roleAssignments', 'var.body')}variable "body" {}\n`;
  const { findings, notices } = await lint(code);
  expect(findings).toEqual([]);
  expect(notices).toMatchObject([{ code: 'unknown-value', message: expect.stringContaining('var.body') }]);
});

test('resources of other types are none of its business', async () => {
  const code = azapi('locks', '{ properties = { level = "CanNotDelete" } }');
  const { findings, summary } = await lint(code);
  expect([findings.length, summary.roleDefinitions, summary.roleAssignments ?? 0]).toEqual([0, 0, 0]);
});
