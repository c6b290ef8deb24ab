import fc from 'fast-check';
import type { AttributeSource, ConditionExpression, Value } from '../../../src/rbac/conditions/expression.js';
import { readOperator } from '../../../src/rbac/conditions/operators.js';

const nowhere = { start: 0, end: 0 };

/** Attributes that random conditions ask for, few enough for all of their values to be tried. */
export const randomAttributes: readonly (readonly [AttributeSource, string])[] = [
  ['Request', 'text'],
  ['Resource', 'number'],
  ['Resource', 'id'],
];

export const guids = [1, 2, 3].map(i => `${i}`.repeat(8) + '-aaaa-bbbb-cccc-1234567890ab');

const attributeNamed = (path: string): fc.Arbitrary<Value> =>
  fc.constantFrom(
    ...randomAttributes
      .filter(([, name]) => name === path)
      .map(([source]): Value => ({ kind: 'attribute', source, sourceText: source, path, ...nowhere })),
  );

const text = fc
  .constantFrom('a', 'b', 'A', 'ab', '', 'a*', '?')
  .map((value): Value => ({ kind: 'string', value, ...nowhere }));
const number = fc
  .constantFrom('1', '2', '3')
  .map((value): Value => ({ kind: 'number', text: value, ...nowhere }));
const guid = fc.constantFrom(...guids).map((value): Value => ({ kind: 'guid', value, ...nowhere }));

const setOf = (item: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc
    .array(item, { maxLength: 3 })
    .map((items): Value => ({ kind: 'set', brackets: 'braces', items, ...nowhere }));

const quantifier = fc.constantFrom(
  'ForAnyOfAnyValues',
  'ForAllOfAnyValues',
  'ForAnyOfAllValues',
  'ForAllOfAllValues',
);

const stringOperators = ['Equals', 'NotEquals', 'Like', 'NotLike', 'StartsWith', 'NotStartsWith'].flatMap(
  name => [`String${name}`, `String${name}IgnoreCase`],
);
const orders = ['Equals', 'NotEquals', 'GreaterThan', 'GreaterThanEquals', 'LessThan', 'LessThanEquals'];

function comparison(
  operators: readonly string[],
  attribute: fc.Arbitrary<Value>,
  literal: fc.Arbitrary<Value>,
): fc.Arbitrary<ConditionExpression> {
  const single = fc.tuple(
    fc.oneof({ weight: 3, arbitrary: attribute }, { weight: 1, arbitrary: literal }),
    fc.constantFrom(...operators),
    fc.oneof(
      literal,
      literal.map((item): Value => ({ kind: 'set', brackets: 'braces', items: [item], ...nowhere })),
    ),
  );
  const several = fc.tuple(
    fc.oneof({ weight: 3, arbitrary: attribute }, { weight: 1, arbitrary: setOf(literal) }),
    fc.tuple(quantifier, fc.constantFrom(...operators)).map(([q, name]) => `${q}:${name}`),
    setOf(literal),
  );
  return fc.oneof(single, several).map(
    ([left, name, right]): ConditionExpression => ({
      kind: 'comparison',
      left,
      operator: readOperator(name, 0),
      right,
      ...nowhere,
    }),
  );
}

const leaf = fc.oneof(
  comparison(stringOperators, attributeNamed('text'), text),
  comparison(
    orders.map(name => `Numeric${name}`),
    attributeNamed('number'),
    number,
  ),
  comparison(['GuidEquals', 'GuidNotEquals'], attributeNamed('id'), guid),
  fc.constantFrom('action-matches' as const, 'sub-operation-matches' as const).chain(kind =>
    fc.array(fc.constantFrom('A/b/read', 'A/*', '*/write', 'Blob.List'), { minLength: 1, maxLength: 2 }).map(
      (patterns): ConditionExpression => ({
        kind,
        brackets: 'braces',
        patterns: patterns.map(value => ({ kind: 'string', value, ...nowhere })),
        ...nowhere,
      }),
    ),
  ),
  fc
    .tuple(fc.constantFrom('exists' as const, 'not-exists' as const), fc.constantFrom(...randomAttributes))
    .map(
      ([kind, [source, path]]): ConditionExpression => ({
        kind,
        attribute: { kind: 'attribute', source, sourceText: source, path, ...nowhere },
        ...nowhere,
      }),
    ),
);

/** Conditions over the attributes above, of documented operators with literals of the right type. */
export const randomCondition: fc.Arbitrary<ConditionExpression> = fc.letrec<{ tree: ConditionExpression }>(
  tie => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      tie('tree').map((operand): ConditionExpression => ({ kind: 'not', operand, ...nowhere })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
        )
        .map(([kind, operands]): ConditionExpression => ({ kind, operands, ...nowhere })),
    ),
  }),
).tree;
