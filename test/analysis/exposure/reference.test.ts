import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exposureOf } from '../../../src/analysis/exposure/exposure.js';
import type { Exposure } from '../../../src/analysis/exposure/exposed-identity.js';
import { worlds } from '../../tenant/access/random-tenant.js';
import { tenantOfRows } from '../../tenant/access/tenant-rows.js';
import type { World } from '../../tenant/access/world-rows.js';
import { kinds } from './made-up-kinds.js';
import { referencePoints } from './reference-figures.js';
import { portion, runs } from '../../portion.js';

/** Others may be using the machine. */
const patience = 300_000;

/** An active assignment that stands for another one goes with it. */
function withoutCopies(world: World): World {
  const contentOf = ({ properties }: World['roleAssignments'][number]): string => {
    const { roleDefinitionId, principalId, scope, condition } = properties;
    return [roleDefinitionId, principalId, scope.replace(/(?<=.)\/$/, ''), condition ?? '']
      .join(' ')
      .toLowerCase();
  };
  const assigned = new Set(world.roleAssignments.map(contentOf));
  const activeAssignments = world.activeAssignments.filter(
    row => !('originRoleAssignmentId' in row.properties) && !assigned.has(contentOf(row)),
  );
  return { ...world, activeAssignments };
}

const exposed = (world: World): Exposure => exposureOf(tenantOfRows(world), [], { kinds });

test(
  'figures are what the definition says, taken word by word',
  () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(worlds, world => {
        for (const { id, figure, cells } of exposed(world).identities) {
          const expected = referencePoints(world, id, kinds);
          const found = kinds.map(each => cells.find(cell => cell.kind === each.id)?.points ?? 0);
          expect({ id, found }).toEqual({ id, found: expected });
          expect(figure).toBe(Math.round(expected.reduce((sum, each) => sum + each) * 10) / 10);
          for (const points of found) seen.set(`${points}`, (seen.get(`${points}`) ?? 0) + 1);
        }
      }),
      runs({ whole: 150, part: 25 }),
    );
    // Whole reach, parts of it, and halves under conditions were all there.
    for (const points of ['40', '20', '32', '16', '0'])
      expect(seen.get(points), points).toBeGreaterThan(portion({ whole: 5, part: 0 }));
  },
  patience,
);

test(
  'each cell names assignments that give its points',
  () => {
    fc.assert(
      fc.property(worlds, world => {
        for (const { id, cells } of exposed(world).identities) {
          for (const { kind: kindId, points, because } of cells) {
            if (points === 0) expect(because).toEqual([]);
            else expect(because.length).toBeGreaterThan(0);
            for (const giving of because) {
              const row = [...world.roleAssignments, ...world.activeAssignments].find(
                each => each.id.toLowerCase() === giving.id,
              )!;
              const alone = { ...world, roleAssignments: [row], activeAssignments: [] };
              const wanted = kinds.filter(each => each.id === kindId);
              expect(referencePoints(alone, id, wanted)).toEqual([points]);
              expect(giving.patterns.length).toBeGreaterThan(0);
            }
          }
        }
      }),
      runs({ whole: 60, part: 6 }),
    );
  },
  patience,
);

test(
  'a change removes what a tenant without it has less',
  () => {
    const tried = { assignment: 0, role: 0, pattern: 0 };
    fc.assert(
      fc.property(worlds.map(withoutCopies), world => {
        const { score, identities, changes } = exposed(world);
        for (const change of changes) {
          tried[
            change.kind === 'remove-assignment'
              ? 'assignment'
              : change.kind === 'remove-pattern'
                ? 'pattern'
                : 'role'
          ]++;
          const after = exposed(without(world, change));
          const figures = new Map(after.identities.map(({ id, figure }) => [id, figure]));
          const lowered = identities.filter(({ id, figure }) => figure > (figures.get(id) ?? 0));
          const removed = round(score.sum - after.score.sum);
          expect({ change, removed, identities: lowered.length }).toEqual({
            change,
            removed: change.removed,
            identities: change.identities,
          });
        }
      }),
      runs({ whole: 40, part: 10 }),
    );
    expect(tried.assignment).toBeGreaterThan(portion({ whole: 50, part: 5 }));
    expect(tried.pattern).toBeGreaterThan(portion({ whole: 5, part: 0 }));
  },
  patience,
);

test(
  'no single assignment removes more than the first of them',
  () => {
    fc.assert(
      fc.property(worlds.map(withoutCopies), world => {
        const { score, changes } = exposed(world);
        const best = changes[0] === undefined ? 0 : changes[0].removed / changes[0].steps;
        for (const { id } of world.roleAssignments) {
          const after = exposed(without(world, { assignments: [id.toLowerCase()], pattern: null })).score.sum;
          expect(round(score.sum - after)).toBeLessThanOrEqual(best);
        }
      }),
      runs({ whole: 40, part: 4 }),
    );
  },
  patience,
);

test(
  'what was not read is told as what it may be at most',
  () => {
    fc.assert(
      fc.property(worlds, world => {
        const whole = { ...world, gaps: [], isComplete: true };
        const open = {
          ...whole,
          gaps: [{ what: 'roleAssignments', scope: '/', reason: 'access is refused' }],
        };
        for (const { figure, upTo, cells } of exposed(open).identities) {
          expect(upTo).toBe(100);
          expect(figure).toBe(round(cells.reduce((sum, { points }) => sum + points, 0)));
          expect(cells).toHaveLength(kinds.length);
        }
      }),
      runs({ whole: 50, part: 6 }),
    );
  },
  patience,
);

function without(
  world: World,
  {
    assignments,
    pattern,
    list,
    roleGuid,
  }: { assignments: readonly string[]; pattern: string | null; list?: string | null; roleGuid?: string },
): World {
  const isKept = ({ id }: { readonly id: string }): boolean => !assignments.includes(id.toLowerCase());
  const isSame = (text: string): boolean => text.trim().toLowerCase() === pattern?.toLowerCase();
  return {
    ...world,
    roleAssignments: world.roleAssignments.filter(isKept),
    activeAssignments: world.activeAssignments.filter(isKept),
    roleDefinitions: world.roleDefinitions.map(role => {
      if (pattern === null || role.name.toLowerCase() !== roleGuid) return role;
      const permissions = role.properties.permissions.map(permission => ({
        ...permission,
        [list!]: permission[list as 'actions'].filter(text => !isSame(text)),
      }));
      return { ...role, properties: { ...role.properties, permissions } };
    }),
  };
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}
