import type { LocatedValue } from '../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';

/** What a name, and what follows it, stands for: `var.actions` is the root `var` and the name `actions`. */
export interface Names {
  /**
   * The value of a root with as many of the steps behind it as belong to the name, and how many those are. Undefined
   * where there is no such root.
   */
  find(root: string, path: readonly PathStep[], at: DocumentRange): FoundName | undefined;
}

/** A name behind a dot, or an index that is known. */
export type PathStep = { readonly name: string } | { readonly index: LocatedValue };

export interface FoundName {
  readonly value: LocatedValue;
  readonly taken: number;
}

/** Where an expression stands: in which text, and which names it may use. */
export interface Scope {
  readonly document: SourceDocument;
  readonly names: Names;
  /** The names of loops around it, innermost first. */
  readonly locals: LoopNames | undefined;
}

export interface LoopNames {
  readonly values: ReadonlyMap<string, LocatedValue>;
  readonly outer: LoopNames | undefined;
}

export function withNames(scope: Scope, values: ReadonlyMap<string, LocatedValue>): Scope {
  return { ...scope, locals: { values, outer: scope.locals } };
}

export function loopName({ locals }: Scope, name: string): LocatedValue | undefined {
  for (let at = locals; at !== undefined; at = at.outer) {
    const value = at.values.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
