import type { Truth } from '../../rbac/conditions/truth.js';
import type { Principal } from '../../rbac/model/principal.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { everyone, type DenyAssignment } from '../snapshot/deny-assignment.js';

/** Someone, by id and the ids of the groups that they are in; `isComplete` where these are all of them. */
export interface DirectoryIdentity {
  readonly ids: readonly string[];
  readonly isComplete: boolean;
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
  { ids, isComplete }: DirectoryIdentity,
  directory: ReadonlyMap<string, Principal>,
): Truth {
  if (ids.some(id => excludedPrincipals.has(id))) return 'false';
  const isNamed = principals.has(everyone) || ids.some(id => principals.has(id));
  const mayBeIn = (set: ReadonlySet<string>): boolean =>
    !isComplete && [...set].some(id => !individuals.has(id) && mayBeGroup(id, directory));
  if (!isNamed) return mayBeIn(principals) ? 'unknown' : 'false';
  return mayBeIn(excludedPrincipals) ? 'unknown' : 'true';
}

/** Whether an id may be that of a group, of another directory too: what the directory does not know may be anything. */
export function mayBeGroup(id: string, directory: ReadonlyMap<string, Principal>): boolean {
  const type = directory.get(id)?.type ?? 'Unknown';
  return id !== everyone && !singles.has(type);
}

const singles: ReadonlySet<Principal['type']> = new Set(['User', 'ServicePrincipal', 'Device']);

/** Whether an assignment may be that of a group, by what it says of its principal and by the directory. */
export function mayBeOfGroup(
  { principalId, principalType }: Pick<RoleAssignment, 'principalId' | 'principalType'>,
  directory: ReadonlyMap<string, Principal>,
): boolean {
  return (
    principalType !== 'User' && principalType !== 'ServicePrincipal' && mayBeGroup(principalId, directory)
  );
}
