import { expect, test } from 'vitest';
import { checkCondition } from '../../../src/rbac/conditions/check-condition.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { builtInConditions } from './built-in-conditions.js';
import {
  allExceptRoles,
  constrainRoles,
  constrainRolesAndPrincipals,
  constrainRolesAndPrincipalTypes,
  owner,
} from './delegation.js';

/** What is wrong with a condition, each with the text that it is about. */
function faults(text: string): readonly (readonly [string, string, string])[] {
  const parsed = parseCondition(text);
  return [...parsed.problems, ...checkCondition(parsed)].map(({ code, start, end, message }) => [
    code,
    text.slice(start, end),
    message,
  ]);
}

const a = `@Resource[a] StringEquals 'x'`;
const b = '@Resource[b] BoolEquals true';

test.each([
  ['', 'empty', '', 'The condition is empty.'],
  [' \t\n', 'empty', '', 'The condition is empty.'],
  [`(${a}`, 'parenthesis-not-closed', '(', 'A "(" is not closed.'],
  [`${a})`, 'parenthesis-not-opened', ')', 'A ")" has no "(" before it.'],
  [`${a} OR ()`, 'parentheses-empty', '()', 'The parentheses are empty.'],
  [`${a} AND`, 'operand-missing', '', 'An expression is missing here.'],
  [`OR ${a}`, 'operand-missing', 'OR', 'An expression is missing here.'],
  [`NOT`, 'operand-missing', '', 'An expression is missing here.'],
  [`${a} ${b}`, 'connective-missing', '@Resource[b]', 'AND or OR is missing before "@Resource".'],
  [
    `${a} {1} ForAnyOfAnyValues:NumericEquals {1}`,
    'connective-missing',
    '{',
    'AND or OR is missing before "{".',
  ],
  [`${a} NOT ${b}`, 'connective-missing', 'NOT', 'AND or OR is missing before "NOT".'],
  [`${a} Exists @Resource[b]`, 'connective-missing', 'Exists', 'AND or OR is missing before "Exists".'],
  [`${a} 'x' StringEquals 'x'`, 'connective-missing', `'x'`, 'AND or OR is missing before "x".'],
  [`${a} & ${b}`, 'single-sign', '&', '"&" appears once; the operator is "&&".'],
  [`${a} , ${b}`, 'unexpected', ',', '"," does not belong here.'],
  [
    `ActionMatches AND ${a}`,
    'braces-missing',
    'ActionMatches',
    `Behind "ActionMatches" belong names in braces: {'…'}.`,
  ],
  [`@Resource[a]`, 'operator-missing', '@Resource[a]', 'An operator is missing behind the value.'],
  [`@Resource[a] StringEquals`, 'value-missing', 'StringEquals', 'A value is missing behind "StringEquals".'],
  [
    `@Resource[a StringEquals 'x'`,
    'attribute-not-closed',
    '@Resource[a',
    'The name of an attribute is not closed by "]".',
  ],
  [
    `Resource[a] StringEquals 'x'`,
    'at-sign-missing',
    'Resource',
    '"Resource[…]" is an attribute and lacks its "@".',
  ],
  [
    `@Resource StringEquals 'x'`,
    'attribute-incomplete',
    '@Resource',
    'An attribute has the form "@Source[name]".',
  ],
  [`@Resource[a] StringEquals 'x`, 'string-not-closed', `'x`, 'A text in quotes is not closed.'],
  [`@Resource[a] StringEquals "x"`, 'wrong-quotes', '"x"', "Strings must be in single quotes '…'."],
  [`@Resource[a] StringEquals ‘x’`, 'wrong-quotes', '‘x’', "Strings must be in single quotes '…'."],
  [`${a}\u00a0OR ${b}`, 'odd-character', '\u00a0', 'Unexpected character.'],
  [`ActionMatches{'A/b'`, 'set-not-closed', '{', 'A "{" is not closed.'],
  [`ActionMatches{'A/b' 'A/c'}`, 'comma-missing', `'A/c'`, 'A comma is missing before "A/c".'],
  [`ActionMatches{'A/b',}`, 'set-item-missing', '}', 'A value is missing behind the last comma.'],
  [`ActionMatches{,'A/b'}`, 'set-item-missing', ',', 'A value is missing before the comma.'],
  [`ActionMatches{}`, 'set-item-missing', 'ActionMatches{}', 'The braces hold no name.'],
  [
    `ActionMatches 'A/b'`,
    'braces-missing',
    `ActionMatches 'A/b'`,
    `Behind "ActionMatches" belong names in braces: {'…'}.`,
  ],
  [`ActionMatches{A/b}`, 'pattern-not-text', 'A/b', '"A/b" belongs in single quotes.'],
  [
    `ActionMatch{'A/b'}`,
    'function-unknown',
    'ActionMatch',
    'There is no function "ActionMatch", only ActionMatches, SubOperationMatches, Exists and NotExists.',
  ],
  [`Exists 'x'`, 'attribute-missing', 'Exists', 'Behind "Exists" belongs an attribute.'],
  [`{'x'} ForAnyOfAnyValues:StringEquals {{'x'}`, 'set-nested', '{', 'A set holds values, not sets.'],
  [
    `${'('.repeat(501)}${a}${')'.repeat(501)}`,
    'too-deep',
    '(',
    'The condition has more than 500 levels; the rest was not read.',
  ],
  [
    `${'!'.repeat(501)}${a}`,
    'too-deep',
    '!',
    'The condition has more than 500 levels; the rest was not read.',
  ],
])('does not read %j', (text, code, about, message) => {
  expect(faults(text)[0]).toEqual([code, about, message]);
  expect(parseCondition(text).expression).toBeUndefined();
});

