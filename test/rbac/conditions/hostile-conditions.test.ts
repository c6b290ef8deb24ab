import { expect, test } from 'vitest';
import { checkCondition } from '../../../src/rbac/conditions/check-condition.js';
import { evaluateCondition } from '../../../src/rbac/conditions/evaluate-condition.js';
import { guardedActions } from '../../../src/rbac/conditions/guarded-actions.js';
import { knowingAction } from '../../../src/rbac/conditions/knowledge.js';
import { matchesLike } from '../../../src/rbac/conditions/like-pattern.js';
import { vacuousComparisons } from '../../../src/rbac/conditions/outcome.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { printCondition } from '../../../src/rbac/conditions/print-condition.js';
import { admittedAssignments } from '../../../src/rbac/conditions/role-assignment-guard.js';
import { sameExpression } from './same-expression.js';
import { portion } from '../../portion.js';
import { seededRandom } from '../../seeded.js';
import { builtInConditions } from './built-in-conditions.js';
import {
  allExceptRoles,
  constrainRolesAndPrincipals,
  constrainRolesAndPrincipalTypes,
} from './delegation.js';

const samples = [
  ...builtInConditions.map(({ text }) => text).filter(text => text.length < 400),
  constrainRolesAndPrincipals,
  constrainRolesAndPrincipalTypes,
  allExceptRoles,
  `!(ActionMatches{'A/b/read'} AND NOT SubOperationMatches{'Blob.List'}) || @Resource[a] StringLike 'x\\*?*' && Exists @Request[b/tags:K<$key_case_sensitive$>]`,
  `{1, 2.5} ForAllOfAnyValues:NumericLessThan {-3} OR ToLower(@Principal[x]) IpMatch ['y'] OR @Environment[UtcNow] DateTimeLessThan '2022-06-01T00:00:00.0Z'`,
];

const pieces = [
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ',',
    "'",
    '"',
    '@',
    '!',
    '!!!!',
    '&',
    '|',
    '&&',
    '||',
    ':',
    '*',
    '?',
    '\\',
    '$',
    '<',
  ],
  ...[
    ' AND ',
    ' OR ',
    ' NOT ',
    'Exists ',
    'ActionMatches{',
    '@Request[',
    'ForAllOfAllValues:',
    ' GuidEquals ',
    ' true',
    '-',
    '0',
  ],
  ...['\n', '\u0000', '\u00a0', '\ud83d', '😀', '’', 'ſ', 'K', '𝒳', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'],
];

const mutations = portion({ whole: 100_000, part: 5_000 });

