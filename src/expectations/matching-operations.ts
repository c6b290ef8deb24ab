import type { SetTools } from '../action-sets/need.js';
import type { Plane } from '../model/role-definition.js';
import { compileActionPattern } from '../permissions/action-pattern.js';
import { PermissionSet, type PlaneSet } from '../permissions/permission-set.js';
import type { ForbiddenPattern } from './expectations.js';

/** Patterns of operations and the plane that they speak of. */
export interface PlanePattern {
  readonly text: string;
  readonly plane: ForbiddenPattern['plane'];
}

/** Those operations of a set that some pattern covers. */
export function matching(set: PermissionSet, patterns: readonly PlanePattern[], { catalog, index }: SetTools): PermissionSet {
  const matched = (plane: Plane): PlaneSet => {
    const own = patterns.filter(pattern => pattern.plane === 'both' || pattern.plane === plane);
    const known = set[plane].known.clone();
    const unknownPlane = set[plane].unknownPlane.clone();
    const [covered, rest] = [known.clone(), known.clone()];
    for (const { text } of own) rest.removeAll(index.expand(text));
    covered.removeAll(rest);
    unknownPlane.removeAll(unknownPlane.clone());
    const tests = set[plane].unlisted.size === 0 ? [] : own.map(({ text }) => compileActionPattern(text));
    const unlisted = new Map([...set[plane].unlisted].filter(([lower]) => tests.some(covers => covers(lower))));
    return { known: covered, unknownPlane, unlisted };
  };
  return new PermissionSet(catalog, matched('control'), matched('data'));
}
