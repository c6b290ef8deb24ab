import type { SetTools } from '../../rbac/action-sets/need.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { compileActionPattern } from '../../rbac/permissions/action-pattern.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { PermissionSet, type PlaneSet } from '../../rbac/permissions/permission-set.js';
import type { ForbiddenPattern } from './expectations.js';

/** Patterns of operations and the plane that they speak of. */
export interface PlanePattern {
  readonly text: string;
  readonly plane: ForbiddenPattern['plane'];
}

/** Operations of a set that some pattern covers. `nothing` is an empty set. */
export function matching(
  set: PermissionSet,
  patterns: readonly PlanePattern[],
  { catalog, index }: SetTools,
  nothing: PermissionSet,
): PermissionSet {
  const matched = (plane: Plane): PlaneSet => {
    const own = patterns.filter(pattern => pattern.plane === 'both' || pattern.plane === plane);
    const { known, unlisted } = set[plane];
    if (own.length === 0 || (known.isEmpty && unlisted.size === 0)) return nothing[plane];
    const covered = new Bitset(index.size);
    for (const { text } of own) covered.addAll(index.expand(text));
    covered.keepAll(known);
    return {
      known: covered,
      unknownPlane: nothing[plane].unknownPlane,
      unlisted: matchingText(unlisted, own),
    };
  };
  return patterns.length === 0 ? nothing : new PermissionSet(catalog, matched('control'), matched('data'));
}

/** Whether the catalog has no operation that the pattern could forbid or accept: mostly it is misspelt. */
export function coversNothing({ text, plane }: PlanePattern, index: OperationIndex): boolean {
  const covered = index.expand(text);
  if (plane === 'both') return covered.isEmpty;
  return !covered.intersects(index.mask(plane)) && !covered.intersects(index.mask('unknown'));
}

/** The catalog does not know them, so no index does. */
function matchingText(
  unlisted: ReadonlyMap<string, string>,
  patterns: readonly PlanePattern[],
): ReadonlyMap<string, string> {
  if (unlisted.size === 0) return unlisted;
  const tests = patterns.map(({ text }) => compileActionPattern(text));
  return new Map([...unlisted].filter(([lower]) => tests.some(covers => covers(lower))));
}
