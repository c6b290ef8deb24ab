import { expect, test } from 'vitest';
import { generateTenant } from './generate-tenant.js';
import { snapshotRowsOf } from './snapshot-rows.js';

test('the same seed gives the same rows, another one others', () => {
  const rowsOf = (seed: number): string => JSON.stringify([...snapshotRowsOf(generateTenant({ seed }))]);
  expect(rowsOf(7)).toBe(rowsOf(7));
  expect(rowsOf(7)).not.toBe(rowsOf(8));
});

test('no two rows of a kind have the same id', () => {
  const rows = [...snapshotRowsOf(generateTenant({ subscriptions: 20, customRoles: 30 }))];
  const keys = rows.map(({ kind, value }) => `${kind} ${value.id.toLowerCase()}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(rows.map(({ kind }) => kind)).size).toBe(9);
});

test('400,000 assignments are made one subscription after the other', () => {
  const tenant = generateTenant({ subscriptions: 2_000, assignmentsPerSubscription: 200, workspaces: 0 });
  let count = 0;
  for (const { id } of tenant.subscriptions.slice(0, 100))
    count += tenant.inSubscription(id).roleAssignments.length;
  expect(count).toBe(20_000);
});
