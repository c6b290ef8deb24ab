import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccessQuestion } from '../../../src/tenant/access/access-question.js';
import { decide } from './decide.js';
import { AccessEvaluator } from '../../../src/tenant/access/held-access.js';
import { whoCan } from '../../../src/tenant/access/who-can.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { saidTypeOf } from './random-assignments.js';
import { catalogOperations, questions } from './random-questions.js';
import { worlds } from './random-tenant.js';
import { expectedVerdict, knownGrants } from './reference.js';
import { tenantOfRows } from './tenant-rows.js';
import type { Verdict } from '../../../src/tenant/access/decision.js';
import { everybody, typeOf } from './vocabulary.js';
import type { QuestionRow, World } from './world-rows.js';
import { portion, runs } from '../../portion.js';

/** Others may be using the machine. */
const patience = 300_000;

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

test(
  'can decides as Azure does, taken step by step',
  () => {
    const counts = new Map<string, number>();
    const many = fc.array(questions, { minLength: 1, maxLength: 340, size: 'max' });
    fc.assert(
      fc.property(worlds, many, (world, asked) => {
        const tenant = tenantOfRows(world);
        for (const question of asked) {
          const expected = expectedVerdict(world, question);
          counts.set(expected, (counts.get(expected) ?? 0) + 1);
          if (decide(tenant, question).decision !== expected)
            expect({ question, is: decide(tenant, question) }).toEqual({ question, is: expected });
        }
      }),
      runs({ whole: 700, part: 80 }),
    );
    expect([...counts.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(
      portion({ whole: 100_000, part: 10_000 }),
    );
    // A comparison that never sees a denied question says nothing of it.
    for (const verdict of ['allowed', 'conditional', 'denied', 'not-granted', 'unknown'])
      expect(counts.get(verdict), verdict).toBeGreaterThan(portion({ whole: 1_000, part: 40 }));
  },
  patience,
);

test(
  'who-can names whom can does not turn away',
  () => {
    fc.assert(
      fc.property(worlds, fc.array(questions, { minLength: 1, maxLength: 4 }), (world, asked) => {
        const tenant = tenantOfRows(world);
        for (const { operation, plane, scope } of asked) {
          const question = new AccessQuestion(tenant, { operation, plane, scope: parseScope(scope) });
          const able = everybody.filter(principal => {
            const own = { principal, operation, plane, scope };
            if (isKnownGroup(world, principal) || knownGrants(world, own).length === 0) return false;
            return !['denied', 'not-granted'].includes(expectedVerdict(world, own));
          });
          const found = whoCan(tenant, question).principals.map(({ id: principal, decision }) => {
            return [principal, decision];
          });
          const expected = sorted(able).map(principal => {
            return [principal, expectedVerdict(world, { principal, operation, plane, scope })];
          });
          expect({ operation, scope, found }).toEqual({ operation, scope, found: expected });
        }
      }),
      runs({ whole: 400, part: 25 }),
    );
  },
  patience,
);

function isKnownGroup(world: World, principal: string): boolean {
  const isMentioned = world.principals.some(({ memberOf }) =>
    memberOf.some(group => group.toLowerCase() === principal),
  );
  const isHeld = world.principals.some(row => row.id.toLowerCase() === principal);
  return isMentioned || (isHeld ? typeOf(principal) : saidTypeOf(principal)) === 'Group';
}

test(
  'what a principal holds is what it can do',
  () => {
    const operations = fc.array(catalogOperations, { minLength: 1, maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(
        worlds,
        fc.array(questions, { minLength: 1, maxLength: 4 }),
        operations,
        (world, askers, all) => {
          const tenant = tenantOfRows(world);
          const evaluator = new AccessEvaluator(tenant);
          for (const { principal, scope } of askers) {
            const held = evaluator.at(parseScope(scope), principal);
            for (const { operation, plane } of all) {
              const question = { principal, operation, plane, scope };
              const { decision } = decide(tenant, question);
              // Then it depends on what holdings do not look at.
              if (decision === 'unknown') continue;
              const found = parts.filter(part => held[part].has(operation, plane));
              expect({ question, found }).toEqual({ question, found: partsOf(world, question, decision) });
            }
          }
        },
      ),
      runs({ whole: 250, part: 20 }),
    );
  },
  patience,
);

const parts = ['definite', 'conditional', 'denied'] as const;

function partsOf(world: World, question: QuestionRow, decision: Verdict): string[] {
  if (decision === 'allowed') return ['definite'];
  if (decision !== 'denied') return decision === 'conditional' ? ['conditional'] : [];
  return knownGrants(world, question).some(({ read }) => read === 'true') ? ['denied'] : [];
}
