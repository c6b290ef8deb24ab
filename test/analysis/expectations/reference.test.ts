import { expect, test } from 'vitest';
import { decide } from '../../tenant/access/decide.js';
import { AccessEvaluator } from '../../../src/tenant/access/held-access.js';
import { Tenant } from '../../../src/tenant/access/tenant.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { isFullRun, portion } from '../../portion.js';
import { seededRandom } from '../../seeded.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { check, endpoint, index, principal, tenantSnapshot, type Row } from './access.js';
import {
  Dice,
  excessAt,
  groups,
  heldScopes,
  reaches,
  reference,
  rowsOf,
  set,
  universe,
} from './random-tenant.js';

const needy = `  - { name: client, principal: ${principal}, needs: [{ set: online-scoring-cli, scope: endpoint }] }\n`;

test('the evaluation is what the reference says', async () => {
  const dice = new Dice(seededRandom(19));
  const looked = new Set(universe);
  const rounds = portion({ whole: 300, part: 15 });
  const seen = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const world = dice.world();
    const { results } = await check(needy, rowsOf(world));
    const expected = reference(world);
    const result = results.find(({ scope }) => scope === endpoint)!;
    const { covered, conditional, missing, forbidden, excess } = result;
    expect({ covered, conditional, missing, forbidden, denied: result.denied }).toEqual({
      covered: expected.covered,
      conditional: expected.conditional,
      missing: expected.missing,
      forbidden: expected.forbidden,
      denied: expected.denied,
    });
    // Operations of unknown plane are granted by those who spell them out alone, so the universe leaves them out.
    expect(excess.operations.filter(name => looked.has(name))).toEqual(expected.excess);
    if (expected.excess.length > 0 || excess.operations.length === 0)
      expect(result.status).toBe(expected.status);
    expect([...covered, ...conditional, ...missing].sort()).toEqual([...set.required.control!].sort());
    expect(forbidden.filter(name => !excess.operations.includes(name))).toEqual([]);
    const explained = result.because.reduce((sum, { operations }) => sum + operations, 0);
    expect(explained).toBe(excess.control + excess.data);
    seen.add(result.status);
    if (conditional.length > 0) seen.add('conditional');
    if (result.denied.length > 0) seen.add('denied');
  }
  // Little that such roles grant beside the need has an effect at an endpoint and is not forbidden.
  const rare = isFullRun ? ['excess'] : [];
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(['conditional', 'denied', 'fail', 'pass', ...rare]),
  );
}, 120_000);

test('what is held without a need is told at one scope at least at which it has an effect, and nothing else is', async () => {
  const dice = new Dice(seededRandom(20_261_201));
  const looked = new Set(universe);
  const rounds = portion({ whole: 600, part: 15 });
  let [compared, told] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const world = dice.world();
    const { results } = await check(needy, rowsOf(world));
    const found = new Map(results.map(({ scope, excess }) => [scope!, excess]));
    for (const [scope, { operations, omitted }] of found) {
      if (scope === endpoint) continue;
      const own = operations.filter(name => looked.has(name));
      const expected = excessAt(world, scope);
      if (omitted === undefined) expect({ scope, own }).toEqual({ scope, own: expected });
      else expect(own.filter(name => !expected.includes(name))).toEqual([]);
      compared++;
    }
    for (const scope of heldScopes(world)) {
      const inside = [...found].filter(([place]) => reaches(scope, place));
      if (inside.some(([, { omitted }]) => omitted !== undefined)) continue;
      const all = new Set(inside.flatMap(([, { operations }]) => operations));
      const silent = excessAt(world, scope).filter(name => !all.has(name));
      expect({ scope, silent }).toEqual({ scope, silent: [] });
      told++;
    }
  }
  expect(Math.min(compared, told)).toBeGreaterThan(rounds / 3);
}, 300_000);

test('check and can agree on every operation that is needed', async () => {
  const dice = new Dice(seededRandom(20_261_124));
  const rounds = portion({ whole: 150, part: 30 });
  const seen = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const rows = rowsOf(dice.world());
    const { results } = await check(needy, rows);
    const { covered, conditional, missing, denied: taken } = results.find(({ scope }) => scope === endpoint)!;
    const tenant = new Tenant(tenantSnapshot(rows), shippedCatalog, index);
    const held = new AccessEvaluator(tenant).at(parseScope(endpoint), principal);
    for (const operation of set.required.control!) {
      const { decision } = decide(tenant, { principal, operation, plane: 'control', scope: endpoint });
      seen.add(decision);
      expect(covered.includes(operation)).toBe(decision === 'allowed');
      expect(conditional.includes(operation)).toBe(decision === 'conditional');
      expect(missing.includes(operation)).toBe(decision === 'not-granted' || decision === 'denied');
      expect(taken.includes(operation)).toBe(decision === 'denied');
      expect(held.definite.has(operation, 'control')).toBe(decision === 'allowed');
      expect(held.conditional.has(operation, 'control')).toBe(decision === 'conditional');
    }
  }
  expect([...seen].sort()).toEqual(['allowed', 'conditional', 'denied', 'not-granted']);
}, 120_000);

test('where nobody knows the groups, what is missing is missing, and the rest is certain only if it is so in all of them', async () => {
  const dice = new Dice(seededRandom(20_261_125));
  const rounds = portion({ whole: 80, part: 15 });
  const seen = new Set<string>();
  const subsets = Array.from({ length: 8 }, (_, bits) => groups.filter((_, at) => bits & (1 << at)));
  for (let round = 0; round < rounds; round++) {
    const { principals: _, ...rows } = rowsOf(dice.world());
    const resultWith = async (principals: readonly Row[]) => {
      const { results } = await check(needy, { ...rows, principals });
      return results.find(({ scope }) => scope === endpoint)!;
    };
    const directory = groups.map(id => ({ id, type: 'Group', memberOf: [] }));
    const inEach = [];
    for (const memberOf of subsets)
      inEach.push(await resultWith([...directory, { id: principal, type: 'ServicePrincipal', memberOf }]));
    const inNone = inEach[0]!;
    const { status, coverage, leastPrivilege } = await resultWith(directory);
    if (coverage === 'complete') expect(inEach.map(each => each.coverage)).not.toContain('partial');
    if (coverage === 'partial') expect(inNone.coverage).toBe('partial');
    if (leastPrivilege === 'exact') {
      const tooMuch = inEach.filter(each => each.forbidden.length > 0 || each.leastPrivilege === 'excess');
      expect(tooMuch).toEqual([]);
    }
    if (leastPrivilege === 'forbidden') expect(inEach.every(each => each.forbidden.length > 0)).toBe(true);
    if (status === 'pass') expect(new Set(inEach.map(each => each.status))).toEqual(new Set(['pass']));
    else if (status !== 'unknown') expect(inNone.status).not.toBe('pass');
    seen.add(`status ${status}`).add(`coverage ${coverage}`).add(`leastPrivilege ${leastPrivilege}`);
  }
  if (!isFullRun) return expect(seen.size).toBeGreaterThan(4);
  for (const kind of ['fail', 'excess', 'pass', 'unknown']) expect(seen).toContain(`status ${kind}`);
  for (const kind of ['complete', 'partial', 'unknown']) expect(seen).toContain(`coverage ${kind}`);
}, 120_000);
