import type { UnknownReason, UnknownValue } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';

/** What the evaluation of one file may cost, and the causes of what stayed unknown in it, each of them once. */
export class Evaluation {
  private readonly budget: { left: number };
  private readonly reasons = new Map<string, UnknownReason>();

  constructor(
    steps: number | { left: number } = maxSteps,
    /** In front of what only holds in a part of the deployment: names of resources, and of where it goes. */
    private readonly prefix: { readonly symbols: string; readonly home: string } = { symbols: '', home: '' },
  ) {
    this.budget = typeof steps === 'number' ? { left: steps } : steps;
  }

  /** The same budget for a module of that address, which may be deployed elsewhere. */
  within(address: string, home: 'here' | 'elsewhere'): Evaluation {
    const prefix = { symbols: address, home: home === 'here' ? this.prefix.home : address };
    return new Evaluation(this.budget, prefix);
  }

  /** @returns false where nothing is left of the budget. */
  spend(steps: number): boolean {
    this.budget.left -= steps;
    return this.budget.left > 0;
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

  /** The value of a parameter that nobody gave. */
  input(name: string, at: DocumentRange): UnknownValue {
    const reason = this.reason('input', name, at);
    const identity = `${name} of ${at.document.file}:${at.start}`;
    return { kind: 'unknown', reason, parts: undefined, at, via: [], identity };
  }

  /** A part that is the same wherever its name stands: `subscription()`, or what a resource of the code says. */
  named(name: string, at: DocumentRange, resource?: string): UnknownReason {
    const cause = this.reason('deployment', name, at);
    const { symbols, home } = this.prefix;
    const own = resource === undefined ? undefined : `${symbols}${resource}`;
    return { ...cause, identity: own ?? `${home}${name}`, resource: own, cause };
  }
}

/** A step is a value that is made or looked at, or sixteen characters of one. The longest of 1,118 public templates takes 11,000. */
const maxSteps = 200_000;
