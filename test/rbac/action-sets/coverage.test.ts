import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActionSet, OperationsByPlane } from '../../../src/rbac/action-sets/action-set.js';
import {
  coverage,
  joinNeeds,
  type CoverageOptions,
  type CoverageStatus,
} from '../../../src/rbac/action-sets/coverage.js';
import { heldThrough } from '../../../src/tenant/access/granted-role.js';
import { needOf } from '../../../src/rbac/action-sets/need.js';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { encodeOperationTable, OperationTable } from '../../../src/rbac/catalog/operation-table.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { definition } from '../../laws/reference.js';
import { runs } from '../../portion.js';

const control = ['A/x/read', 'A/x/write', 'A/x/y/read', 'B/z/run/action'];
const data = ['A/x/blobs/read', 'A/x/blobs/write', 'B/z/keys/read'];
const table = encodeOperationTable([
  ...control.map(name => ({ name, plane: 'control' as const, basis: 'published' as const })),
  ...data.map(name => ({ name, plane: 'data' as const, basis: 'published' as const })),
]);
const catalog = { operations: OperationTable.decode(table, 'operations.txt') };
const tools = { catalog, index: new OperationIndex(catalog) };

const pattern = fc.constantFrom(
  ...control,
  ...data,
  '*',
  '*/read',
  'A/*',
  'A/x/*',
  'A/x/*/read',
  'B/*/action',
);
const patterns = fc.array(pattern, { maxLength: 3 });
const permission = fc.record({
  actions: patterns,
  notActions: patterns,
  dataActions: patterns,
  notDataActions: patterns,
  condition: fc.option(fc.constant("@Resource[x] StringEquals 'y'"), { nil: undefined, freq: 2 }),
});
const permissions = fc.array(permission, { maxLength: 3 });
const operations: fc.Arbitrary<OperationsByPlane> = fc.record({
  control: fc.uniqueArray(fc.constantFrom(...control), { maxLength: 3 }),
  data: fc.uniqueArray(fc.constantFrom(...data), { maxLength: 2 }),
});
const byPattern: fc.Arbitrary<OperationsByPlane> = fc.record({ control: patterns, data: patterns });
const options: fc.Arbitrary<CoverageOptions> = fc.record({
  allowExcess: fc.constantFrom('none', 'tolerated', 'any'),
  conditionalGrants: fc.constantFrom('fail', 'cover'),
});

function setOf(
  required: OperationsByPlane,
  tolerated: OperationsByPlane,
  forbidden: OperationsByPlane,
): ActionSet {
  return { required, tolerated, forbidden } as ActionSet;
}

type Sets = [required: OperationsByPlane, tolerated: OperationsByPlane, forbidden: OperationsByPlane];

/** The definition, operation by operation. */
function reference(
  entries: StoredPermission[],
  [required, tolerated, forbidden]: Sets,
  { allowExcess, conditionalGrants }: CoverageOptions,
  recommended: 'recommended' | 'other',
) {
  const covers = (texts: readonly string[] = [], name: string): boolean =>
    texts.some(text => definition(text.toLowerCase()).test(name.toLowerCase()));
  const lists: Record<'covered' | 'conditional' | 'missing' | 'forbidden' | 'excess', string[]> = {
    covered: [],
    conditional: [],
    missing: [],
    forbidden: [],
    excess: [],
  };
  for (const [plane, names] of [
    ['control', control],
    ['data', data],
  ] as const) {
    for (const name of names) {
      const granting = entries.filter(entry =>
        plane === 'control'
          ? covers(entry.actions, name) && !covers(entry.notActions, name)
          : covers(entry.dataActions, name) && !covers(entry.notDataActions, name),
      );
      const isCertain = granting.some(entry => entry.condition === undefined);
      const isRequired = covers(required[plane], name);
      const isForbidden = covers(forbidden[plane], name) && !isRequired;
      if (isRequired)
        lists[isCertain ? 'covered' : granting.length > 0 ? 'conditional' : 'missing'].push(name);
      if (granting.length === 0 || isRequired) continue;
      if (isForbidden) lists.forbidden.push(name);
      if (isForbidden || allowExcess === 'none' || !covers(tolerated[plane], name)) lists.excess.push(name);
    }
  }
  const isCovered =
    lists.missing.length === 0 && (lists.conditional.length === 0 || conditionalGrants === 'cover');
  const isAccepted = recommended === 'recommended' && allowExcess !== 'none';
  const isFaulty = lists.excess.length > 0 && allowExcess !== 'any' && !isAccepted;
  const status: CoverageStatus =
    !isCovered || lists.forbidden.length > 0 ? 'fail' : isFaulty ? 'excess' : 'pass';
  const surplus = lists.excess.length === 0 ? 'exact' : isAccepted ? 'accepted' : 'excess';
  return {
    status,
    coverage: isCovered ? 'complete' : 'partial',
    leastPrivilege: lists.forbidden.length > 0 ? 'forbidden' : surplus,
    ...lists,
  };
}

test('coverage is what the definition says, operation by operation', () => {
  fc.assert(
    fc.property(
      permissions,
      operations,
      byPattern,
      byPattern,
      options,
      fc.constantFrom('recommended' as const, 'other' as const),
      (entries, required, tolerated, forbidden, chosen, standing) => {
        const held = heldThrough(toRoleDefinition({ guid: '', name: '', permissions: entries }), tools);
        const need = needOf(setOf(required, tolerated, forbidden), tools);
        const all = standing === 'recommended' ? held.definite.union(held.conditional) : undefined;
        const found = coverage(need, held, chosen, all);
        const expected = reference(entries, [required, tolerated, forbidden], chosen, standing);
        const sorted = (names: readonly string[]): string[] => [...names].sort();
        expect({ ...found, excess: sorted(found.excess.operations) }).toEqual({
          status: expected.status,
          coverage: expected.coverage,
          leastPrivilege: expected.leastPrivilege,
          covered: sorted(expected.covered),
          conditional: sorted(expected.conditional),
          missing: sorted(expected.missing),
          forbidden: sorted(expected.forbidden),
          excess: sorted(expected.excess),
        });
        expect(found.excess.control + found.excess.data).toBe(expected.excess.length);
      },
    ),
    runs({ whole: 3_000, part: 300 }),
  );
});

test('what one need requires, no other forbids', () => {
  const scoring = needOf(setOf({ control: ['A/x/read'] }, {}, { control: ['A/x/write'] }), tools);
  const editing = needOf(setOf({ control: ['A/x/write'] }, {}, { control: ['B/*'] }), tools);
  const held = heldThrough(
    toRoleDefinition({ guid: '', name: '', permissions: [{ actions: ['A/x/read', 'A/x/write'] }] }),
    tools,
  );
  expect(
    coverage(joinNeeds([scoring, editing]), held, { allowExcess: 'none', conditionalGrants: 'fail' }),
  ).toEqual({
    status: 'pass',
    coverage: 'complete',
    leastPrivilege: 'exact',
    covered: ['A/x/read', 'A/x/write'],
    conditional: [],
    missing: [],
    forbidden: [],
    excess: { control: 0, data: 0, operations: [] },
  });
});
