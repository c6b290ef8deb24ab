import type { AttributeSource } from './expression.js';
import type { OperatorMeaning } from './operators.js';

/**
 * What is known of an attribute. A single value is a list of one, and everything is a text: `true`, `42`, a GUID.
 * `absent`: the operation surely has no such attribute.
 */
export type AttributeKnowledge =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'values'; readonly values: readonly string[] };

/** What is known of an operation that a condition decides on. */
export interface Knowledge {
  /** The name of the operation, in any case. */
  readonly action: string;
  /** Conditions compare names only: an answer does not depend on it. */
  readonly plane?: 'control' | 'data';
  /** Null: it has none. Undefined: nobody knows. */
  readonly subOperation: string | null | undefined;
  /**
   * The path is as the condition writes it: compare it by {@link attributeKey}. The operator is the one that asks, undefined
   * for `Exists`: some knowledge is good for some questions only.
   */
  attribute(source: AttributeSource, path: string, operator: OperatorMeaning | undefined): AttributeKnowledge;
}

/** Knows the name of the operation and nothing else. */
export function knowingAction(action: string): Knowledge {
  return { action, subOperation: undefined, attribute: () => ({ kind: 'unknown' }) };
}

/** One attribute, one key: names ignore case, keys of tags do not where they say so. */
export function attributeKey(source: AttributeSource, path: string): string {
  const key = `@${source}[${path}]`.toLowerCase();
  if (!key.includes('<$key_case_sensitive$>')) return key;
  const nameEnd = path.indexOf(':') + 1;
  return `@${source}[${path.slice(0, nameEnd)}`.toLowerCase() + path.slice(nameEnd);
}
