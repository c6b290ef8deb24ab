import fc from 'fast-check';
import { highPlaces, principalIds } from './random-names.js';
import { conditions, permissions } from './random-roles.js';
import { everyone } from './tenant-rows.js';
import { builtInRoles, customGuids, subscriptionIds, typeOf } from './vocabulary.js';
import type { AssignmentRow, DeniedRow, DenyRow } from './world-rows.js';

/** Of ten roles that are assigned, one is known to nobody. */
const roleGuids = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...builtInRoles.slice(0, 5).map(({ name }) => name)) },
  { weight: 3, arbitrary: fc.constantFrom(...builtInRoles.map(({ name }) => name)) },
  { weight: 6, arbitrary: fc.constantFrom(...customGuids) },
  { weight: 1, arbitrary: fc.constant('c0000000-0000-0000-0000-0000000000ff') },
);

export function assignments(prefix: string, maxLength: number): fc.Arbitrary<AssignmentRow[]> {
  const row = fc.record({
    role: roleGuids,
    principalId: principalIds,
    scope: highPlaces,
    condition: conditions,
  });
  return fc.array(row, { maxLength }).map(rows =>
    rows.map(({ role, principalId, scope, condition }, at) => {
      const name = `${prefix}0000000-0000-0000-0000-${String(at).padStart(12, '0')}`;
      const properties = {
        roleDefinitionId: `/subscriptions/${subscriptionIds[0]}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        principalId,
        principalType: saidTypeOf(principalId),
        scope,
        condition,
      };
      return { id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, name, properties };
    }),
  );
}

/** Of every other one, assignments say what it is. */
export function saidTypeOf(principal: string): string | undefined {
  return /[13]$/.test(principal) ? typeOf(principal.toLowerCase()) : undefined;
}

const denied: fc.Arbitrary<DeniedRow> = fc
  .tuple(principalIds, fc.constantFrom('with', 'with', 'without'))
  .map(([principal, hyphens]) => ({
    id: hyphens === 'with' ? principal : principal.replaceAll('-', ''),
    type: saidTypeOf(principal),
  }));

export const denies: fc.Arbitrary<DenyRow[]> = fc
  .array(
    fc.record({
      denyAssignmentName: fc.constant('Lock'),
      scope: highPlaces,
      doNotApplyToChildScopes: fc.constantFrom(false, false, true),
      denyAssignmentEffect: fc.constantFrom('enforced', 'Enforced', 'enforced', 'audit'),
      permissions: fc.array(permissions, { minLength: 1, maxLength: 2 }),
      principals: fc.oneof(
        fc.array(denied, { maxLength: 3 }),
        fc.constantFrom([everyone], [{ ...everyone, id: everyone.id.replaceAll('-', '') }]),
      ),
      excludePrincipals: fc.array(denied, { maxLength: 2 }),
      condition: conditions,
    }),
    { maxLength: 3 },
  )
  .map(rows =>
    rows.map((properties, at) => {
      const name = `e0000000-0000-0000-0000-${String(at).padStart(12, '0')}`;
      return {
        id: `${properties.scope}/providers/Microsoft.Authorization/denyAssignments/${name}`,
        name,
        properties,
      };
    }),
  );
