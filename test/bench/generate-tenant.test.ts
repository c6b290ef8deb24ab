import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ScopeTree } from '../../src/tenant/snapshot/scope-tree.js';
import { parseScope } from '../../src/rbac/model/scope.js';
import { readSnapshot } from '../../src/tenant/snapshot/read-snapshot.js';
import { snapshotNotices } from '../../src/tenant/snapshot/snapshot-notices.js';
import { shippedCatalog } from '../shipped-catalog.js';

const folder = mkdtempSync(join(tmpdir(), 'azrbac-'));
const sizes = {
  assignments: 1_000,
  subscriptions: 20,
  managementGroups: 30,
  principals: 400,
  groups: 50,
  customRoles: 20,
  denies: 10,
  eligible: 30,
  active: 30,
  resources: 60,
};

function generate(name: string, more: Readonly<Record<string, number>> = {}): Buffer {
  const script = fileURLToPath(new URL('generate-tenant.mjs', import.meta.url));
  const options = Object.entries({ ...sizes, ...more }).map(([key, value]) => `--${key}=${value}`);
  execFileSync(process.execPath, [script, join(folder, name), ...options]);
  return readFileSync(join(folder, name));
}

test('a generated tenant is whole and fits together', async () => {
  generate('tenant.ndjson.gz');
  const found = await readSnapshot('tenant.ndjson.gz', folder);
  expect(found.isComplete).toBe(true);
  expect(snapshotNotices(found, shippedCatalog.builtInRoles)).toEqual([]);
  expect({
    assignments: found.roleAssignments.length,
    subscriptions: found.subscriptions.size,
    managementGroups: found.managementGroups.size,
    principals: found.principals.size - sizes.groups,
    groups: [...found.principals.values()].filter(({ type }) => type === 'Group').length,
    customRoles: found.roleDefinitions.size,
    denies: found.denyAssignments.length,
    eligible: found.eligibleAssignments.length,
    active: found.activeAssignments.length,
    resources: found.resources.length,
  }).toEqual(sizes);
  const ids = new Set(found.roleAssignments.map(({ id }) => id));
  expect(found.activeAssignments.every(({ originId }) => ids.has(originId ?? ''))).toBe(true);
  const conditional = found.roleAssignments.filter(({ condition }) => condition !== undefined);
  expect(conditional.length / sizes.assignments).toBeGreaterThan(0.005);
  const tree = new ScopeTree(found);
  const depths = [...found.managementGroups.keys()].map(
    name => tree.keysFrom(parseScope(`/providers/Microsoft.Management/managementGroups/${name}`)).size,
  );
  // The root of all, the tenant's own group, and six levels at most.
  expect(Math.max(...depths)).toBeLessThanOrEqual(8);
});

test('the same seed gives the same bytes, and another one others', () => {
  const [first, second, other] = [generate('a.gz'), generate('b.gz'), generate('c.gz', { seed: 2 })];
  expect(first.equals(second)).toBe(true);
  expect(first.equals(other)).toBe(false);
});
