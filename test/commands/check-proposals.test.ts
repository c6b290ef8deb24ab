// What azrbac proposes passes its own check: nothing is assigned, the commands that it prints are run, and it checks again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  acceptableRoles,
  type ActionSet,
  type CompositeActionSet,
  type ResourceKind,
} from '../../src/rbac/action-sets/action-set.js';
import { ActionSets } from '../../src/rbac/action-sets/action-sets.js';
import { runAzCommands, type Tenant } from './az-commands.js';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const sets = new ActionSets(fileURLToPath(new URL('../../role-catalog/action-sets', import.meta.url)));
const all = sets.all();
const single = all.filter((set): set is ActionSet => set.kind === 'action-set');
const composites = all.filter((set): set is CompositeActionSet => set.kind === 'composite');

const principal = 'aaaaaaaa-1111-4222-8333-444444444401';
const subscription = '/subscriptions/11111111-2222-4333-8444-555555555555';
const group = `${subscription}/resourceGroups/fraud`;
const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/fraud-ml`;

/** A scope of each kind, by the name under which it is given. */
const scopes: Readonly<Record<ResourceKind, (name: string) => string>> = {
  any: () => group,
  'assignable-scope': () => subscription,
  subscription: () => subscription,
  'resource-group': () => group,
  'node-resource-group': () => `${subscription}/resourceGroups/MC_fraud_aks_westeurope`,
  workspace: () => workspace,
  'online-endpoint': () => `${workspace}/onlineEndpoints/claims`,
  'batch-endpoint': () => `${workspace}/batchEndpoints/claims`,
  'machine-learning-registry': () => `${group}/providers/Microsoft.MachineLearningServices/registries/shared`,
  'container-registry': name => `${group}/providers/Microsoft.ContainerRegistry/registries/cr${plain(name)}`,
  'storage-account': name => `${group}/providers/Microsoft.Storage/storageAccounts/st${plain(name)}`,
  'key-vault': name => `${group}/providers/Microsoft.KeyVault/vaults/kv${plain(name)}`,
  'application-insights': () => `${group}/providers/Microsoft.Insights/components/ai-fraud`,
  'user-assigned-identity': name =>
    `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
  'aks-cluster': () => `${group}/providers/Microsoft.ContainerService/managedClusters/fraud-aks`,
};

function plain(name: string): string {
  return name.replaceAll('-', '').slice(0, 20);
}

/** The needs of an identity, as in an expectations file. */
function needsOf(set: ActionSet | CompositeActionSet): object[] {
  if (set.kind !== 'composite') return [{ set: set.id, scope: scopes[set.scope]('own') }];
  const parts = set.parts.map(part => {
    const { scope } = sets.get(part.set) as ActionSet;
    return [part.at, scopes[scope](part.at)] as const;
  });
  return [{ set: set.id, scopes: Object.fromEntries(parts) }];
}

class Project {
  readonly tenant: Tenant = { roleDefinitions: [], roleAssignments: [] };
  private readonly folder: string;

  constructor(needs: readonly object[], ...others: readonly object[]) {
    const identities = [{ name: 'someone', principal, needs }, ...others];
    this.folder = projectWith({ 'access.yaml': JSON.stringify({ version: 1, identities }) });
  }

  async check() {
    const snapshot = {
      version: 1,
      kind: 'azrbac-snapshot',
      collectedAt: '2026-08-22T00:00:00Z',
      cloud: 'public',
      ...this.tenant,
      denyAssignments: [],
      principals: [{ id: principal, type: 'ServicePrincipal', displayName: 'someone', memberOf: [] }],
      subscriptions: [
        { id: subscription.slice('/subscriptions/'.length), displayName: 'Fraud', managementGroup: null },
      ],
      gaps: [],
    };
    writeFileSync(join(this.folder, 'snapshot.json'), JSON.stringify(snapshot));
    return runCli(['check', 'access.yaml', '--snapshot', 'snapshot.json'], { cwd: this.folder });
  }
}

test.each([...single, ...composites].map(set => [set.id, set] as const))(
  'who runs the commands printed for %s passes',
  async (_, set) => {
    const project = new Project(needsOf(set));
    const before = await project.check();
    expect(before.exitCode, before.stdout).toBe(1);
    expect(runAzCommands(before.stdout, project.tenant)).toBeGreaterThan(0);
    const after = await project.check();
    expect(after.exitCode, after.stdout).toBe(0);
  },
);

const pairs = single.flatMap(set => set.recommended.map(role => [set.id, role, set] as const));

describe.each(pairs)('for %s the recommended "%s"', (id, role, set) => {
  test('passes as a role', async () => {
    const { exitCode, stdout } = await runCli(['check', '--action-set', id, '--role', role]);
    expect(exitCode, stdout).toBe(0);
  });

  test('passes where it is assigned', async () => {
    const project = new Project(needsOf(set));
    assign([role], set, project.tenant);
    const { exitCode, stdout } = await project.check();
    expect(exitCode, stdout).toBe(0);
  });
});

