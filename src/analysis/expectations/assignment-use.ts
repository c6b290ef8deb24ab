import { isNothing } from '../../tenant/access/granted-role.js';
import { roleName } from '../../rbac/model/role-name.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import { narrowestAround, type ScopeTree } from '../../tenant/snapshot/scope-tree.js';
import type { AssignmentRef, WiderAssignment } from './check-report.js';
import { groupBy } from './group-by.js';
import { AssignedRolesByScope, type AssignedRole } from './assigned-roles.js';
import type { JudgedScope } from './places.js';

/** Assignments of its own at a scope that is wider than all of the needs that they serve. What a group has serves others, too. */
export function widerThanNeeded(
  assignedRoles: readonly AssignedRole[],
  places: readonly JudgedScope[],
  tree: ScopeTree,
): WiderAssignment[] {
  return assignedRoles.flatMap(assignedRole => {
    const { scope, granted, via } = assignedRole;
    if (scope === undefined || via.length > 0) return [];
    const served = places.filter(({ scope: at, need }) => {
      if (at === undefined || tree.reach(scope.key, at) !== 'reaches') return false;
      return need.required.intersects(granted.definite) || need.required.intersects(granted.possible);
    });
    if (served.length === 0 || served.some(place => place.scope?.key === scope.key)) return [];
    const scopes = served.flatMap(place => place.scope ?? []);
    const narrowest = narrowestAround(scopes);
    const written =
      scopes.find(({ key }) => key === narrowest)?.text ?? writtenLike(narrowest, scopes[0]?.text);
    const narrower = narrowest === scope.key ? null : (written ?? null);
    // The scope that they share may be the very one that the role is assigned at.
    if (narrower === null) return [];
    return [{ ...refOf(assignedRole), neededAt: scopes.map(({ text }) => text), narrower }];
  });
}

/**
 * Assignments of its own that grant nothing which the others, those of its groups among them, do not grant at the same scopes. Of
 * two that are the same, one is redundant. Sets are compared exactly, what only wildcards over unknown planes reach included.
 */
export function redundantAmong(
  assignedRoles: readonly AssignedRole[],
  tree: ScopeTree,
  nothing: PermissionSet,
): AssignmentRef[] {
  const redundant = new Set<AssignedRole>();
  const reach = new AssignedRolesByScope(assignedRoles);
  const own = assignedRoles.filter(({ via }) => via.length === 0);
  const byScope = groupBy(own, ({ scope }) => scope?.key ?? '');
  for (const [key, here] of byScope) {
    const { scope } = here[0]!;
    if (scope === undefined) continue;
    const around = reach.reaching(scope, tree);
    if (around.length < 2) continue;
    judgeAt(key, around, redundant, nothing);
  }
  return assignedRoles.filter(assignedRole => redundant.has(assignedRole)).map(refOf);
}

/** One pass tells what is granted twice; only where that leaves candidates is each of them compared with the others. */
function judgeAt(
  key: string,
  around: readonly AssignedRole[],
  redundant: Set<AssignedRole>,
  nothing: PermissionSet,
): void {
  const tally = new Tally(around.map(({ granted }) => granted.definite));
  for (const candidate of around) {
    if (candidate.via.length > 0 || candidate.scope?.key !== key || !tally.mayBeRepeated(candidate)) continue;
    const own = unionOf([candidate.granted.definite, candidate.granted.possible], nothing);
    // What has no effect where it is held is another fault.
    if (isNothing(own)) continue;
    const others = around.filter(other => other !== candidate && !redundant.has(other));
    if (
      isWithin(
        own,
        unionOf(
          others.map(({ granted }) => granted.definite),
          nothing,
        ),
      )
    )
      redundant.add(candidate);
  }
}

/** What some sets hold, and what more than one of them does. Strings that the catalog does not know are left aside. */
class Tally {
  private readonly once: Readonly<Record<Plane, Bitset>>;
  private readonly twice: Readonly<Record<Plane, Bitset>>;

  constructor(sets: readonly PermissionSet[]) {
    const empty = (): Bitset => new Bitset(sets[0]!.control.known.capacity);
    this.once = { control: empty(), data: empty() };
    this.twice = { control: empty(), data: empty() };
    for (const set of sets) {
      for (const plane of planes) this.once[plane].addAllNoting(set[plane].known, this.twice[plane]);
    }
  }

  /** False where the holding grants something that no other does. */
  mayBeRepeated({ granted: { definite, possible } }: AssignedRole): boolean {
    return planes.every(
      plane =>
        definite[plane].known.isSubsetOf(this.twice[plane]) &&
        possible[plane].known.isSubsetOf(this.once[plane]),
    );
  }
}

const planes = ['control', 'data'] as const;

function isWithin(inner: PermissionSet, outer: PermissionSet): boolean {
  if (!inner.isSubsetOf(outer)) return false;
  return planes.every(plane => inner[plane].unknownPlane.isSubsetOf(outer[plane].unknownPlane));
}

function refOf({ assignment, role }: AssignedRole): AssignmentRef {
  return { id: assignment?.id ?? '', scope: assignment?.scope ?? '', role: roleName(role) };
}

/** The key of a scope in the spelling of a longer one. */
function writtenLike(key: string | undefined, text: string | undefined): string | undefined {
  return key !== undefined && text?.toLowerCase().startsWith(key) ? text.slice(0, key.length) : key;
}
