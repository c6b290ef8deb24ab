import type { Coverage } from '../../rbac/action-sets/coverage.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';

/** Operations at a scope of which no need is declared: counts and witnesses say it all, and the names of everything at every scope would not. */
export function countsAndFirst(excess: PermissionSet): Coverage['excess'] {
  return { control: excess.count('control'), data: excess.count('data'), ...firstHundred(excess) };
}

/** The first hundred of a set, and how many more there are. */
export function firstHundred(set: PermissionSet): {
  readonly operations: readonly string[];
  readonly omitted?: number;
} {
  const operations = set.operationsOnAnyPlane(maxNamed);
  const omitted = set.sizeOnAnyPlane - operations.length;
  return omitted > 0 ? { operations, omitted } : { operations };
}

const maxNamed = 100;
