import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ActionSets } from '../../../src/rbac/action-sets/action-sets.js';
import {
  acceptableRoles,
  resourceKinds,
  type ActionSet,
  type CompositeActionSet,
} from '../../../src/rbac/action-sets/action-set.js';
import { namesOf } from '../../../src/rbac/action-sets/coverage.js';
import { heldThrough } from '../../../src/tenant/access/granted-role.js';
import { conditionNamed } from '../../../src/rbac/action-sets/need-conditions.js';
import { forbiddenBy, needOf } from '../../../src/rbac/action-sets/need.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const sets = new ActionSets(fileURLToPath(new URL('../../../role-catalog/action-sets', import.meta.url)));
const all = sets.all();
const single = all.filter((set): set is ActionSet => set.kind !== 'composite');
const composite = all.filter((set): set is CompositeActionSet => set.kind === 'composite');
const index = new OperationIndex(shippedCatalog);

test('there are 44 sets, 3 that need nothing and 10 composites', () => {
  const count = (kind: string): number => all.filter(set => set.kind === kind).length;
  expect([count('action-set'), count('no-permission'), count('composite')]).toEqual([44, 3, 10]);
  expect(sets.ids()).toEqual(
    expect.arrayContaining(['online-control-plane', 'online-scoring', 'batch-invoke']),
  );
});

test('the file of a set is named by its id', () => {
  expect(all.map(set => set.id)).toEqual(sets.ids());
});

describe.each(single.map(set => [set.id, set] as const))('%s', (_, set) => {
  test('every operation is in the catalog, on a plane that it has', () => {
    for (const plane of ['control', 'data'] as const) {
      for (const name of set.required[plane] ?? []) {
        const operation = shippedCatalog.findOperation(name);
        expect(operation?.name).toBe(name);
        expect([plane, 'both']).toContain(operation?.plane);
      }
      for (const pattern of [...(set.tolerated[plane] ?? []), ...(set.forbidden[plane] ?? [])]) {
        expect(index.expand(pattern).intersects(index.mask(plane)), pattern).toBe(true);
      }
    }
  });

  test('nothing is required and forbidden, or required and tolerated', () => {
    for (const plane of ['control', 'data'] as const) {
      const required = set.required[plane] ?? [];
      for (const pattern of [...(set.tolerated[plane] ?? []), ...(set.forbidden[plane] ?? [])]) {
        const matched = index.expand(pattern);
        expect(required.filter(name => matched.has(shippedCatalog.operations.indexOf(name)))).toEqual([]);
      }
    }
  });

  test('its scope is a kind of resource and its roles are built in', () => {
    expect(resourceKinds).toContain(set.scope);
    const named = [...acceptableRoles(set), ...set.coveredBy];
    expect(named.filter(role => shippedCatalog.builtInRoles.find(role)?.name?.value !== role)).toEqual([]);
  });
});

describe.each(composite.map(set => [set.id, set] as const))('%s', (_, set) => {
  test('has a word for each condition of its parts', () => {
    const conditions = set.parts.flatMap(({ when }) => when ?? []);
    expect(conditions.filter(when => conditionNamed(when) === undefined)).toEqual([]);
  });

  test('is made of sets that exist', () => {
    expect(set.parts.map(part => sets.find(part.set)?.kind)).toEqual(set.parts.map(() => 'action-set'));
  });

  test('every operation that it forbids is in the catalog, on a plane that it has', () => {
    for (const plane of ['control', 'data'] as const) {
      for (const name of set.forbidden[plane] ?? []) {
        const operation = shippedCatalog.findOperation(name);
        expect(operation?.name).toBe(name);
        expect([plane, 'both']).toContain(operation?.plane);
      }
    }
  });

  // Reader at a registry reaches no workspace, whose secrets these sets forbid.
  const beyondReach = ['ml-registry-consumer'];

  test('the first role of each part grants nothing at its scope that it forbids, but for what the part requires', () => {
    const tools = { catalog: shippedCatalog, index };
    const forbidden = forbiddenBy(set, tools);
    const parts = set.parts.filter(part => !beyondReach.includes(part.set));
    const granted = parts.flatMap(({ set: id }) => {
      const part = sets.get(id) as ActionSet;
      const { required } = needOf(part, tools);
      return part.recommended.slice(0, 1).flatMap(name => {
        const { definite } = heldThrough(shippedCatalog.builtInRoles.find(name)!, tools);
        return namesOf(definite.subtract(required).intersect(forbidden)).map(operation => [name, operation]);
      });
    });
    expect(granted).toEqual([]);
  });
});

test('endpoint identities must not write endpoints, read secrets or escalate, whoever creates them', () => {
  const [system, user] = ['system', 'user'].map(
    kind => sets.get(`endpoint-identity-${kind}-assigned`) as CompositeActionSet,
  );
  expect(system!.forbidden).toEqual(user!.forbidden);
  expect(user!.forbidden.control).toHaveLength(27);
  expect(composite.filter(({ forbidden }) => forbidden.control !== undefined)).toEqual([system, user]);
});
