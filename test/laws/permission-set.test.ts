import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toRoleDefinition, type StoredPermission } from '../../src/rbac/catalog/built-in-roles.js';
import {
  encodeOperationTable,
  OperationTable,
  type OperationPlane,
} from '../../src/rbac/catalog/operation-table.js';
import { permissionsOf, type RolePermissions } from '../../src/rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../src/rbac/permissions/operation-index.js';
import type { PermissionSet } from '../../src/rbac/permissions/permission-set.js';
import { definition, grants, type PlainPermission } from './reference.js';
import { runs } from '../portion.js';

// A small world in which everything can be tried: two providers, three types, four verbs, every plane.
const planes: OperationPlane[] = ['control', 'data', 'both', 'unknown'];
const operations = ['A/x', 'A/x/y', 'B/z'].flatMap((type, t) =>
  ['read', 'write', 'delete', 'run/action'].map((verb, v) => {
    const plane = planes[(t * 3 + v) % 4]!;
    return {
      name: `${type}/${verb}`,
      plane,
      basis: plane === 'unknown' ? ('none' as const) : ('published' as const),
    };
  }),
);
const unlisted = ['A/x/unlisted/action', 'C/new/read'];
const catalog = { operations: OperationTable.decode(encodeOperationTable(operations), 'operations.txt') };
const index = new OperationIndex(catalog);

const action = fc.oneof(
  fc.constantFrom(...operations.map(operation => operation.name), ...unlisted, 'a/x/UNLISTED/action'),
  fc.constantFrom(
    '*',
    '*/read',
    'A/*',
    'A/x/*',
    'A/x/*/read',
    'a/X/*/Write',
    'B/*/action',
    'A/*/y/*',
    'B/z*',
    'C/*',
  ),
);
const list = fc.array(action, { maxLength: 4 });
const permission: fc.Arbitrary<PlainPermission> = fc.record({
  actions: list,
  notActions: list,
  dataActions: list,
  notDataActions: list,
});
const role = fc.array(permission, { maxLength: 3 });

function evaluate(permissions: readonly PlainPermission[]): RolePermissions {
  const stored = { guid: '', name: 'Generated', permissions: permissions as StoredPermission[] };
  return permissionsOf(toRoleDefinition(stored), catalog, index);
}

function lowerNames(set: PermissionSet, plane: 'control' | 'data'): string[] {
  return set.operations(plane).map(name => name.toLowerCase());
}

/**
 * The reference: what is granted of the operations that may be of the plane. What the catalog does not know, or not the
 * plane of, counts only in an entry that spells it out.
 */
function expectedNames(permissions: readonly PlainPermission[], plane: 'control' | 'data'): string[] {
  const list = plane === 'control' ? 'actions' : 'dataActions';
  const spelling = (name: string): PlainPermission[] =>
    permissions.filter(entry => entry[list].some(text => text.toLowerCase() === name.toLowerCase()));
  const certain = operations.filter(operation => operation.plane === plane || operation.plane === 'both');
  const uncertain = [
    ...operations.filter(operation => operation.plane === 'unknown').map(o => o.name),
    ...unlisted,
  ];
  return [
    ...certain.map(operation => operation.name).filter(name => grants(permissions, name, plane)),
    ...uncertain.filter(name => grants(spelling(name), name, plane)),
  ]
    .map(name => name.toLowerCase())
    .sort();
}

test('a role grants what the definition says, entry by entry and plane by plane', () => {
  fc.assert(
    fc.property(role, permissions => {
      const { set } = evaluate(permissions);
      for (const plane of ['control', 'data'] as const) {
        expect(lowerNames(set, plane)).toEqual(expectedNames(permissions, plane));
      }
    }),
    runs({ whole: 3_000, part: 400 }),
  );
});

test('witnesses exist exactly where the definition grants', () => {
  fc.assert(
    fc.property(role, fc.constantFrom(...operations), (permissions, operation) => {
      for (const plane of ['control', 'data'] as const) {
        const witnesses = evaluate(permissions).witnesses(operation.name, plane);
        expect(witnesses.length > 0).toBe(grants(permissions, operation.name, plane));
        for (const { entry } of witnesses) {
          expect(definition(entry.text.toLowerCase()).test(operation.name.toLowerCase())).toBe(true);
        }
      }
    }),
    runs({ whole: 2_000, part: 300 }),
  );
});

test('union, subtract, intersect and subset agree with lists of names', () => {
  fc.assert(
    fc.property(role, role, (left, right) => {
      const [a, b] = [evaluate(left).set, evaluate(right).set];
      for (const plane of ['control', 'data'] as const) {
        const [inA, inB] = [new Set(lowerNames(a, plane)), new Set(lowerNames(b, plane))];
        expect(lowerNames(a.union(b), plane)).toEqual([...new Set([...inA, ...inB])].sort());
        expect(lowerNames(a.subtract(b), plane)).toEqual([...inA].filter(name => !inB.has(name)));
        expect(lowerNames(a.intersect(b), plane)).toEqual([...inA].filter(name => inB.has(name)));
        expect(a.count(plane)).toBe(inA.size);
      }
      const contained = (['control', 'data'] as const).every(plane =>
        lowerNames(a, plane).every(name => lowerNames(b, plane).includes(name)),
      );
      expect(a.isSubsetOf(b)).toBe(contained);
    }),
    runs({ whole: 2_000, part: 300 }),
  );
});

test('order, case and doubling of entries change nothing', () => {
  fc.assert(
    fc.property(permission, entry => {
      const lists = Object.entries(entry) as [keyof PlainPermission, string[]][];
      const changed = Object.fromEntries(
        lists.map(([key, texts]) => [key, [...texts, ...texts].reverse().map(text => text.toUpperCase())]),
      ) as unknown as PlainPermission;
      expect(evaluate([changed]).set.equals(evaluate([entry]).set)).toBe(true);
    }),
    runs({ whole: 1_000, part: 200 }),
  );
});
