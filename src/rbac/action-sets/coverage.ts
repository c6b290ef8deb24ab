import type { PermissionSet } from '../permissions/permission-set.js';

/** What is needed at one scope, by one action set or by several joined. */
export interface Need {
  readonly required: PermissionSet;
  /** Harmless beside it. */
  readonly tolerated: PermissionSet;
  readonly forbidden: PermissionSet;
}

/** What is held at that scope. */
export interface Held {
  /** Granted whatever the request. */
  readonly certain: PermissionSet;
  /** Granted where a condition holds. */
  readonly conditional: PermissionSet;
}

export type CoverageStatus = 'pass' | 'excess' | 'fail' | 'unknown';

/** Names as in the catalog, sorted. `covered`, `conditional` and `missing` are disjoint; together they are the required. */
export interface Coverage {
  readonly status: CoverageStatus;
  readonly covered: readonly string[];
  readonly conditional: readonly string[];
  readonly missing: readonly string[];
  /** Granted, if only where a condition holds, although the need forbids it. */
  readonly forbidden: readonly string[];
  /** Granted, neither required nor tolerated; the forbidden included. */
  readonly excess: Excess;
}

export interface Excess {
  readonly control: number;
  readonly data: number;
  readonly operations: readonly string[];
  /** How many more there are, where not all are named. */
  readonly omitted?: number;
}

export interface CoverageOptions {
  /** `none`: the tolerated is excess too. `tolerated`: it is not. `any`: excess passes, the forbidden never does. */
  readonly allowExcess: 'none' | 'tolerated' | 'any';
  /** Whether what is granted only where a condition holds counts as covered. */
  readonly conditionalGrants: 'fail' | 'cover';
}

/** Joins the needs of one identity at one scope: what one of them requires, none of them forbids. */
export function joinNeeds([first, ...rest]: readonly [Need, ...Need[]]): Need {
  const joined = rest.reduce(
    (all, need): Need => ({
      required: all.required.union(need.required),
      tolerated: all.tolerated.union(need.tolerated),
      forbidden: all.forbidden.union(need.forbidden),
    }),
    first,
  );
  return { ...joined, forbidden: joined.forbidden.subtract(joined.required) };
}

/** The same as {@link Coverage}, as sets: names cost more than all else where thousands are compared. */
export interface Comparison {
  readonly status: CoverageStatus;
  readonly covered: PermissionSet;
  readonly conditional: PermissionSet;
  readonly missing: PermissionSet;
  readonly forbidden: PermissionSet;
  readonly excess: PermissionSet;
}

/** Whether what is held covers the need, and what it holds beyond. */
export function coverage(need: Need, held: Held, options: CoverageOptions): Coverage {
  return namesIn(compare(need, held, options));
}

/** The comparison that {@link coverage} gives the names of. */
export function compare(
  { required, tolerated, forbidden }: Need,
  held: Held,
  options: CoverageOptions,
): Comparison {
  const granted = held.certain.union(held.conditional);
  const uncovered = required.subtract(held.certain);
  const accepted = options.allowExcess === 'none' ? required : required.union(tolerated.subtract(forbidden));
  const found = {
    covered: required.intersect(held.certain),
    conditional: uncovered.intersect(held.conditional),
    missing: uncovered.subtract(held.conditional),
    forbidden: granted.intersect(forbidden.subtract(required)),
    excess: granted.subtract(accepted),
  };
  return { status: statusOf(found, options), ...found };
}

/** The names of the excess are made whenever they are asked for: a role may have thousands, and text shows a few. */
export function namesIn({ status, covered, conditional, missing, forbidden, excess }: Comparison): Coverage {
  return {
    status,
    covered: namesOf(covered),
    conditional: namesOf(conditional),
    missing: namesOf(missing),
    forbidden: namesOf(forbidden),
    excess: {
      control: excess.count('control'),
      data: excess.count('data'),
      get operations() {
        return namesOf(excess);
      },
    },
  };
}

function statusOf(
  found: Omit<Comparison, 'status'>,
  { allowExcess, conditionalGrants }: CoverageOptions,
): CoverageStatus {
  if (!found.missing.isEmpty || !found.forbidden.isEmpty) return 'fail';
  if (!found.conditional.isEmpty && conditionalGrants === 'fail') return 'fail';
  return !found.excess.isEmpty && allowExcess !== 'any' ? 'excess' : 'pass';
}

/** Of both planes; an operation that is on both stands once. */
export function namesOf(set: PermissionSet): string[] {
  return set.operationsOnAnyPlane();
}
