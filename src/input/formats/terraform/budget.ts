import type { UnknownValue } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { unknownAt } from './code-values.js';

/** How much work a run spends on the code of one format: steps, and what values hold. */
export class Budget {
  private left: number;
  private depth = 0;

  constructor(steps = maxSteps) {
    this.left = steps;
  }

  /** @returns false where nothing is left. */
  take(steps = 1): boolean {
    this.left -= steps;
    return this.left >= 0;
  }

  /** What the evaluation comes to, or that it goes too deep or on for too long. */
  spend<Result>(evaluate: () => Result, at: () => DocumentRange): Result | UnknownValue {
    if (this.depth >= deepest || !this.take()) return overspent(at());
    this.depth++;
    try {
      return evaluate();
    } finally {
      this.depth--;
    }
  }
}

/** What is not evaluated for want of steps. */
export function overspent(at: DocumentRange): UnknownValue {
  return unknownAt({ kind: 'budget', name: 'The expression', at });
}

/** A few seconds. The largest configurations in public take some ten thousand. */
const maxSteps = 3_000_000;

/** Names that stand for names, and values in values; each takes some frames of the stack. */
const deepest = 200;
