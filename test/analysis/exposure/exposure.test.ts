import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadAccessKinds } from '../../../src/analysis/exposure/kind-table.js';
import { exposureOf } from '../../../src/analysis/exposure/exposure.js';
import type { ExposedIdentity, Exposure } from '../../../src/analysis/exposure/exposed-identity.js';
import type { NeededAccess } from '../../../src/analysis/exposure/counted-access.js';
import { compileRules } from '../../../src/lint/engine/rules.js';
import {
  assign,
  corp,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  type Rows,
  subscription,
  tenantOf,
  user,
} from '../../tenant/access/tenant-rows.js';

const { groups } = compileRules(join(fileURLToPath(new URL('../../..', import.meta.url)), 'rules'));

function exposed(rows: Rows, needed?: NeededAccess): Exposure {
  return exposureOf(
    tenantOf({ principals: [user(1)], ...rows }),
    groups,
    needed === undefined ? {} : { needed },
  );
}

function pointsOf({ cells }: ExposedIdentity): Record<string, number> {
  return Object.fromEntries(
    cells.filter(({ points }) => points > 0).map(({ kind, points }) => [kind, points]),
  );
}

function first(rows: Rows, needed?: NeededAccess): ExposedIdentity {
  return exposed(rows, needed).identities[0]!;
}

test('the weights of all kinds are even, and 100 together', () => {
  const weights = loadAccessKinds().map(({ weight }) => weight);
  expect(weights.filter(weight => weight % 2 !== 0)).toEqual([]);
  expect(weights.reduce((sum, weight) => sum + weight)).toBe(100);
});

test('kinds name operation groups that there are, and operations that there are', () => {
  const names = new Set(groups.map(({ name }) => name));
  const { catalog, index } = tenantOf({});
  const wrong = loadAccessKinds().flatMap(({ id: kind, groups: named = [], patterns = [] }) => [
    ...named.filter(name => !names.has(name)).map(name => `${kind}: ${name}`),
    ...patterns
      .filter(({ pattern }) => index.expand(pattern).isEmpty)
      .map(({ pattern }) => `${kind}: ${pattern}`),
  ]);
  expect(catalog.operations.size).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});

const ofOwner = {
  'grants-access': 20,
  'acts-as-others': 14,
  'reads-secrets': 14,
  'runs-code': 12,
  'changes-anything': 10,
  destroys: 6,
  'removes-protection': 6,
  'copies-data': 6,
  'opens-networks': 4,
  'controls-billing': 2,
  'reads-settings': 2,
};

test('Owner of a management group has all points but those of data', () => {
  const owner = first({ roleAssignments: [assign(roles.owner, id(1), corp)] });
  expect(pointsOf(owner)).toEqual(ofOwner);
  expect(owner.figure).toBe(96);
});

test('Contributor grants no access', () => {
  const { 'grants-access': _, ...rest } = ofOwner;
  expect(pointsOf(first({ roleAssignments: [assign(roles.contributor, id(1), corp)] }))).toEqual(rest);
});

test('Reader reads settings, and nothing else counts', () => {
  expect(pointsOf(first({ roleAssignments: [assign(roles.reader, id(1), corp)] }))).toEqual({
    'reads-settings': 2,
  });
});

test.each([
  { scope: '/', points: 6 },
  { scope: corp, points: 6 },
  { scope: subscription, points: 4.8 },
  { scope: group, points: 3 },
  { scope: `${group}/providers/Microsoft.Storage/storageAccounts/acct`, points: 1.2 },
])('reading blobs at $scope is worth $points points', ({ scope, points }) => {
  expect(first({ roleAssignments: [assign(roles.blobReader, id(1), scope)] }).figure).toBe(points);
});

test('the widest scope counts, once', () => {
  const identity = first({
    roleAssignments: [group, subscription, group].map(scope => assign(roles.blobReader, id(1), scope)),
  });
  expect(identity.figure).toBe(4.8);
  expect(identity.cells[0]).toMatchObject({
    more: 0,
    weaker: 2,
    because: [{ scope: subscription, reach: 'subscription' }],
  });
});

test('what a group holds, its members hold, and the group is no identity', () => {
  const { identities } = exposed({
    principals: [user(1, 11), groupOf(11, 12), groupOf(12)],
    roleAssignments: [assign(roles.blobReader, id(12), group)],
  });
  expect(identities.map(({ id: principal, figure }) => [principal, figure])).toEqual([[id(1), 3]]);
  expect(identities[0]!.cells[0]!.because[0]!.via).toEqual([id(11), id(12)]);
});

test('a group whose members nobody knows is shown by itself', () => {
  const { identities } = exposed({
    roleAssignments: [assign(roles.blobReader, id(40), group, { principalType: 'Group' })],
    gaps: [{ what: 'principals', scope: '/', reason: 'access is refused' }],
  });
  expect(identities).toMatchObject([{ id: id(40), type: 'Group', figure: 3 }]);
});

test('who is gone has no figure; a group of another directory has', () => {
  const { identities, score } = exposed({
    roleAssignments: [
      assign(roles.owner, id(41), subscription, { principalType: 'ServicePrincipal' }),
      assign(roles.owner, id(42), subscription, { principalType: 'Group' }),
      assign(roles.blobReader, id(43), group, { principalType: 'ForeignGroup' }),
    ],
  });
  expect(identities.map(each => each.id)).toEqual([id(43)]);
  expect(score).toMatchObject({ identities: 1 });
});

