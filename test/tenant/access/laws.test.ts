import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.js';
import type { Decision, Verdict } from '../../../src/tenant/access/decision.js';
import { assignments, denies } from './random-assignments.js';
import { questions } from './random-questions.js';
import { worlds } from './random-tenant.js';
import { isOfAbsentSubscription } from './reference-rows.js';
import { renamed, renamings } from './renaming.js';
import { tenantOfRows } from './tenant-rows.js';
import { scopes } from './vocabulary.js';
import type { AssignmentRow, QuestionRow, World } from './world-rows.js';
import { runs } from '../../portion.js';

// What holds whatever the tenant, and needs no second opinion.

const many = fc.array(questions, { minLength: 1, maxLength: 40, size: 'max' });
const patience = 300_000;

/** How much may be done, for certain or perhaps. */
const amounts: Readonly<Record<Verdict, number>> = {
  denied: 0,
  'not-granted': 0,
  unknown: 1,
  conditional: 1,
  allowed: 2,
};

function decisions(world: World, asked: readonly QuestionRow[]): Decision[] {
  const tenant = tenantOfRows(world);
  return asked.map(question => decide(tenant, question));
}

function verdicts(world: World, asked: readonly QuestionRow[]): Verdict[] {
  return decisions(world, asked).map(({ decision }) => decision);
}

/** Which of the questions are answered with more in the second world than in the first. */
function moreIn(second: World, first: World, asked: readonly QuestionRow[]): unknown[] {
  const [before, after] = [verdicts(first, asked), verdicts(second, asked)];
  return asked.flatMap((question, at) =>
    amounts[after[at]!] > amounts[before[at]!] ? [{ ...question, before: before[at], after: after[at] }] : [],
  );
}

function law<Values>(name: string, property: fc.IProperty<Values>): void {
  test(name, () => fc.assert(property, runs({ whole: 150, part: 20 })), patience);
}

law(
  'one assignment more never takes anything away',
  fc.property(worlds, assignments('1', 3), many, (world, more, asked) => {
    const roleAssignments = [...world.roleAssignments, ...more];
    // An assignment in a subscription of which nothing was read says that it was.
    const known = asked.filter(({ scope }) => !isOfAbsentSubscription(world, scope));
    expect(moreIn(world, { ...world, roleAssignments }, known)).toEqual([]);
  }),
);

law(
  'an assignment further down never gives more',
  fc.property(worlds, fc.array(fc.nat()), many, (world, choices, asked) => {
    const roleAssignments = world.roleAssignments.map((row, at) => moveDown(row, choices[at] ?? 0));
    expect(moreIn({ ...world, roleAssignments }, world, asked)).toEqual([]);
  }),
);

function moveDown(row: AssignmentRow, choice: number): AssignmentRow {
  const inside = `${row.properties.scope.toLowerCase().replace(/[/]$/, '')}/`;
  const below = scopes.filter(scope => scope !== '/' && scope.toLowerCase().startsWith(inside));
  const scope = below[choice % below.length] ?? row.properties.scope;
  return { ...row, properties: { ...row.properties, scope } };
}

law(
  'one deny assignment more never gives anything',
  fc.property(worlds, denies, many, (world, more, asked) => {
    const denyAssignments = [
      ...world.denyAssignments,
      ...more.map(row => ({ ...row, id: `${row.id}-more` })),
    ];
    expect(moreIn({ ...world, denyAssignments }, world, asked)).toEqual([]);
  }),
);

law(
  'names say nothing, nor their case, nor hyphens',
  fc.property(worlds, renamings, many, (world, renaming, asked) => {
    expect(verdicts(renamed(world, renaming), renamed(asked, { ...renaming, inCase: 'as is' }))).toEqual(
      verdicts(world, asked),
    );
  }),
);

law(
  'the order of rows says nothing',
  fc.property(worlds, fc.nat(20), many, (world, by, asked) => {
    const turned = mapLists(world, rows => [...rows.slice(by), ...rows.slice(0, by)].reverse());
    expect(verdicts(turned, asked)).toEqual(verdicts(world, asked));
  }),
);

law(
  'the same row twice says nothing more',
  fc.property(worlds, many, (world, asked) => {
    const doubled = mapLists(world, rows => [...rows, ...rows]);
    expect(verdicts(doubled, asked)).toEqual(verdicts(world, asked));
  }),
);

function mapLists(world: World, change: (rows: readonly unknown[]) => readonly unknown[]): World {
  return Object.fromEntries(
    Object.entries(world).map(([name, rows]) => [name, Array.isArray(rows) ? change(rows) : rows]),
  ) as World;
}

law(
  'what may be activated changes nothing but the reasons',
  fc.property(worlds, many, (world, asked) => {
    const [with_, without] = [
      decisions(world, asked),
      decisions({ ...world, eligibleAssignments: [] }, asked),
    ];
    const reasons = with_.map(({ decision, because }) => {
      return { decision, because: because.filter(({ kind }) => kind !== 'eligible-assignment') };
    });
    expect(reasons).toEqual(without);
  }),
);

law(
  'what was activated is a role assignment',
  fc.property(worlds, many, (world, asked) => {
    const { eligibleAssignments, activeAssignments, roleAssignments } = world;
    const [active, assigned] = [
      { ...world, activeAssignments: [...activeAssignments, ...eligibleAssignments] },
      { ...world, roleAssignments: [...roleAssignments, ...eligibleAssignments] },
    ];
    expect(verdicts(active, asked)).toEqual(verdicts(assigned, asked));
  }),
);