const role = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const added = `!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR`;
const removed = `!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}) OR`;
const sources = { added: `@Request[${role}]`, removed: `@Resource[${role}]` };

test.each([
  [
    `${a} AND ${b} OR ${a}`,
    'ambiguous',
    `${a} AND ${b} OR ${a}`,
    'AND and OR are mixed; add parentheses to say which comes first.',
  ],
  [`ActionMatches{'read'}`, 'action-not-operation', `'read'`, '"read" is not the name of an operation.'],
  [
    `ActionMatches{'A/b read'}`,
    'action-not-operation',
    `'A/b read'`,
    '"A/b read" is not the name of an operation.',
  ],
  [
    `ActionMatches('A/b')`,
    'brackets-undocumented',
    `ActionMatches('A/b')`,
    'Names belong in braces; round brackets are not documented.',
  ],
  [
    `@Resource[a] StringEqual 'x'`,
    'operator-unknown',
    'StringEqual',
    'There is no operator "StringEqual". Did you mean "StringEquals"?',
  ],
  [
    `@Resource[a] ForAnyOfAnyValue:StringEquals 'x'`,
    'operator-unknown',
    'ForAnyOfAnyValue:StringEquals',
    'There is no operator "ForAnyOfAnyValue:StringEquals". Did you mean "ForAnyOfAnyValues:StringEquals"?',
  ],
  [
    `@Resource[a] ForAnyOfAnyValues:String:Equals 'x'`,
    'operator-unknown',
    'ForAnyOfAnyValues:String:Equals',
    'There is no operator "ForAnyOfAnyValues:String:Equals". Did you mean "ForAnyOfAnyValues:StringEquals"?',
  ],
  [
    `@Resource[a] ForBananas:StringEquals 'x'`,
    'operator-unknown',
    'ForBananas:StringEquals',
    'There is no operator "ForBananas:StringEquals".',
  ],
  [`@Resource[a] == 'x'`, 'operator-unknown', '==', 'There is no operator "==".'],
  [
    `@Resource[a] StringEndsWith 'x'`,
    'operator-undocumented',
    'StringEndsWith',
    'No page documents the operator "StringEndsWith".',
  ],
  [
    `Trim(@Resource[a]) StringEquals 'x'`,
    'function-undocumented',
    'Trim(@Resource[a])',
    'No page documents the function "Trim".',
  ],
  [
    `@Resource[a] ForAnyOfAnyValues:StringEquals ['x']`,
    'brackets-undocumented',
    `['x']`,
    'Values belong in braces; square brackets are not documented.',
  ],
  [
    `@Resource[a] StringEquals {'x', 'y'}`,
    'quantifier-missing',
    'StringEquals',
    'Several values are compared: a quantifier belongs before the operator, as in "ForAnyOfAnyValues:StringEquals".',
  ],
  [
    `@Resource[${blobs}/tags&$keys$&] StringEquals 'x'`,
    'quantifier-missing',
    'StringEquals',
    'Several values are compared: a quantifier belongs before the operator, as in "ForAnyOfAnyValues:StringEquals".',
  ],
  [
    `@Resource[a] StringStartsWith {'x', 'y'}`,
    'quantifier-missing',
    'StringStartsWith',
    '"StringStartsWith" compares one value with one.',
  ],
  [
    `@Resource[a] ForAnyOfAnyValues:StringStartsWith {'x'}`,
    'quantifier-not-allowed',
    'ForAnyOfAnyValues:StringStartsWith',
    '"StringStartsWith" takes no quantifier.',
  ],
  [`@Resource[a] ForAnyOfAnyValues:StringEquals {}`, 'set-empty', '{}', 'The set holds no value.'],
  [`@Resource[a] StringEquals x`, 'text-unquoted', 'x', '"x" belongs in single quotes.'],
  [
    `@Resource[a] ForAnyOfAnyValues:StringEquals {x, 'y'}`,
    'text-unquoted',
    'x',
    '"x" belongs in single quotes.',
  ],
  [`@Resource[a] AND ${b}`, 'operator-missing', '@Resource[a]', 'An operator is missing behind the value.'],
  ['word', 'operator-missing', 'word', 'An operator is missing behind the value.'],
  [`@Resource[a] 'x'`, 'operator-missing', '@Resource[a]', 'An operator is missing behind the value.'],
  [
    `@Environment[UtcNow] DateTimeLessThan 2022-06-01T00:00:00Z`,
    'text-unquoted',
    '2022-06-01T00:00:00Z',
    '"2022-06-01T00:00:00Z" belongs in single quotes.',
  ],
  [
    `@Resource[a] GuidEquals '${owner}'`,
    'guid-quoted',
    `'${owner}'`,
    `Write GUIDs without quotes: ${owner}.`,
  ],
  [`@Resource[a] GuidEquals 'Owner'`, 'value-type', `'Owner'`, '"GuidEquals" compares GUIDs without quotes.'],
  [`@Resource[a] GuidEquals Owner`, 'value-type', 'Owner', '"GuidEquals" compares GUIDs without quotes.'],
  [
    `@Resource[a] StringEquals ${owner}`,
    'value-type',
    owner,
    '"StringEquals" compares texts in single quotes.',
  ],
  [
    `@Resource[a] BoolEquals 'true'`,
    'value-type',
    `'true'`,
    '"BoolEquals" compares "true" and "false" without quotes.',
  ],
  [
    `@Resource[a] NumericEquals '5'`,
    'value-type',
    `'5'`,
    '"NumericEquals" compares integers without quotes.',
  ],
  [
    `@Resource[a] NumericLessThan 5.5`,
    'number-not-integer',
    '5.5',
    '"5.5" is not an integer; Azure has no other numbers.',
  ],
  [
    `@Resource[a] DateTimeEquals '2022-06-01'`,
    'date-malformed',
    `'2022-06-01'`,
    '"2022-06-01" is not a date of the form "2022-06-01T00:00:00.0Z".',
  ],
  [
    `@Resource[a] DateTimeEquals '2022-06-31T00:00:00Z'`,
    'date-malformed',
    `'2022-06-31T00:00:00Z'`,
    '"2022-06-31T00:00:00Z" is not a date of the form "2022-06-01T00:00:00.0Z".',
  ],
  [
    `@Resource[a] DateTimeEquals '2022-06-01T00:00:00.12345678Z'`,
    'date-malformed',
    `'2022-06-01T00:00:00.12345678Z'`,
    '"2022-06-01T00:00:00.12345678Z" is not a date of the form "2022-06-01T00:00:00.0Z".',
  ],
  [
    `@Environment[UtcNow] DateTimeEquals '2022-06-01T00:00:00Z'`,
    'utc-now-operator',
    '@Environment[UtcNow]',
    '"UtcNow" takes "DateTimeGreaterThan" and "DateTimeLessThan" only.',
  ],
  [
    `@Ressource[a] StringEquals 'x'`,
    'source-unknown',
    '@Ressource[a]',
    'There is no attribute source "@Ressource". Did you mean "@Resource"?',
  ],
  [
    `@Context[a] StringEquals 'x'`,
    'source-undocumented',
    '@Context[a]',
    'No page documents the attribute source "@Context".',
  ],
  [
    `Exists @Resource[${blobs}:versionId]`,
    'source-wrong',
    `@Resource[${blobs}:versionId]`,
    '"Microsoft.Storage/storageAccounts/blobServices/containers/bl…" is an attribute of "@Request", not of "@Resource".',
  ],
  [
    `@Request[${blobs}:path] StringEquals 'x'`,
    'source-wrong',
    `@Request[${blobs}:path]`,
    '"Microsoft.Storage/storageAccounts/blobServices/containers/bl…" is an attribute of "@Resource", not of "@Request".',
  ],
  [
    `${added} ${sources.removed} GuidEquals ${owner}`,
    'source-wrong',
    sources.removed,
    'In a guard of adding role assignments, "@Resource[Microsoft.Authorization/roleAssignments:RoleDefini…" must be "@Request[…]".',
  ],
  [
    `${removed} ${sources.added} GuidEquals ${owner}`,
    'source-wrong',
    sources.added,
    'In a guard of removing role assignments, "@Request[Microsoft.Authorization/roleAssignments:RoleDefinit…" must be "@Resource[…]".',
  ],
  [
    `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitonId] GuidEquals ${owner}`,
    'attribute-unknown',
    '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitonId]',
    `No page lists the attribute "Microsoft.Authorization/roleAssignments:RoleDefinitonId". Did you mean "${role}"?`,
  ],
  [
    `@Request[${role}] StringEquals 'Owner'`,
    'attribute-type',
    sources.added,
    `"StringEquals" compares texts in single quotes; "${role}" is a GUID.`,
  ],
])('finds fault with %s', (text, code, about, message) => {
  expect(faults(text)).toEqual([[code, about, message]]);
});

