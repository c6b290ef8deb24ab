import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tenant } from '../../../../src/tenant/access/tenant.js';
import { AssignmentIndex } from '../../../../src/lint/checks/tenant/assignment-index.js';
import type { RoleAssignment } from '../../../../src/rbac/model/role-assignment.js';
import { parseScope, type Scope } from '../../../../src/rbac/model/scope.js';
import { worlds } from '../../../tenant/access/random-tenant.js';
import { tenantOfRows } from '../../../tenant/access/tenant-rows.js';
import { context } from './tenant-context.js';
import { everybody, scopes } from '../../../tenant/access/vocabulary.js';
import { runs } from '../../../portion.js';

// Numbers and sorted lists, against the keys of scopes and all assignments gone through one by one.

const tenants = worlds.map(world => tenantOfRows(world));

test('places lie in each other as scopes do', () => {
  fc.assert(
    fc.property(tenants, tenant => {
      const { scopeNodes } = tenant;
      const known = [
        ...tenant.assignments.map(({ place }) => place),
        ...scopes.map(text => parseScope(text)),
      ];
      const numbers = new Map(known.map(scope => [scope.key, scopeNodes.at(scope).number]));
      expect(new Set(numbers.values()).size).toBe(numbers.size);
      for (const scope of known) {
        const { number, within, above } = scopeNodes.at(scope);
        expect(number).toBe(numbers.get(scope.key));
        const around = tenant.tree.keysFrom(scope);
        expect([...above, ...within]).toHaveLength(around.size);
        for (const [key, other] of numbers)
          expect([...above, ...within].includes(other)).toBe(around.has(key));
      }
    }),
    runs({ whole: 100, part: 25 }),
  );
});

test('what is held around and at a scope is what going through all of it finds', () => {
  fc.assert(
    fc.property(tenants, fc.constantFrom(...everybody), (tenant, principal) => {
      const assignmentIndex = AssignmentIndex.of(tenant, context);
      const ids = assignmentIndex.idsOf(principal);
      const together = assignmentIndex.of(ids);
      const held = tenant.assignments.filter(({ principalId }) => ids.includes(principalId));
      for (const assignment of tenant.assignments) {
        const { place } = assignment;
        expect(new Set(together.around(assignment))).toEqual(new Set(around(place, held, tenant)));
        const here = held.filter(other => isAt(other, place));
        for (const other of held) {
          const found = together.findAt(assignment, each => each === other);
          expect(found).toBe(here.includes(other) ? other : undefined);
        }
      }
    }),
    runs({ whole: 100, part: 25 }),
  );
});

function around(scope: Scope, held: readonly RoleAssignment[], tenant: Tenant): RoleAssignment[] {
  return held.filter(({ place }) => tenant.tree.keysFrom(scope).has(place.key));
}

function isAt({ place }: RoleAssignment, { key }: Scope): boolean {
  return place.key === key;
}
