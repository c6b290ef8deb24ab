import type { Truth } from '../conditions/truth.js';
import type { Principal } from '../model/principal.js';
import { everyone, type DenyAssignment } from '../snapshot/deny-assignment.js';

/** Someone, by id and the ids of the groups that they are in; `isWhole` where these are all of them. */
export interface DirectoryIdentity {
  readonly ids: readonly string[];
  readonly isWhole: boolean;
}

/**
 * Whether a deny assignment is about someone: it names them, a group of theirs or everyone, and excludes none of them.
 * `unknown` where it depends on a group of which nobody knows whether they are in it.
 */
export function isDenied(
  {
    principals,
    excludedPrincipals,
    individuals,
  }: Pick<DenyAssignment, 'principals' | 'excludedPrincipals' | 'individuals'>,
  { ids, isWhole }: DirectoryIdentity,
  directory: ReadonlyMap<string, Principal>,
): Truth {
  if (ids.some(id => excludedPrincipals.has(id))) return 'false';
  const isNamed = principals.has(everyone) || ids.some(id => principals.has(id));
  const mayBeIn = (set: ReadonlySet<string>): boolean =>
    !isWhole && [...set].some(id => !individuals.has(id) && isPerhapsGroup(id, directory));
  if (!isNamed) return mayBeIn(principals) ? 'unknown' : 'false';
  return mayBeIn(excludedPrincipals) ? 'unknown' : 'true';
}

/** Whether an id may be that of a group: what the directory does not know may be anything. */
export function isPerhapsGroup(id: string, directory: ReadonlyMap<string, Principal>): boolean {
  const type = directory.get(id)?.type;
  return id !== everyone && (type === undefined || type === 'Group' || type === 'Unknown');
}
