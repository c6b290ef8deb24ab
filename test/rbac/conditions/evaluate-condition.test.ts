import { expect, test } from 'vitest';
import { Budget } from '../../../src/rbac/conditions/budget.js';
import { evaluateCondition } from '../../../src/rbac/conditions/evaluate-condition.js';
import type { Knowledge } from '../../../src/rbac/conditions/knowledge.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';

const action = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';

const attributes = new Map<string, readonly string[] | null>([
  ['abcd', ['abcd']],
  ['none', []],
  ['absent', null],
  ['colours', ['red', 'blue']],
  ['yes', ['True']],
  ['seven', ['7']],
  ['huge', ['100000000000000000000']],
  ['id', ['49FC33C1886F4B21A00E1D9993234734']],
  ['date', ['2022-06-01T00:00:00.5Z']],
]);

const knowledge: Knowledge = {
  action,
  subOperation: 'Blob.List',
  attribute(_, path) {
    const values = attributes.get(path);
    if (values === undefined) return { kind: 'unknown' };
    return values === null ? { kind: 'absent' } : { kind: 'values', values };
  },
};

function truth(text: string, known: Partial<Knowledge> = {}): string {
  return evaluateCondition(parseCondition(text).expression, { ...knowledge, ...known });
}

// The examples of https://learn.microsoft.com/azure/role-based-access-control/conditions-format.
test.each([
  [`ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}`, 'true'],
  [`@Resource[abcd] StringLike 'a*c?'`, 'true'],
  [`@Resource[abcd] StringLike 'A*C?'`, 'false'],
  [`@Resource[abcd] StringLike 'a*c'`, 'false'],
  [`{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'blue', 'green'}`, 'true'],
  [`{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'orange', 'green'}`, 'false'],
  [`{'red', 'blue'} ForAllOfAnyValues:StringEquals {'orange', 'red', 'blue'}`, 'true'],
  [`{'red', 'blue'} ForAllOfAnyValues:StringEquals {'red', 'green'}`, 'false'],
  ['{10, 20} ForAnyOfAllValues:NumericLessThan {15, 18}', 'true'],
  ['{10, 20} ForAllOfAllValues:NumericLessThan {5, 15, 18}', 'false'],
  ['{10, 20} ForAllOfAllValues:NumericLessThan {25, 30}', 'true'],
  ['{10, 20} ForAllOfAllValues:NumericLessThan {15, 25, 30}', 'false'],
])('decides as the documentation says: %s', (text, expected) => {
  expect(truth(text)).toBe(expected);
});

