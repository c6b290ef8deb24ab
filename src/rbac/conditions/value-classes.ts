import { comparableLiteral } from './compare-values.js';
import type { ConditionComparison, Leaf, Value } from './expression.js';
import { type AttributeKnowledge, attributeKey, type Knowledge } from './knowledge.js';
import type { AttributeName } from './known-attributes.js';
import { meaningOf, type OperandType, type OperatorMeaning } from './operators.js';

/** What is taken for an attribute's value. It may depend on the operator that asks. */
export type Assumption = (operator: OperatorMeaning | undefined) => AttributeKnowledge;

/** A comparison with an attribute that holds for more values than a list could name, such as `StringLike 'a*'`. */
export interface PatternUse {
  readonly operator: string;
  readonly value: Value;
}

/**
 * The values of an attribute as far as a condition tells them apart: each literal that it is compared with for equality, and
 * all other values as one.
 */
export interface ValueClasses {
  /** In the order of the text. GUIDs in lower case with hyphens. */
  readonly literals: readonly string[];
  /** Undefined where the literals are all there can be: `true` and `false`. */
  readonly otherValue: Assumption | undefined;
  readonly patterns: readonly PatternUse[];
  /** Whether all comparisons ignore case, so that a literal stands for its other spellings too. */
  readonly ignoresCase: boolean;
}

/** Undefined where values of several types are compared with the attribute: its literals then tell too little. */
export function classesOf(
  attribute: AttributeName,
  leaves: readonly Leaf[],
  knowledge: Knowledge,
): ValueClasses | undefined {
  const key = attributeKey(attribute.source, attribute.path);
  const uses = leaves.flatMap(leaf => (leaf.kind === 'comparison' ? usesIn(leaf, key) : []));
  const types = new Set(uses.map(({ meaning }) => meaning.type));
  if (types.size > 1) return undefined;
  const equalities = uses.filter(({ meaning }) => meaning.relation === 'equals');
  const ignoresCase = uses.every(({ meaning }) => meaning.type !== 'string' || meaning.ignoresCase);
  const [type] = types;
  const found = equalities.flatMap(use => literalsOf(use, knowledge));
  const literals = type === 'boolean' ? ['true', 'false'] : distinct(found, ignoresCase);
  return {
    literals,
    otherValue: type === 'boolean' ? undefined : otherThan(literals, type ?? 'string', ignoresCase),
    patterns: uses
      .filter(({ meaning }) => meaning.relation !== 'equals')
      .map(({ comparison, other }) => ({ operator: comparison.operator.name, value: other })),
    ignoresCase,
  };
}

/** The same knowledge, but for attributes of which something else is assumed, by their keys. */
export function assuming(knowledge: Knowledge, assumptions: ReadonlyMap<string, Assumption>): Knowledge {
  return {
    ...knowledge,
    attribute: (source, path, operator) =>
      assumptions.get(attributeKey(source, path))?.(operator) ?? knowledge.attribute(source, path, operator),
  };
}

/** The assumption that the attribute has one value, and which. */
export function oneValue(text: string): Assumption {
  const known = { kind: 'values', values: [text] } as const;
  return () => known;
}

interface Use {
  readonly comparison: ConditionComparison;
  readonly meaning: OperatorMeaning;
  /** The side that is not the attribute. */
  readonly other: Value;
}

function usesIn(comparison: ConditionComparison, key: string): Use[] {
  const meaning = meaningOf(comparison.operator);
  if (meaning === undefined) return [];
  const { left, right } = comparison;
  const uses: Use[] = [];
  if (isAttribute(left, key)) uses.push({ comparison, meaning, other: right });
  if (isAttribute(right, key)) uses.push({ comparison, meaning, other: left });
  return uses;
}

function isAttribute(value: Value, key: string): boolean {
  return (
    value.kind === 'attribute' && value.source !== undefined && attributeKey(value.source, value.path) === key
  );
}

function literalsOf({ other, meaning }: Use, knowledge: Knowledge): readonly string[] {
  if (other.kind === 'attribute') {
    const known =
      other.source === undefined ? undefined : knowledge.attribute(other.source, other.path, meaning);
    return known?.kind === 'values' ? known.values : [];
  }
  const items = other.kind === 'set' ? other.items : [other];
  // As written, where the operator ignores case: people look for what they wrote.
  const asWritten = { ...meaning, ignoresCase: false };
  return items.flatMap(item => {
    const comparable = comparableLiteral(item, asWritten);
    if (comparable === undefined) return [];
    return [meaning.type === 'date' ? `${comparable}Z` : String(comparable)];
  });
}

function distinct(texts: readonly string[], ignoresCase: boolean): readonly string[] {
  const byKey = new Map<string, string>();
  for (const text of texts) {
    const key = ignoresCase ? text.toLowerCase() : text;
    if (!byKey.has(key)) byKey.set(key, text);
  }
  return [...byKey.values()];
}

/** A value that equals no literal. Whatever is asked of it but equality is unknown: it stands for many values. */
function otherThan(literals: readonly string[], type: OperandType, allIgnoreCase: boolean): Assumption {
  const known = oneValue(freshValue(literals, type))(undefined);
  return operator => {
    if (operator === undefined) return known;
    // Among others there are those that differ from a literal in case alone.
    const isClear = operator.relation === 'equals' && (allIgnoreCase || !operator.ignoresCase);
    return isClear ? known : { kind: 'unknown' };
  };
}

function freshValue(literals: readonly string[], type: OperandType): string {
  const taken = new Set(literals.map(text => text.toLowerCase()));
  for (let i = 0; ; i++) {
    const value = candidates[type](i);
    if (!taken.has(value.toLowerCase())) return value;
  }
}

/** Endless lists of values of each type, so that one is always free. */
const candidates: Readonly<Record<OperandType, (i: number) => string>> = {
  string: i => `other value ${i}`,
  number: i => `${i}`,
  guid: i => `00000000-0000-0000-0000-${i.toString(16).padStart(12, '0')}`,
  date: i => new Date(i * 1000).toISOString().replace('.000', ''),
  boolean: i => `${i === 0}`,
};
