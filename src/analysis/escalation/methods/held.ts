/** A set of operations, or of ways, of the method table: what is held for certain, and what perhaps. */
export interface Held {
  readonly certain: bigint;
  /** Nothing of `certain`. */
  readonly perhaps: bigint;
}

/** Whether a set holds all of another. */
export function includes(set: bigint, part: bigint): boolean {
  return (set & part) === part;
}

/** What is held for certain or perhaps. */
export function either({ certain, perhaps }: Held): bigint {
  return certain | perhaps;
}
