import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeniedScopes } from '../../../src/analysis/exposure/counted-access.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { worlds } from '../../tenant/access/random-tenant.js';
import { tenantOfRows } from '../../tenant/access/tenant-rows.js';
import { scopes } from '../../tenant/access/vocabulary.js';
import { runs } from '../../portion.js';

test('something may be denied where a deny assignment around it, or perhaps around it, reaches what lies below', () => {
  const seen = new Map<boolean, number>();
  fc.assert(
    fc.property(
      worlds.map(world => tenantOfRows(world)),
      tenant => {
        const denied = new DeniedScopes(tenant);
        for (const scope of scopes.map(text => parseScope(text))) {
          const around = [...tenant.denyAssignmentsAround(scope)];
          const expected = around.some(({ item }) => item.appliesToChildScopes);
          expect({ scope: scope.text, denied: denied.has(scope) }).toEqual({
            scope: scope.text,
            denied: expected,
          });
          seen.set(expected, (seen.get(expected) ?? 0) + 1);
        }
      },
    ),
    runs({ whole: 200, part: 40 }),
  );
  for (const expected of [true, false]) expect(seen.get(expected)).toBeGreaterThan(50);
});
