/**
 * `allowed`, `denied` and `not-granted` are certain. `conditional`: a condition decides, on what is not known of the request.
 * `unknown`: what was needed to decide could not be read.
 */
export type Verdict = 'allowed' | 'conditional' | 'denied' | 'not-granted' | 'unknown';

export interface Decision {
  readonly decision: Verdict;
  /** What the decision rests on; where nothing grants it, what would if it were activated. */
  readonly because: readonly Reason[];
}

export interface Reason {
  readonly kind: 'role-assignment' | 'deny-assignment' | 'eligible-assignment' | 'gap' | 'out-of-reach';
  /** The id of the assignment; for a gap, what is missing; out of reach, the operation. */
  readonly id: string;
  readonly scope: string;
  /** The role's name; of a deny assignment, its own. */
  readonly role: string | null;
  /** The string in the role, or in the deny assignment, that covers the operation. */
  readonly pattern: string | null;
  /** Ids of groups, from one that the principal is in to the one that has the assignment. Empty where it is its own. */
  readonly via: readonly string[];
  /** The condition that decides, as written. */
  readonly condition: string | null;
  /** For a gap, and out of reach: why it matters, as a sentence. */
  readonly explanation?: string;
}
