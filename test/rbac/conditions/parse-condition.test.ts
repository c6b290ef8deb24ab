import { expect, test } from 'vitest';
import type { ConditionExpression, Value } from '../../../src/rbac/conditions/expression.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { builtInConditions } from './built-in-conditions.js';

/** A tree as nested text, to be compared at a glance. */
function shape(node: ConditionExpression | undefined): string {
  switch (node?.kind) {
    case undefined:
      return 'nothing';
    case 'not':
      return `not(${shape(node.operand)})`;
    case 'and':
    case 'or':
      return `${node.kind}(${node.operands.map(shape).join(', ')})`;
    case 'action-matches':
    case 'sub-operation-matches':
      return `${node.kind}<${node.patterns.map(({ value }) => value).join(', ')}>`;
    case 'exists':
    case 'not-exists':
      return `${node.kind}(${valueShape(node.attribute)})`;
    case 'comparison': {
      const { quantifier, name, standing } = node.operator;
      const operator = `${quantifier === undefined ? '' : `${quantifier}:`}${name}`;
      const mark = standing === 'documented' ? '' : ` (${standing})`;
      return `${valueShape(node.left)} ${operator}${mark} ${valueShape(node.right)}`;
    }
    case 'unreadable':
      return `?${node.text}?`;
  }
}

function valueShape(value: Value): string {
  switch (value.kind) {
    case 'attribute':
      return `@${value.source ?? `?${value.sourceText}`}[${value.path}]`;
    case 'string':
      return `'${value.value}'`;
    case 'set':
      return `${value.brackets}{${value.items.map(valueShape).join(', ')}}`;
    case 'call':
      return `${value.name}(${value.arguments.map(valueShape).join(', ')})`;
    case 'number':
    case 'word':
      return `${value.kind} ${value.text}`;
    default:
      return `${value.kind} ${value.value}`;
  }
}

const a = `@Resource[a] StringEquals 'x'`;
const b = '@Resource[b] BoolEquals true';
const c = '@Request[c] NumericLessThan 3';
const [aShape, bShape, cShape] = [
  a,
  '@Resource[b] BoolEquals boolean true',
  '@Request[c] NumericLessThan number 3',
];
const guid = '49fc33c1-886f-4b21-a00e-1d9993234734';

