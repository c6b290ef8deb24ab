import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tenant } from '../../../src/tenant/access/tenant.js';
import { candidates } from '../../../src/analysis/exposure/candidates.js';
import { ScoreCalculator } from '../../../src/analysis/exposure/score-calculator.js';
import { KindTable } from '../../../src/analysis/exposure/kind-table.js';
import { LeaveOneOut } from '../../../src/analysis/exposure/leave-one-out.js';
import { actingPrincipals } from '../../../src/tenant/access/acting-principals.js';
import { worlds } from '../../tenant/access/random-tenant.js';
import { tenantOfRows } from '../../tenant/access/tenant-rows.js';
import { kinds } from './made-up-kinds.js';
import { runs } from '../../portion.js';

test('the best few are the first of all', () => {
  let patterns = 0;
  fc.assert(
    fc.property(
      worlds.map(world => tenantOfRows(world)),
      fc.integer({ min: 1, max: 6 }),
      (tenant, most) => {
        const all = promising(tenant, 10_000);
        const few = promising(tenant, most);
        expect(few).toEqual(all.slice(0, most));
        patterns += few.filter(({ pattern }) => pattern !== undefined).length;
      },
    ),
    runs({ whole: 200, part: 40 }),
  );
  expect(patterns).toBeGreaterThan(5);
});

function promising(tenant: Tenant, most: number): { readonly pattern: string | undefined }[] {
  const figures = new ScoreCalculator(tenant, new KindTable(kinds, [], tenant.catalog, tenant.index));
  const losses = new LeaveOneOut(figures);
  for (const id of actingPrincipals(tenant)) losses.add(figures.of(figures.holder(id)));
  return candidates(tenant, figures, losses, most).map(({ assignments, pattern, estimate }) => ({
    assignments: assignments.map(({ id }) => id),
    pattern: pattern && `${pattern.roleGuid} ${pattern.list} ${pattern.pattern}`,
    estimate,
  }));
}
