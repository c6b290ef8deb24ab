// A condition as a tree. `start` and `end` are offsets into its text, in UTF-16 units; parentheses are in no node but in
// the ones around them. Trees of the parser are at most a few hundred levels deep, so that code may recurse on them.

/** Where something stands in the text of a condition. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** `Context` is known to Microsoft's regorus and documented nowhere. */
export type AttributeSource = 'Request' | 'Resource' | 'Principal' | 'Environment' | 'Context';

/** How the values of both sides are paired: for any or all of the left, any or all of the right. */
export type Quantifier =
  | 'ForAnyOfAnyValues'
  | 'ForAllOfAnyValues'
  | 'ForAnyOfAllValues'
  | 'ForAllOfAllValues';

/** `@Source[path]`. The path is kept as written, tag keys and their delimiters included. */
export interface Attribute extends TextSpan {
  readonly kind: 'attribute';
  /** Undefined where the source is none that anybody knows. */
  readonly source: AttributeSource | undefined;
  readonly sourceText: string;
  readonly path: string;
}

/** A text in single quotes. Backslashes are kept: they mean something to `StringLike` only. */
export interface StringLiteral extends TextSpan {
  readonly kind: 'string';
  readonly value: string;
}

/** Any run of digits, with a sign or a fraction perhaps: Azure knows integers only, which the checks say. */
export interface NumberLiteral extends TextSpan {
  readonly kind: 'number';
  readonly text: string;
}

/** `true` or `false`, in any case. */
export interface BooleanLiteral extends TextSpan {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** A GUID without quotes, in lower case and with hyphens however it was written. */
export interface GuidLiteral extends TextSpan {
  readonly kind: 'guid';
  readonly value: string;
}

/** Text without quotes that is none of the above: a slip, of which nobody knows what Azure would make. */
export interface WordLiteral extends TextSpan {
  readonly kind: 'word';
  readonly text: string;
}

/** `{…}`, or a `[…]`, which only regorus knows. */
export interface SetLiteral extends TextSpan {
  readonly kind: 'set';
  readonly brackets: 'braces' | 'square';
  readonly items: readonly Value[];
}

/** `ToLower(…)` and the like, which only regorus knows. */
export interface ConditionFunctionCall extends TextSpan {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Value[];
}

/** What stands on either side of an operator. */
export type Value =
  | Attribute
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | GuidLiteral
  | WordLiteral
  | SetLiteral
  | ConditionFunctionCall;

/** What a comparison asks of its sides, with the quantifier before it. */
export interface Operator extends TextSpan {
  readonly quantifier: Quantifier | undefined;
  /** In Azure's spelling; as written where the operator is unknown. */
  readonly name: string;
  /** `undocumented`: regorus knows it and no page does. */
  readonly standing: 'documented' | 'undocumented' | 'unknown';
}

/** `NOT` and `!`. */
export interface Negation extends TextSpan {
  readonly kind: 'not';
  readonly operand: ConditionExpression;
}

/** Two operands or more. */
export interface Junction extends TextSpan {
  readonly kind: 'and' | 'or';
  readonly operands: readonly ConditionExpression[];
}

/** `ActionMatches{…}` and `SubOperationMatches{…}`: whether what is done is one of these. */
export interface NameMatch extends TextSpan {
  readonly kind: 'action-matches' | 'sub-operation-matches';
  /** Regorus writes round brackets. */
  readonly brackets: 'braces' | 'round';
  readonly patterns: readonly StringLiteral[];
}

/** `Exists @…[…]` and `NotExists @…[…]`. */
export interface Existence extends TextSpan {
  readonly kind: 'exists' | 'not-exists';
  readonly attribute: Attribute;
}

/** `left operator right`. */
export interface ConditionComparison extends TextSpan {
  readonly kind: 'comparison';
  readonly left: Value;
  readonly operator: Operator;
  readonly right: Value;
}

/** What the parser could make nothing of. Only in what it recovered from a text with problems. */
export interface Unreadable extends TextSpan {
  readonly kind: 'unreadable';
  readonly text: string;
}

/** What no connective is in. */
export type Leaf = NameMatch | Existence | ConditionComparison | Unreadable;

/** What a condition says. */
export type ConditionExpression = Negation | Junction | Leaf;
