import type { Principal } from '../../rbac/model/principal.js';
import { type Cause, type CausePlace, placeCount, placeOfFinding } from './cause.js';

/** The first places of a cause, and how many others there are. */
export interface ListedPlaces {
  readonly places: readonly CausePlace[];
  readonly left: number;
}

/** Where a cause shows: assignments of its role, else its findings. */
export function listPlaces(
  cause: Pick<Cause, 'assignments' | 'findings'>,
  principals: ReadonlyMap<string, Principal>,
  most: number,
): ListedPlaces {
  const { assignments, findings } = cause;
  const places =
    assignments === undefined
      ? findings.slice(0, most).map(placeOfFinding)
      : assignments.slice(0, most).map(
          ({ principalId, scope }): CausePlace => ({
            principalId,
            principal: principals.get(principalId)?.displayName,
            scope,
            finding: undefined,
          }),
        );
  return { places, left: placeCount(cause) - places.length };
}
