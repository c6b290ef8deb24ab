import { byLowerCase, type PermissionSet } from '../permissions/permission-set.js';

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
  readonly excess: { readonly control: number; readonly data: number; readonly operations: readonly string[] };
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

/** Whether what is held covers the need, and what it holds beyond. */
export function coverage({ required, tolerated, forbidden }: Need, held: Held, options: CoverageOptions): Coverage {
  const granted = held.certain.union(held.conditional);
  const uncovered = required.subtract(held.certain);
  const accepted = options.allowExcess === 'none' ? required : required.union(tolerated.subtract(forbidden));
  const excess = granted.subtract(accepted);
  const found = {
    covered: namesOf(required.intersect(held.certain)),
    conditional: namesOf(uncovered.intersect(held.conditional)),
    missing: namesOf(uncovered.subtract(held.conditional)),
    forbidden: namesOf(granted.intersect(forbidden.subtract(required))),
    excess: { control: excess.count('control'), data: excess.count('data'), operations: namesOf(excess) },
  };
  return { status: statusOf(found, options), ...found };
}

function statusOf(found: Omit<Coverage, 'status'>, { allowExcess, conditionalGrants }: CoverageOptions): CoverageStatus {
  if (found.missing.length > 0 || found.forbidden.length > 0) return 'fail';
  if (found.conditional.length > 0 && conditionalGrants === 'fail') return 'fail';
  return found.excess.operations.length > 0 && allowExcess !== 'any' ? 'excess' : 'pass';
}

/** Of both planes; an operation that is on both stands once. */
function namesOf(set: PermissionSet): string[] {
  return [...new Set([...set.operations('control'), ...set.operations('data')])].sort(byLowerCase);
}
