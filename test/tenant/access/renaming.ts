import fc from 'fast-check';
import { everybody, subscriptionIds } from './vocabulary.js';

/** Other ids for the same principals and subscriptions, and another case for all scopes. */
export interface Renaming {
  readonly principals: readonly string[];
  readonly subscriptions: readonly string[];
  readonly inCase: 'upper' | 'lower' | 'as is';
}

export const renamings: fc.Arbitrary<Renaming> = fc.record({
  principals: fc.shuffledSubarray([...everybody], { minLength: everybody.length }),
  subscriptions: fc.shuffledSubarray([...subscriptionIds], { minLength: subscriptionIds.length }),
  inCase: fc.constantFrom('upper' as const, 'lower' as const),
});

/** The same rows, or questions, under the other names. */
export function renamed<Value>(value: Value, renaming: Renaming): Value {
  const change = (_: string, text: unknown): unknown =>
    typeof text === 'string' ? rename(text, renaming) : text;
  return JSON.parse(JSON.stringify(value), change) as Value;
}

function rename(text: string, { principals, subscriptions, inCase }: Renaming): string {
  const other = text
    .replace(/a0{7}-?0{4}-?0{4}-?0{4}-?0{10}\d\d/gi, found => swap(found, everybody, principals))
    .replace(/\d{8}-2222-3333-4444-5{12}/g, found => swap(found, subscriptionIds, subscriptions));
  const isScope = other.startsWith('/');
  if (!isScope || inCase === 'as is') return other;
  return inCase === 'upper' ? other.toUpperCase() : other.toLowerCase();
}

/** Without hyphens where it was with them, where that is allowed: only deny assignments have ids without. */
function swap(found: string, from: readonly string[], to: readonly string[]): string {
  const at = from.findIndex(id => id.replaceAll('-', '') === found.toLowerCase().replaceAll('-', ''));
  const other = to[at] ?? found;
  return found.includes('-') ? other : other.replaceAll('-', '');
}
