// Random tenants, judged by the evaluation and by a reference of a few lines that knows neither sets nor indexes.
import { expect, test } from 'vitest';
import type { ActionSet } from '../../src/action-sets/action-set.js';
import { grants, type PlainPermission } from '../laws/reference.js';
import { seededRandom } from '../seeded.js';
import {
  assignmentRow,
  check,
  endpoint,
  group,
  managementGroup,
  principal,
  roleRow,
  sets,
  subscription,
  workspace,
} from './access.js';
import { shippedCatalog } from '../shipped-catalog.js';

const scopes = [
  '/',
  managementGroup,
  subscription,
  group,
  workspace,
  endpoint,
  `${endpoint}x`,
  `${group}/providers/Microsoft.Storage/storageAccounts/s`,
];
/** Those above the endpoint, and itself. */
const reaching = scopes.slice(0, 6);

const set = sets.get('online-scoring-cli') as ActionSet;
const ml = 'Microsoft.MachineLearningServices/workspaces';
const patterns = [
  '*',
  '*/read',
  '*/action',
  `${ml}/*`,
  `${ml}/read`,
  `${ml}/*/read`,
  `${ml}/onlineEndpoints/*`,
  `${ml}/onlineEndpoints/score/action`,
  `${ml}/onlineEndpoints/read`,
  `${ml}/onlineEndpoints/write`,
  `${ml}/onlineEndpoints/*/action`,
  'Microsoft.Compute/virtualMachines/read',
];

/** Every operation of a few providers, in the plane that it has: what the reference looks at. */
const universe = [
  'Microsoft.MachineLearningServices',
  'Microsoft.Compute',
  'Microsoft.Authorization',
  'Microsoft.KeyVault',
  'Microsoft.Storage',
  'Microsoft.ContainerRegistry',
  'Microsoft.ManagedIdentity',
]
  .flatMap(provider => {
    const section = shippedCatalog.operations.provider(provider.toLowerCase())!;
    return Array.from({ length: section.count }, (_, at) => shippedCatalog.operations.at(section.first + at));
  })
  .filter(({ plane }) => plane === 'control' || plane === 'both')
  .map(({ name }) => name)
  .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

interface Assigned {
  readonly scope: string;
  readonly permissions: readonly PlainPermission[];
  readonly isConditional: boolean;
}

function reference(assigned: readonly Assigned[]) {
  const here = assigned.filter(({ scope }) => reaching.includes(scope));
  const given = (operation: string, conditional: boolean): boolean =>
    here.some(
      ({ permissions, isConditional }) =>
        isConditional === conditional && grants(permissions, operation, 'control'),
    );
  const within = (lists: readonly string[], operation: string): boolean =>
    grants([{ actions: lists, notActions: [], dataActions: [], notDataActions: [] }], operation, 'control');
  const required = set.required.control!;
  const held = universe.filter(operation => given(operation, false) || given(operation, true));
  const covered = required.filter(operation => given(operation, false));
  const conditional = required.filter(operation => !given(operation, false) && given(operation, true));
  const missing = required.filter(operation => !given(operation, false) && !given(operation, true));
  const forbidden = held.filter(
    operation => within(set.forbidden.control!, operation) && !required.includes(operation),
  );
  const excess = held.filter(
    operation =>
      !required.includes(operation) &&
      (forbidden.includes(operation) || !within(set.tolerated.control ?? [], operation)),
  );
  const fails = missing.length + conditional.length + forbidden.length > 0;
  return {
    covered,
    conditional,
    missing,
    forbidden,
    excess,
    status: fails ? 'fail' : excess.length > 0 ? 'excess' : 'pass',
  };
}

test('the evaluation is what the reference says', async () => {
  const random = seededRandom(20_261_121);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const some = (most: number): string[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(patterns));
  const seen = new Set<string>();
  for (let round = 0; round < 60; round++) {
    const roles = Array.from({ length: 3 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 2) }, (): PlainPermission => {
        return {
          actions: random() < 0.4 ? set.required.control! : some(2),
          notActions: some(1),
          dataActions: [],
          notDataActions: [],
        };
      }),
    );
    const assigned = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      return { role: Math.floor(random() * 3), scope: pick(scopes), isConditional: random() < 0.2 };
    });
    const { results } = await check(
      `  - { name: client, principal: ${principal}, needs: [{ set: online-scoring-cli, scope: endpoint }] }\n`,
      {
        roleDefinitions: roles.map((permissions, at) =>
          roleRow(at, permissions as unknown as Readonly<Record<string, unknown>>[]),
        ),
        roleAssignments: assigned.map(({ role, scope, isConditional }) =>
          assignmentRow(role, scope, isConditional ? { condition: 'x' } : {}),
        ),
      },
    );
    const expected = reference(
      assigned.map(({ role, scope, isConditional }) => ({ scope, isConditional, permissions: roles[role]! })),
    );
    const result = results.find(({ scope }) => scope === endpoint)!;
    const { covered, conditional, missing, forbidden, excess } = result;
    const looked = new Set(universe);
    expect({ covered, conditional, missing, forbidden }).toEqual({
      covered: expected.covered,
      conditional: expected.conditional,
      missing: expected.missing,
      forbidden: expected.forbidden,
    });
    // Operations of unknown plane are granted by those who spell them out alone, so the universe leaves them out.
    expect(excess.operations.filter(name => looked.has(name))).toEqual(expected.excess);
    if (expected.excess.length > 0 || excess.operations.length === 0)
      expect(result.status).toBe(expected.status);
    expect([...covered, ...conditional, ...missing].sort()).toEqual([...set.required.control!].sort());
    expect(forbidden.filter(name => !excess.operations.includes(name))).toEqual([]);
    seen.add(result.status);
  }
  expect([...seen].sort()).toEqual(['excess', 'fail', 'pass']);
}, 120_000);