test.each([
  ['AND', `${a} AND ${b}`, `and(${aShape}, ${bShape})`],
  ['AND as a sign', `${a}&&${b}`, `and(${aShape}, ${bShape})`],
  ['OR', `${a} OR ${b} OR ${c}`, `or(${aShape}, ${bShape}, ${cShape})`],
  ['OR of five', [a, b, c, a, b].join(' OR '), `or(${[aShape, bShape, cShape, aShape, bShape].join(', ')})`],
  [
    'AND of five',
    [a, b, c, a, b].join(' AND '),
    `and(${[aShape, bShape, cShape, aShape, bShape].join(', ')})`,
  ],
  ['OR as a sign', `${a} || ${b}`, `or(${aShape}, ${bShape})`],
  ['NOT', `NOT ${a}`, `not(${aShape})`],
  ['NOT as a sign, twice', `!!(${a})`, `not(not(${aShape}))`],
  ['keywords in any case', `not ${a} oR (${b} aNd ${c})`, `or(not(${aShape}), and(${bShape}, ${cShape}))`],
  ['AND before OR', `${a} OR ${b} AND ${c}`, `or(${aShape}, and(${bShape}, ${cShape}))`],
  ['parentheses', `(${a} OR ${b}) AND ${c}`, `and(or(${aShape}, ${bShape}), ${cShape})`],
  ['parentheses that change nothing', `(((${a})))`, aShape],
  ['nested groups of one kind', `(${a} AND ${b}) AND ${c}`, `and(and(${aShape}, ${bShape}), ${cShape})`],
  ['actions', `ActionMatches{'A/b/read', 'A/*'}`, 'action-matches<A/b/read, A/*>'],
  [
    'no blank behind braces',
    `ActionMatches{'A'}AND NOT SubOperationMatches {'Blob.List'}`,
    'and(action-matches<A>, not(sub-operation-matches<Blob.List>))',
  ],
  ['round brackets of regorus', `ActionMatches('A')`, 'action-matches<A>'],
  ['Exists', 'Exists @Request[x:versionId]', 'exists(@Request[x:versionId])'],
  ['NotExists', 'notexists @Request[x:versionId]', 'not-exists(@Request[x:versionId])'],
  [
    'operators in any case',
    '@Resource[HasObotoken] boolequals TRUE',
    '@Resource[HasObotoken] BoolEquals boolean true',
  ],
  [
    'the first form of suboperations',
    `@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'Blob.List'}`,
    `@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase braces{'Blob.List'}`,
  ],
  ['sources in any case', `@request[c] NumericLessThan 3`, cShape],
  ['a blank behind the source', `@Resource [a] StringEquals 'x'`, aShape],
  ['an unknown source', `@Subject[a] StringEquals 'x'`, `@?Subject[a] StringEquals 'x'`],
  ['a GUID', `@Request[r] GuidEquals ${guid.toUpperCase()}`, `@Request[r] GuidEquals guid ${guid}`],
  [
    'a GUID without hyphens',
    '@Request[r] ForAnyOfAnyValues:GuidEquals{49fc33c1886f4b21a00e1d9993234734}',
    `@Request[r] ForAnyOfAnyValues:GuidEquals braces{guid ${guid}}`,
  ],
  [
    'sets on both sides, dense',
    `{'r','b'}ForAllOfAnyValues:StringEquals{'r'}`,
    `braces{'r', 'b'} ForAllOfAnyValues:StringEquals braces{'r'}`,
  ],
  [
    'an attribute on the right',
    '@Resource[a] StringEquals @Principal[P/Id:Set_A]',
    '@Resource[a] StringEquals @Principal[P/Id:Set_A]',
  ],
  [
    'numbers',
    '{-1, 2.5} ForAnyOfAnyValues:NumericEquals {10}',
    'braces{number -1, number 2.5} ForAnyOfAnyValues:NumericEquals braces{number 10}',
  ],
  [
    'a date',
    `@Environment[UtcNow] DateTimeGreaterThan '2023-03-29T22:03:00.0Z'`,
    `@Environment[UtcNow] DateTimeGreaterThan '2023-03-29T22:03:00.0Z'`,
  ],
  [
    'a tag’s key with blanks',
    `@Resource[b/tags:My Key<$key_case_sensitive$>] StringEquals 'x'`,
    `@Resource[b/tags:My Key<$key_case_sensitive$>] StringEquals 'x'`,
  ],
  [
    'the keys of tags',
    `@Request[b/tags&$keys$&] ForAllOfAnyValues:StringEquals {'P'}`,
    `@Request[b/tags&$keys$&] ForAllOfAnyValues:StringEquals braces{'P'}`,
  ],
  [
    'an empty set',
    `{} ForAllOfAnyValues:StringEquals {'P'}`,
    `braces{} ForAllOfAnyValues:StringEquals braces{'P'}`,
  ],
  [
    'brackets, parentheses and keywords in a text',
    `@Resource[a] StringEquals ') OR {x} AND'`,
    `@Resource[a] StringEquals ') OR {x} AND'`,
  ],
  ['lines and tabs', `(\r\n\t@Resource[a]\n\tStringEquals\n\t'x'\n)`, aShape],
  [
    'undocumented operators',
    `@Request[ip] IPMATCH '10.0.0.0/8'`,
    `@Request[ip] IpMatch (undocumented) '10.0.0.0/8'`,
  ],
  [
    'a quantifier by itself',
    `@Request[a] ForAnyOfAnyValues {'x'}`,
    `@Request[a] ForAnyOfAnyValues (undocumented) braces{'x'}`,
  ],
  [
    'undocumented lists',
    `@Request[a] ListContains ['x', 'y']`,
    `@Request[a] ListContains (undocumented) square{'x', 'y'}`,
  ],
  [
    'undocumented functions',
    `ToUpper(Trim(@Principal[n])) StringEquals 'X'`,
    `ToUpper(Trim(@Principal[n])) StringEquals 'X'`,
  ],
  ['unknown operators', `@Request[a] StringEqual 'x'`, `@Request[a] StringEqual (unknown) 'x'`],
  ['words without quotes', '@Request[a] StringEquals x', '@Request[a] StringEquals word x'],
])('reads %s', (_, text, expected) => {
  const { expression, problems } = parseCondition(text);
  expect(problems).toEqual([]);
  expect(shape(expression)).toBe(expected);
});