test.each([
  [`ActionMatches{'microsoft.storage/*/READ'}`, 'true'],
  [`ActionMatches{'a/b', 'Microsoft.Storage/storageAccounts/*'}`, 'true'],
  [`ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'}`, 'false'],
  [`ActionMatches{'Microsoft.*/storageAccounts/*/read'}`, 'true'],
  [`ActionMatches{'Microsoft.*/storageAccounts/*/write'}`, 'false'],
  [`ActionMatches{'${action.replace('read', 're*ead')}'}`, 'false'],
  [`ActionMatches{'${action.replace('read', 're*d')}'}`, 'true'],
  [`ActionMatches{'${'*a'.repeat(65)}'}`, 'unknown'],
  [`@Resource[abcd] StringLike '*cd'`, 'true'],
  [`@Resource[abcd] StringLike '*bc'`, 'false'],
  [`@Resource[abcd] StringLike '*?cd'`, 'true'],
  [`@Resource[colours] ForAnyOfAnyValues:StringEquals {'red', @Resource[abcd]}`, 'unknown'],
  [`@Resource[colours] ForAnyOfAnyValues:StringEquals {'red', Lower('x')}`, 'unknown'],
  ['Exists @Resource[subOperation]', 'unknown'],
  [`SubOperationMatches{'blob.list'}`, 'true'],
  [`SubOperationMatches{'Blob.*'}`, 'true'],
  [`SubOperationMatches{'Blob.Write.Tier'}`, 'false'],
  [`@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'BLOB.LIST'}`, 'true'],
  ['Exists @Request[subOperation]', 'true'],
  ['Exists @Resource[abcd]', 'true'],
  ['Exists @Resource[none]', 'true'],
  ['Exists @Resource[absent]', 'false'],
  ['NotExists @Resource[absent]', 'true'],
  ['Exists @Resource[unheard]', 'unknown'],
  ['@Resource[yes] BoolEquals true', 'true'],
  ['@Resource[yes] BoolNotEquals true', 'false'],
  ['@Resource[yes] BoolNotEquals false', 'true'],
  [`@Resource[abcd] StringEquals 'abcd'`, 'true'],
  [`@Resource[abcd] StringEquals 'ABCD'`, 'false'],
  [`@Resource[abcd] StringEqualsIgnoreCase 'ABCD'`, 'true'],
  [`@Resource[abcd] StringNotEquals 'ABCD'`, 'true'],
  [`@Resource[abcd] StringNotEqualsIgnoreCase 'ABCD'`, 'false'],
  [`@Resource[abcd] StringStartsWith 'ab'`, 'true'],
  [`@Resource[abcd] StringStartsWith 'AB'`, 'false'],
  [`@Resource[abcd] StringStartsWithIgnoreCase 'AB'`, 'true'],
  [`@Resource[abcd] StringNotStartsWith 'ab'`, 'false'],
  [`@Resource[abcd] StringNotStartsWithIgnoreCase 'x'`, 'true'],
  [`@Resource[abcd] StringLikeIgnoreCase 'A*'`, 'true'],
  [`@Resource[abcd] StringNotLike 'A*'`, 'true'],
  [`@Resource[abcd] StringNotLikeIgnoreCase 'A*'`, 'false'],
  ['@Resource[seven] NumericEquals 7', 'true'],
  ['@Resource[seven] NumericEquals 007', 'true'],
  ['@Resource[seven] NumericNotEquals 7', 'false'],
  ['@Resource[seven] NumericGreaterThan 6', 'true'],
  ['@Resource[seven] NumericGreaterThan 7', 'false'],
  ['@Resource[seven] NumericGreaterThanEquals 7', 'true'],
  ['@Resource[seven] NumericLessThan -8', 'false'],
  ['@Resource[seven] NumericLessThanEquals 7', 'true'],
  ['@Resource[huge] NumericGreaterThan 99999999999999999999', 'true'],
  ['@Resource[seven] NumericEquals 7.5', 'unknown'],
  ['@Resource[abcd] NumericEquals 7', 'unknown'],
  [`@Resource[date] DateTimeEquals '2022-06-01T00:00:00.5000000Z'`, 'true'],
  [`@Resource[date] DateTimeNotEquals '2022-06-01T00:00:00Z'`, 'true'],
  [`@Resource[date] DateTimeGreaterThan '2022-06-01T00:00:00.49Z'`, 'true'],
  [`@Resource[date] DateTimeGreaterThan '2022-06-01T00:00:00.51Z'`, 'false'],
  [`@Resource[date] DateTimeGreaterThanEquals '2022-06-01T00:00:00.50Z'`, 'true'],
  [`@Resource[date] DateTimeLessThan '2022-06-01T00:00:01Z'`, 'true'],
  [`@Resource[date] DateTimeLessThanEquals '2021-06-01T00:00:01Z'`, 'false'],
  [`@Resource[date] DateTimeLessThan '2022-02-30T00:00:01Z'`, 'unknown'],
  ['@Resource[id] GuidEquals 49fc33c1-886f-4b21-a00e-1d9993234734', 'true'],
  ['@Resource[id] GuidNotEquals 49fc33c1886f4b21a00e1d9993234734', 'false'],
  [`@Resource[id] GuidEquals '49fc33c1-886f-4b21-a00e-1d9993234734'`, 'unknown'],
  [`@Resource[abcd] StringEquals {'abcd'}`, 'true'],
  [`@Resource[abcd] StringEquals {'abcd', 'x'}`, 'unknown'],
  [`@Resource[colours] StringEquals 'red'`, 'unknown'],
  [`@Resource[colours] ForAnyOfAnyValues:StringEquals 'red'`, 'true'],
  [`@Resource[abcd] StringEquals @Principal[abcd]`, 'true'],
  [`@Resource[colours] ForAnyOfAnyValues:StringLike {@Principal[abcd]}`, 'unknown'],
  [`@Resource[abcd] StringEndsWith 'd'`, 'unknown'],
  [`@Resource[abcd] StringEqual 'abcd'`, 'unknown'],
  [`ToUpper(@Resource[abcd]) StringEquals 'ABCD'`, 'unknown'],
  [`@Context[abcd] StringEquals 'abcd'`, 'unknown'],
  [`@Elsewhere[abcd] StringEquals 'abcd'`, 'unknown'],
])('decides %s', (text, expected) => {
  expect(truth(text)).toBe(expected);
});