test.each(single.flatMap(set => set.recommendedTogether.map(roles => [set.id, roles, set] as const)))(
  'for %s the recommended %j pass together',
  async (_, roles, set) => {
    const project = new Project(needsOf(set));
    assign(roles, set, project.tenant);
    const { exitCode, stdout } = await project.check();
    expect(exitCode, stdout).toBe(0);
  },
);

test.each(single.flatMap(set => set.coveredBy.map(role => [role, set.id] as const)))(
  '"%s" covers %s, and is more than that',
  async (role, id) => {
    const { exitCode, stdout } = await runCli([
      'check',
      '--action-set',
      id,
      '--role',
      role,
      '--format',
      'json',
    ]);
    const [result] = JSON.parse(stdout).results;
    expect([exitCode, result.coverage]).toEqual([1, 'complete']);
    expect(['excess', 'forbidden']).toContain(result.leastPrivilege);
  },
);

test('a role is recommended or wider, never both', () => {
  const both = single.flatMap(set => set.coveredBy.filter(role => acceptableRoles(set).includes(role)));
  expect(both).toEqual([]);
});

/** Each choice that a part of a composite recommends, the other parts with their first. */
const choices = composites.flatMap(composite => {
  const parts = composite.parts.map(({ set, at }) => ({ set: sets.get(set) as ActionSet, at }));
  return parts.flatMap((part, partIndex) =>
    recommendationsOf(part.set)
      // All the first ones together are the same for each part.
      .filter((_, at) => at > 0 || partIndex === 0)
      .map(roles => [composite.id, part.at, roles, { composite, parts, part }] as const),
  );
});

test.each(choices)(
  'in %s at the %s, the recommended %j pass',
  async (_, __, roles, { composite, parts, part }) => {
    const project = new Project(needsOf(composite));
    for (const each of parts) {
      const assigned = each === part ? roles : recommendationsOf(each.set)[0];
      if (assigned !== undefined) assign(assigned, each.set, project.tenant, each.at);
    }
    const before = await project.check();
    // What no role is recommended for has custom roles.
    if (before.exitCode === 1) runAzCommands(before.stdout, project.tenant);
    const { exitCode, stdout } = await project.check();
    expect(exitCode, stdout).toBe(0);
  },
);

function recommendationsOf({ recommended, recommendedTogether }: ActionSet): (readonly string[])[] {
  return [...recommended.map(role => [role]), ...recommendedTogether];
}

describe('of one set that takes a custom role', () => {
  const other = `${subscription}/resourceGroups/claims/providers/Microsoft.MachineLearningServices/workspaces/claims-ml`;
  const invoke = (scope: string): object => ({ set: 'batch-invoke', scope });
  const somebodyElse = { name: 'other', principal: principal.replace(/1$/, '2') };
  const definitions = (text: string): number => text.match(/az role definition create/g)?.length ?? 0;

  test.each([
    ['at workspaces of two resource groups', [invoke(workspace), invoke(other)], [], 2],
    ['at two workspaces of one resource group', [invoke(workspace), invoke(`${workspace}-2`)], [], 1],
    ['of two identities', [invoke(workspace)], [{ ...somebodyElse, needs: [invoke(workspace)] }], 1],
  ])('the commands %s work', async (_, needs, others, expected) => {
    const project = new Project(needs, ...others);
    const { stdout } = await project.check();
    expect(definitions(stdout)).toBe(expected);
    runAzCommands(stdout, project.tenant);
    const after = await project.check();
    expect(after.exitCode, after.stdout).toBe(0);
  });

  test('the commands work where the first of them was run before', async () => {
    const project = new Project([invoke(workspace)]);
    const [create = ''] = (await project.check()).stdout.match(/az role definition create.*/) ?? [];
    runAzCommands(create, project.tenant);
    const { stdout } = await project.check();
    expect(definitions(stdout)).toBe(0);
    runAzCommands(stdout, project.tenant);
    expect((await project.check()).exitCode).toBe(0);
  });

  test('what is still missing of a role that was too small has another name', async () => {
    const project = new Project([invoke(workspace)]);
    const { stdout } = await project.check();
    const tooSmall = stdout.replace(/"Actions":\["[^"]+",/, '"Actions":[');
    runAzCommands(tooSmall, project.tenant);
    const second = await project.check();
    expect(definitions(second.stdout)).toBe(1);
    runAzCommands(second.stdout, project.tenant);
    const after = await project.check();
    expect(after.exitCode, after.stdout).toBe(0);
  });
});

function assign(roles: readonly string[], set: ActionSet, tenant: Tenant, at = 'own'): void {
  const scope = scopes[set.scope](at);
  const commands = roles.map(
    role =>
      `az role assignment create --assignee-object-id ${principal} --assignee-principal-type ServicePrincipal --role "${role}" --scope "${scope}"`,
  );
  runAzCommands(commands.join('\n'), tenant);
}