test(`${mutations} mutations of real conditions neither hang nor throw`, { timeout: 300_000 }, () => {
  const seed = Number(process.env.AZRBAC_SEED ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const mutate = (text: string): string => {
    const [from, to] = [random(), random()].map(part => Math.floor(part * text.length));
    const [head, tail] = [text.slice(0, from), text.slice(from)];
    const kinds = [
      () => head + pick(pieces) + tail,
      () => head + tail.slice(1),
      () => head + pick(pieces) + tail.slice(1),
      () => head + text.slice(to),
      () => text.slice(0, Math.max(from!, to!)) + pick(samples).slice(to),
    ];
    return pick(kinds)();
  };
  let read = 0;
  for (let i = 0; i < mutations; i++) {
    let text = mutate(pick(samples));
    if (i % 2 === 0) text = mutate(mutate(text));
    try {
      if (answersAll(text, i % 40 === 0 ? 'all' : 'quick')) read++;
    } catch (error) {
      throw new Error(`seed ${seed}, mutation ${i}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
  expect(read, `seed ${seed}`).toBeGreaterThan(mutations / 20);
});

/** Asks everything of a text, and says whether it is a condition. */
function answersAll(text: string, extent: 'all' | 'quick'): boolean {
  const parsed = parseCondition(text);
  const { expression, recovered, problems } = parsed;
  const found = extent === 'all' ? [...problems, ...checkCondition(parsed)] : problems;
  for (const { start, end, message } of found) {
    if (start < 0 || end < start || end > text.length || message === '')
      throw new Error('a place outside of the text');
  }
  if ((expression === undefined) !== problems.length > 0) throw new Error('neither read nor faulty');
  const truth = evaluateCondition(expression, knowingAction('Microsoft.Authorization/roleAssignments/write'));
  if (expression === undefined && truth !== 'unknown') throw new Error('knows what cannot be read');
  if (expression !== undefined) {
    const again = parseCondition(printCondition(expression)).expression;
    if (again === undefined || !sameExpression(expression, again)) throw new Error('prints something else');
  }
  if (recovered !== undefined && extent === 'all') askAll(text);
  return expression !== undefined;
}

function askAll(text: string): void {
  const { recovered } = parseCondition(text);
  if (recovered === undefined) return;
  evaluateCondition(recovered, {
    ...knowingAction('A/b/read'),
    attribute: () => ({ kind: 'values', values: ['a', '1'] }),
  });
  admittedAssignments(recovered, 'write', 'RoleDefinitionId');
  admittedAssignments(recovered, 'delete', 'PrincipalType');
  guardedActions(recovered);
  vacuousComparisons(recovered);
  printCondition(recovered);
}

const role = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
/** What takes time that grows faster than this does not end before the test is given up. */
const size = portion({ whole: 10, part: 1 });
const numbers = Array.from({ length: 200 * size }, (_, i) => i).join();

const readable = new Set([
  'parentheses',
  'patterns of actions',
  'different attributes',
  'sets against sets',
  'many ids',
  'stars',
]);

test.each([
  ['opening parentheses', '('.repeat(30_000 * size)],
  ['parentheses', `${'('.repeat(499)}${role} BoolEquals true${')'.repeat(499)}`],
  ['exclamation marks', '!'.repeat(30_000 * size)],
  ['quotes', "'".repeat(30_000 * size + 1)],
  ['openings of attributes', '@R['.repeat(10_000 * size)],
  ['attributes that are not closed', '@R[a '.repeat(10_000 * size)],
  ['braces', '{'.repeat(30_000 * size)],
  ['functions in functions', 'a('.repeat(10_000 * size)],
  ['commas', `ActionMatches{${','.repeat(30_000 * size)}`],
  ['words', 'a b c '.repeat(10_000 * size)],
  ['unknown operators', '@Request[a] StrngEqals 1 OR '.repeat(2_000 * size)],
  ['unknown attributes', '@Request[Microsoft.Storage/a] StringEquals 1 OR '.repeat(2_000 * size)],
  ['patterns of actions', `ActionMatches{${"'A/*/b/*/c/*',".repeat(2_000 * size)}'x'}`],
  [
    'different attributes',
    Array.from({ length: 2_000 * size }, (_, i) => `@Request[a${i}] NumericEquals 1`).join(' OR '),
  ],
  [
    'sets against sets',
    `{${numbers}} ForAllOfAnyValues:NumericGreaterThan {${numbers}} OR `.repeat(30) +
      `${role} BoolEquals true`,
  ],
  [
    'many ids',
    `${role} ForAnyOfAnyValues:GuidNotEquals {${'8e3af657-a8ff-443c-a75c-2fe8c4bcb635,'.repeat(2_000 * size)}1}`,
  ],
  [
    'stars',
    `@Request[a] StringLike '${'*a'.repeat(5_000 * size)}b' OR ActionMatches{'${'*a'.repeat(5_000 * size)}'}`,
  ],
])('%s without end are answered', (what, text) => {
  expect(answersAll(text, 'all')).toBe(readable.has(what));
});

test.each([
  ['', '', true],
  ['', '*', true],
  ['', '?', false],
  ['abc', '*b*', true],
  ['abc', 'a*c*c', false],
  ['aXbXc', 'a*b?c', true],
  ['a*c', 'a\\*c', true],
  ['abc', 'a\\*c', false],
  ['a?', 'a\\?', true],
  ['ab', 'a\\?', false],
  ['a\\b', 'a\\b', true],
  ['a\\', 'a\\', true],
  ['mississippi', 'm*iss*ip*i', true],
  ['mississippi', 'm*iss*ip*x', false],
  ['a'.repeat(10_000), `${'*a'.repeat(1_000)}*b`, false],
])('%j like %j', (text, pattern, expected) => {
  expect(matchesLike(text, pattern)).toBe(expected);
});