/** Reads blobs, and signs no addresses. */
const blobs = {
  name: 'c0000000-0000-0000-0000-000000000002',
  properties: {
    roleName: 'Blobs',
    type: 'CustomRole',
    permissions: [{ dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'] }],
  },
};

test('under a condition it counts half, and says so', () => {
  const condition =
    "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))";
  const identity = first({
    roleDefinitions: [blobs],
    roleAssignments: [assign(blobs.name, id(1), subscription, { condition, conditionVersion: '2.0' })],
  });
  expect(identity.cells[0]).toMatchObject({ points: 2.4, because: [{ isConditional: true, condition }] });
});

test('what is denied does not count', () => {
  const taken = 'Microsoft.Storage/storageAccounts/blobServices/*';
  const rows = {
    roleDefinitions: [blobs],
    roleAssignments: [assign(blobs.name, id(1), group)],
    denyAssignments: [
      deny(subscription, { principals: [everyone], permissions: [{ dataActions: [taken] }] }),
    ],
  };
  expect(first(rows).figure).toBe(0);
  expect(first({ ...rows, denyAssignments: [] }).figure).toBe(3);
});

test('what may be activated is shown, not counted', () => {
  const identity = first({
    roleAssignments: [assign(roles.blobReader, id(1), group)],
    eligibleAssignments: [assign(roles.owner, id(1), subscription)],
  });
  expect(identity.figure).toBe(3);
  const grants = identity.cells.find(({ kind }) => kind === 'grants-access')!;
  expect(grants).toMatchObject({
    points: 0,
    eligible: 16,
    because: [],
    activatable: [{ role: 'Owner', scope: subscription }],
  });
});

describe('what an identity is expected to hold', () => {
  const needed = (scope: string): NeededAccess => {
    const { tree, index, catalog } = tenantOf({});
    const set = tenantOf({}).role(roles.blobReader)!.set;
    expect(index.size).toBe(catalog.operations.size);
    return {
      knows: principal => principal === id(1),
      at: (_, at) => (tree.keysFrom(at).has(scope.toLowerCase()) ? set : undefined),
    };
  };
  const roleAssignments = [assign(roles.blobReader, id(1), group)];

  test.each([
    { at: group, figure: 0 },
    { at: subscription, figure: 0 },
    { at: `${group}/providers/Microsoft.Storage/storageAccounts/acct`, figure: 3 },
  ])('at $at leaves $figure', ({ at, figure }) => {
    expect(first({ roleAssignments }, needed(at))).toMatchObject({ figure, isExpected: true });
  });
});

describe('what was not read', () => {
  test('a role that nobody knows may be anything where it is assigned', () => {
    const identity = first({
      roleAssignments: [assign('c0000000-0000-0000-0000-0000000000ff', id(1), group)],
    });
    expect(identity).toMatchObject({ figure: 0, upTo: 50 });
    expect(identity.unknown).toHaveLength(1);
  });

  test('a part of the tenant that was refused leaves all figures open', () => {
    const { identities, open, score } = exposed({
      roleAssignments: [assign(roles.reader, id(1), group)],
      gaps: [{ what: 'roleAssignments', scope: subscription, reason: '403' }],
    });
    expect(identities[0]).toMatchObject({ figure: 1, upTo: 80 });
    expect(open).toEqual([
      `What is assigned at ${subscription} was not read in full: roleAssignments (403).`,
    ]);
    expect(score).toMatchObject({ figure: 1, upTo: 80, open: 1 });
  });
});

describe('changes', () => {
  const custom = {
    name: 'c0000000-0000-0000-0000-000000000001',
    properties: {
      roleName: 'Deployer',
      type: 'CustomRole',
      permissions: [{ actions: ['Microsoft.Authorization/*', 'Microsoft.Storage/storageAccounts/read'] }],
    },
  };

  test('one string of a role, where many have it, goes before their assignments', () => {
    const { changes } = exposed({
      principals: [user(1), user(2), user(3)],
      roleDefinitions: [custom],
      roleAssignments: [1, 2, 3].map(number => assign(custom.name, id(number), subscription)),
    });
    expect(changes[0]).toMatchObject({
      kind: 'remove-pattern',
      pattern: 'Microsoft.Authorization/*',
      role: 'Deployer',
      identities: 3,
      steps: 1,
    });
    expect(changes[1]).toMatchObject({ kind: 'remove-assignment', identities: 1, mayBecomeEligible: true });
  });

  test('assignments that count only together are one change of several steps', () => {
    const { changes } = exposed({
      roleAssignments: [subscription, subscription].map(scope => assign(roles.blobReader, id(1), scope)),
    });
    expect(changes).toMatchObject([{ kind: 'remove-role-from-principal', steps: 2, removed: 4.8 }]);
  });
});

test('a tenant’s score is the mean of its twenty highest figures', () => {
  const numbers = Array.from({ length: 30 }, (_, at) => at + 1);
  const { score } = exposed({
    principals: numbers.map(number => user(number)),
    roleAssignments: numbers.map(number =>
      assign(number <= 10 ? roles.owner : roles.reader, id(number), corp),
    ),
  });
  expect(score).toMatchObject({
    figure: (10 * 96 + 10 * 2) / 20,
    of: 20,
    sum: 10 * 96 + 20 * 2,
    identities: 30,
  });
  expect(score.bands.map(({ identities }) => identities)).toEqual([0, 20, 0, 0, 0, 10]);
});