test('reads all conditions of built-in roles', () => {
  expect(builtInConditions.length).toBe(31);
  expect(builtInConditions.filter(({ text }) => parseCondition(text).problems.length > 0)).toEqual([]);
});

test('every node knows its place', () => {
  const text = ` !(Exists @Request[x]) OR (@Resource[a] ForAnyOfAnyValues:StringEquals {'x'})`;
  const { expression } = parseCondition(text);
  const written = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  if (expression?.kind !== 'or') return expect.unreachable();
  const [not, comparison] = expression.operands;
  if (not?.kind !== 'not' || comparison?.kind !== 'comparison') return expect.unreachable();
  expect(
    [expression, not, not.operand, comparison, comparison.left, comparison.operator, comparison.right].map(
      written,
    ),
  ).toEqual([
    text.trim(),
    '!(Exists @Request[x])',
    'Exists @Request[x]',
    `@Resource[a] ForAnyOfAnyValues:StringEquals {'x'}`,
    '@Resource[a]',
    'ForAnyOfAnyValues:StringEquals',
    `{'x'}`,
  ]);
});

test.each([
  [`${a} AND ${b} OR ${c}`, 1],
  [`${a} OR (${b} AND ${c} OR ${a})`, 1],
  [`(${a} AND ${b}) OR ${c}`, 0],
  [`${a} AND (${b} OR ${c})`, 0],
  [`((${a} AND ${b})) OR !(${a} AND ${c})`, 0],
  [`${c} AND (${a} AND ${b}) OR ${c}`, 1],
])('says where AND and OR stand side by side: %s', (text, count) => {
  expect(parseCondition(text).ambiguities.length).toBe(count);
});

test('keeps what stands around a fault', () => {
  const { expression, recovered } = parseCondition(`(${a} OR @Request[b] StringEquals) AND ${c}`);
  expect(expression).toBeUndefined();
  expect(shape(recovered)).toBe(`and(or(${aShape}, ?@Request[b] StringEquals?), ${cShape})`);
});

test.each([
  ["'x'", []],
  ['"x"', ['wrong-quotes']],
  ['‘x’', ['wrong-quotes']],
  ['’x’', ['wrong-quotes']],
  ['“x”', ['wrong-quotes']],
  ['”x”', ['wrong-quotes']],
])('the text %s is read, whatever its quotes', (quoted, expected) => {
  const { recovered, problems } = parseCondition(`@Resource[a] StringEquals ${quoted}`);
  expect(shape(recovered)).toBe("@Resource[a] StringEquals 'x'");
  expect(problems.map(({ code }) => code)).toEqual(expected);
});

test.each([
  ["ActionMatches AND @Resource[a] StringEquals 'x'", "and(?ActionMatches?, @Resource[a] StringEquals 'x')"],
  [
    "ActionMatches 'A/read' AND @Resource[a] StringEquals 'x'",
    "and(?ActionMatches 'A/read'?, @Resource[a] StringEquals 'x')",
  ],
  [
    "@Resource[a] StringEquals 'x' {'y', 'z'} ForAnyOfAnyValues:StringEquals {'y'}",
    "and(@Resource[a] StringEquals 'x', braces{'y', 'z'} ForAnyOfAnyValues:StringEquals braces{'y'})",
  ],
])('%s is understood as far as it goes', (text, expected) => {
  const { expression, recovered } = parseCondition(text);
  expect(expression).toBeUndefined();
  expect(shape(recovered)).toBe(expected);
});

test.each(["{['x'], 'y'}", "{{'x'}, 'y'}"])('%s is a set in a set', text => {
  const { problems } = parseCondition(`@Resource[a] ForAnyOfAnyValues:StringEquals ${text}`);
  expect(problems.map(({ code }) => code)).toContain('set-nested');
});

test.each([
  ["{'x']", ['set-not-closed', 'unexpected']],
  ["{'x', !}", ['unexpected']],
  ["{! 'x'}", ['unexpected']],
  ["['x'}", ['set-not-closed', 'unexpected']],
  ["{'x' AND", ['set-not-closed', 'operand-missing']],
])('what is wrong with the set %s is told, and nothing hangs', (set, codes) => {
  const { problems } = parseCondition(`@Resource[a] ForAnyOfAnyValues:StringEquals ${set}`);
  expect(problems.map(({ code }) => code)).toEqual(codes);
});
