import type { TextSpan } from './expression.js';

/** What is wrong with a condition that reads well, or with what could be read of another one. */
export type ConditionProblemCode =
  | 'too-long'
  | 'ambiguous'
  | 'action-not-operation'
  | 'operator-unknown'
  | 'operator-undocumented'
  | 'function-undocumented'
  | 'brackets-undocumented'
  | 'quantifier-missing'
  | 'quantifier-not-allowed'
  | 'set-empty'
  | 'text-unquoted'
  | 'guid-quoted'
  | 'number-not-integer'
  | 'date-malformed'
  | 'value-type'
  | 'source-unknown'
  | 'source-undocumented'
  | 'source-wrong'
  | 'attribute-unknown'
  | 'attribute-type'
  | 'utc-now-operator';

/** A fault in a condition, where it is, and a sentence that says it. How bad it is, rules say. */
export interface ConditionProblem extends TextSpan {
  readonly code: ConditionProblemCode;
  readonly message: string;
}

/** Takes what checks find, and how that is said. The sentence is only made where there is room for it. */
export class ProblemList {
  private readonly found: ConditionProblem[] = [];

  add(code: ConditionProblemCode, { start, end }: TextSpan, sentence: () => string): void {
    if (this.found.length < maxProblems) this.found.push({ code, message: sentence(), start, end });
  }

  /** In the order of the text. */
  sorted(): readonly ConditionProblem[] {
    return this.found.toSorted((a, b) => a.start - b.start);
  }
}

/** Enough for any condition that somebody wrote. */
const maxProblems = 100;