test.each([
  [`@Resource[absent] StringEquals 'x'`, 'false'],
  [`@Resource[absent] StringNotEquals 'x'`, 'false'],
  [`@Resource[absent] ForAllOfAllValues:StringNotEquals {'x'}`, 'false'],
  [`'x' StringNotEquals @Resource[absent]`, 'false'],
  [`NOT @Resource[absent] StringEquals 'x'`, 'true'],
])('an absent attribute fails its comparison: %s', (text, expected) => {
  expect(truth(text)).toBe(expected);
});

test.each([
  ['ForAnyOfAnyValues', 'false'],
  ['ForAllOfAnyValues', 'true'],
  ['ForAnyOfAllValues', 'false'],
  ['ForAllOfAllValues', 'true'],
])('%s over no values at all is %s', (quantifier, expected) => {
  expect(truth(`@Resource[none] ${quantifier}:StringEquals {'x'}`)).toBe(expected);
  expect(truth(`{} ${quantifier}:StringEquals {'x'}`)).toBe(expected);
});

const [yes, no, maybe] = [`ActionMatches{'*'}`, `ActionMatches{'x'}`, '@Resource[unheard] BoolEquals true'];

test.each([
  [`${yes} AND ${maybe}`, 'unknown'],
  [`${no} AND ${maybe}`, 'false'],
  [`${maybe} AND ${no}`, 'false'],
  [`${yes} OR ${maybe}`, 'true'],
  [`${no} OR ${maybe}`, 'unknown'],
  [`NOT ${maybe}`, 'unknown'],
  [`${maybe} OR NOT ${maybe}`, 'unknown'],
])('goes by Kleene’s logic: %s', (text, expected) => {
  expect(truth(text)).toBe(expected);
});

test('a suboperation may be none, or not be known', () => {
  const text = `SubOperationMatches{'Blob.List'}`;
  expect(truth(text, { subOperation: null })).toBe('false');
  expect(truth(text, { subOperation: undefined })).toBe('unknown');
  expect(truth('Exists @Request[subOperation]', { subOperation: null })).toBe('false');
});

test('what does not parse is unknown', () => {
  expect(truth(`ActionMatches{'x'} AND`)).toBe('unknown');
});

test('the guard of blob reads lets lists pass and checks reads', () => {
  const guard = `!(ActionMatches{'${action}'} AND NOT SubOperationMatches{'Blob.List'}) OR @Resource[abcd] StringEquals 'other'`;
  expect(truth(guard)).toBe('true');
  expect(truth(guard, { subOperation: null })).toBe('false');
  expect(truth(guard, { action: 'Microsoft.Storage/storageAccounts/read', subOperation: null })).toBe('true');
});

test.each([
  ['Blob.List', 'true', 'true', 'true'],
  [null, 'false', 'false', 'false'],
  [undefined, 'unknown', 'unknown', 'unknown'],
])('of an operation with the suboperation %j', (subOperation, matches, equals, exists) => {
  const asked = [
    "SubOperationMatches{'Blob.List'}",
    "@Request[subOperation] StringEquals 'Blob.List'",
    'Exists @Request[SubOperation]',
  ];
  expect(asked.map(text => truth(text, { subOperation }))).toEqual([matches, equals, exists]);
});

test.each<[Knowledge['subOperation'], string]>([
  [undefined, 'unknown'],
  [null, 'false'],
  ['Blob.List', 'true'],
])('the suboperation %j exists: %s', (subOperation, expected) => {
  expect(truth('Exists @Request[subOperation]', { subOperation })).toBe(expected);
});

test('what would take too long to compare with a suboperation is unknown', () => {
  const subOperation = 'a'.repeat(8_000);
  expect(truth(`SubOperationMatches{'${'*a'.repeat(4_000)}'}`, { subOperation })).toBe('true');
  expect(truth(`SubOperationMatches{'${'*a'.repeat(10_000)}'}`, { subOperation })).toBe('unknown');
});

test.each([
  ['an action', `ActionMatches{'*'}`, 1],
  // One for each text and a sixteenth for each letter of the sets, one for the condition, and one for the first pair.
  [
    'a set of 1,000 texts',
    `{'a'} ForAnyOfAnyValues:StringEquals {${Array.from({ length: 1_000 }, () => "'a'").join()}}`,
    1_254,
  ],
])('%s costs so many steps of a budget, and is unknown without them', (_, text, steps) => {
  // Read anew: what was made of literals once is kept with them.
  const within = (budget: Budget) => evaluateCondition(parseCondition(text).expression, knowledge, budget);
  expect(within(new Budget(steps))).toBe('true');
  expect(within(new Budget(steps - 1))).toBe('unknown');
});
