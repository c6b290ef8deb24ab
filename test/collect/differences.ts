import type { Expected, ExpectedGap } from '../azure-server/expected.js';
import { ScopeTree } from '../azure-server/scope-tree.js';
import {
  namedIn,
  principalsFor,
  scopeOf,
  type SnapshotRow,
  snapshotRowsOf,
} from '../azure-server/snapshot-rows.js';
import type { AzureTenant } from '../azure-server/tenant.js';
import type { CollectedGap, CollectedRows } from './read-rows.js';
import { textOf } from './row-text.js';

/**
 * What is wrong with a collection, in words: rows that are missing though no gap is about them, that are there twice, that
 * are not as they should be or nowhere in the tenant, and gaps that are missing or made up. Nothing, if all is well.
 */
export function differences(
  tenant: AzureTenant,
  expected: Expected,
  { rows, gaps }: CollectedRows,
): string[] {
  const tree = new ScopeTree(tenant);
  const covers = (gap: CollectedGap | ExpectedGap, scope: string): boolean => tree.covers(gap.scope, scope);
  const isMissingAllowed = (row: SnapshotRow): boolean =>
    gaps.some(gap => gap.what === row.kind && scopesOf(row).some(scope => covers(gap, scope)));
  const isDirectoryKnown = gaps.every(({ what }) => what !== 'principals');
  const known = [...snapshotRowsOf(tenant)].filter(({ kind }) => kind !== 'principals');
  const wanted = [...known, ...principalsFor(tenant, rows)];
  const named = new Set(rows.flatMap(namedIn));
  const wrong: string[] = [];
  const found = new Map<string, SnapshotRow>();
  for (const row of rows) {
    const key = keyOf(row);
    if (found.has(key)) wrong.push(`twice: ${key}`);
    found.set(key, row);
  }
  for (const row of wanted) {
    const key = keyOf(row);
    const collected = found.get(key);
    found.delete(key);
    // Of a directory that was refused there is at least who is named.
    if (row.kind === 'principals' && !isDirectoryKnown) {
      if (named.has(row.value.id) && collected === undefined) wrong.push(`missing though named: ${key}`);
      continue;
    }
    if (collected === undefined) {
      if (!isMissingAllowed(row)) wrong.push(`missing: ${key}`);
    } else if (textOf(collected) !== textOf(row) && !isMissingAllowed(row)) {
      wrong.push(`not the same: ${key}\n  ${textOf(collected)}\n  ${textOf(row)}`);
    }
  }
  for (const [key, { kind }] of found)
    if (kind !== 'principals' || isDirectoryKnown) wrong.push(`not in the tenant: ${key}`);
  const isNamed = ({ what, scope }: ExpectedGap): boolean =>
    gaps.some(gap => gap.what === what && gap.scope.toLowerCase() === scope.toLowerCase());
  for (const gap of expected.gaps) if (!isNamed(gap)) wrong.push(`gap not named: ${gap.what} ${gap.scope}`);
  for (const gap of gaps)
    if (
      ![...expected.gaps, ...expected.possible].some(one => one.what === gap.what && covers(one, gap.scope))
    )
      wrong.push(`gap made up: ${gap.what} ${gap.scope}: ${gap.reason}`);
  return wrong;
}

/** A custom role can be read wherever it can be assigned. */
function scopesOf(row: SnapshotRow): readonly string[] {
  if (row.kind !== 'roleDefinitions') return [scopeOf(row)];
  return (row.value['properties'] as { assignableScopes: readonly string[] }).assignableScopes;
}

/** Roles have the same GUID wherever they are listed. */
function keyOf({ kind, value: { id } }: SnapshotRow): string {
  const text = id.toLowerCase();
  return `${kind} ${kind === 'roleDefinitions' ? text.slice(text.lastIndexOf('/') + 1) : text}`;
}
