import type { TextSpan } from './expression.js';

/** What keeps a text from being a condition. */
export type SyntaxProblemCode =
  | 'empty'
  | 'odd-character'
  | 'single-sign'
  | 'wrong-quotes'
  | 'string-not-closed'
  | 'at-sign-missing'
  | 'attribute-incomplete'
  | 'attribute-not-closed'
  | 'unexpected'
  | 'parentheses-empty'
  | 'parenthesis-not-closed'
  | 'parenthesis-not-opened'
  | 'connective-missing'
  | 'operand-missing'
  | 'operator-missing'
  | 'value-missing'
  | 'comma-missing'
  | 'set-item-missing'
  | 'set-not-closed'
  | 'set-nested'
  | 'braces-missing'
  | 'pattern-not-text'
  | 'attribute-missing'
  | 'function-unknown'
  | 'too-deep';

/** A fault in the grammar of a condition, where it is, and a sentence that says it. */
export interface ConditionSyntaxProblem extends TextSpan {
  readonly code: SyntaxProblemCode;
  readonly message: string;
}