test('takes one of exactly 8 KB', () => {
  const text = `@Resource[a] StringEquals '${'a'.repeat(8 * 1024 - 28)}'`;
  expect(Buffer.byteLength(text)).toBe(8 * 1024);
  expect(faults(text)).toEqual([]);
});

test('finds a condition too long for Azure', () => {
  const text = `@Resource[a] StringEquals '${'ä'.repeat(4_090)}'`;
  expect(faults(text)).toEqual([['too-long', text, 'The condition has 8208 bytes; Azure takes 8 KB.']]);
  expect(faults(text.replace('ä'.repeat(20), ''))).toEqual([]);
});

test('checks what it could read beside a fault', () => {
  expect(
    faults(`(${a} AND @Resource[b] StringEquals) OR @Resource[c] NumericEquals 5.5`).map(([code]) => code),
  ).toEqual(['value-missing', 'number-not-integer']);
});

test.each([
  constrainRoles,
  constrainRolesAndPrincipalTypes,
  constrainRolesAndPrincipals,
  allExceptRoles,
  // The other's attribute is asked for beside the right one.
  `${added} (${sources.added} GuidEquals ${owner} OR ${sources.removed} GuidEquals ${owner})`,
  `@Resource[${blobs}/tags:Project<$key_case_sensitive$>] StringEquals 'Cascade' AND Exists @Request[${blobs}:versionId]`,
  `@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] ForAnyOfAnyValues:StringEquals {'Baker'}`,
  `@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/metadata:stage] StringEquals 'approved'`,
  `@Principal[Microsoft.Storage/own:Team] StringEquals 'Baker'`,
  `@Environment[UtcNow] DateTimeGreaterThan '2023-03-29T22:03:00.0Z' AND @Environment[isPrivateLink] BoolEquals true`,
  `@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:versionId] DateTimeEquals '2022-06-01T23:38:32.8883645Z'`,
])('finds no fault with what the documentation shows', text => {
  expect(faults(text)).toEqual([]);
});

test.each(builtInConditions)('finds no fault with the condition of $role', ({ text }) => {
  expect(faults(text)).toEqual([]);
});

test('8 KB are not too long, a byte more is', () => {
  const filled = (bytes: number): string => a.padEnd(bytes);
  expect(faults(filled(8_192))).toEqual([]);
  expect(faults(filled(8_193)).map(([code]) => code)).toEqual(['too-long']);
});

test.each(['Numeric', 'Guid'] as const)('a quantifier may stand before %sEquals', kind => {
  const items = { Numeric: '{1, 2}', Guid: `{${owner}, ${owner}}` }[kind];
  expect(faults(`@Request[x] ForAnyOfAnyValues:${kind}Equals ${items}`)).toEqual([]);
});

test('a set of one value needs no quantifier', () => {
  expect(faults(`@Resource[a] StringEquals {'x'}`)).toEqual([]);
});

test('hundreds of groups beside each other are no depth', () => {
  const groups = Array.from({ length: 600 }, () => '(@Resource[a] NumericEquals 1)');
  expect(faults(groups.join('OR')).map(([code]) => code)).toEqual(['too-long']);
});
