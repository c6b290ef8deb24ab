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
  readonly definite: PermissionSet;
  /** Granted where a condition holds. */
  readonly conditional: PermissionSet;
}

export type CoverageStatus = 'pass' | 'excess' | 'fail' | 'unknown';

/** How much of what is required is held, whatever is held beside it. */
export type CoverageDegree = 'complete' | 'partial' | 'unknown';

/** What is held beyond what is required. `accepted`: only through roles that the set recommends, or what somebody accepted. */
export type LeastPrivilege = 'exact' | 'accepted' | 'excess' | 'forbidden' | 'unknown';

/** Names as in the catalog, sorted. `covered`, `conditional` and `missing` are disjoint; together they are the required. */
export interface Coverage {
  readonly status: CoverageStatus;
  readonly coverage: CoverageDegree;
  readonly leastPrivilege: LeastPrivilege;
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
  readonly coverage: CoverageDegree;
  readonly leastPrivilege: LeastPrivilege;
  readonly covered: PermissionSet;
  readonly conditional: PermissionSet;
  readonly missing: PermissionSet;
  readonly forbidden: PermissionSet;
  readonly excess: PermissionSet;
  /** What of the excess comes otherwise than through a role that is recommended for the need. */
  readonly unaccepted: PermissionSet;
}

/** Whether what is held covers the need, and what it holds beyond. */
export function coverage(
  need: Need,
  held: Held,
  options: CoverageOptions,
  recommended?: PermissionSet,
): Coverage {
  return namesIn(compare(need, held, options, recommended));
}

/** The comparison that {@link coverage} gives the names of. `recommended` is what recommended roles among the held grant. */
export function compare(
  { required, tolerated, forbidden }: Need,
  held: Held,
  options: CoverageOptions,
  recommended?: PermissionSet,
): Comparison {
  const granted = held.definite.union(held.conditional);
  const uncovered = required.subtract(held.definite);
  const accepted = options.allowExcess === 'none' ? required : required.union(tolerated.subtract(forbidden));
  const excess = granted.subtract(accepted);
  const isAccepted = recommended !== undefined && options.allowExcess !== 'none';
  const found = {
    covered: required.intersect(held.definite),
    conditional: uncovered.intersect(held.conditional),
    missing: uncovered.subtract(held.conditional),
    forbidden: granted.intersect(forbidden.subtract(required)),
    excess,
    unaccepted: isAccepted ? excess.subtract(recommended) : excess,
  };
  return {
    status: statusOf(found, options),
    coverage: isCovered(found, options) ? 'complete' : 'partial',
    leastPrivilege: leastPrivilegeOf(found),
    ...found,
  };
}

/** The names of the excess are made whenever they are asked for: a role may have thousands, and text shows a few. */
export function namesIn(comparison: Comparison): Coverage {
  const { status, covered, conditional, missing, forbidden, excess } = comparison;
  return {
    status,
    coverage: comparison.coverage,
    leastPrivilege: comparison.leastPrivilege,
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

type Found = Omit<Comparison, 'status' | 'coverage' | 'leastPrivilege'>;

function statusOf(found: Found, options: CoverageOptions): CoverageStatus {
  if (!found.forbidden.isEmpty || !isCovered(found, options)) return 'fail';
  return !found.unaccepted.isEmpty && options.allowExcess !== 'any' ? 'excess' : 'pass';
}

function isCovered({ missing, conditional }: Found, { conditionalGrants }: CoverageOptions): boolean {
  return missing.isEmpty && (conditional.isEmpty || conditionalGrants === 'cover');
}

function leastPrivilegeOf({ forbidden, excess, unaccepted }: Found): LeastPrivilege {
  if (!forbidden.isEmpty) return 'forbidden';
  if (!unaccepted.isEmpty) return 'excess';
  return excess.isEmpty ? 'exact' : 'accepted';
}

/** Names of both planes; an operation that is on both stands once. */
export function namesOf(set: PermissionSet): string[] {
  return set.operationsOnAnyPlane();
}
