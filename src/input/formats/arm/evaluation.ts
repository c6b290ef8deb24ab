import type { UnknownReason } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';

/** What the evaluation of one file may cost, and the causes of what stayed unknown in it, each of them once. */
export class Evaluation {
  private left: number;
  private readonly reasons = new Map<string, UnknownReason>();

  constructor(steps = maxSteps) {
    this.left = steps;
  }

  /** @returns false where nothing is left of the budget. */
  spend(steps: number): boolean {
    this.left -= steps;
    return this.left > 0;
  }

  /** The cause of that name: one object, whatever depends on it. */
  reason(kind: UnknownReason['kind'], name: string, at: DocumentRange, detail?: string): UnknownReason {
    const key = JSON.stringify([kind, name, detail, kind === 'error' ? [at.document.file, at.start] : []]);
    const known = this.reasons.get(key);
    if (known !== undefined) return known;
    const made = { kind, name, at, ...(detail !== undefined && { detail }) };
    this.reasons.set(key, made);
    return made;
  }
}

/** A step is a value that is made or looked at, or sixteen characters of one. The longest of 1,118 public templates takes 11,000. */
const maxSteps = 200_000;
