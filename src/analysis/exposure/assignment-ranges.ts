import { getOrInsert } from '../../maps.js';
import { isGuarded } from '../../tenant/access/granted-role.js';
import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { ScopeReach } from '../../rbac/reach/scope-reach.js';
import type { AccessCounter } from './counted-access.js';
import { scopeLevelOf } from './scope-level.js';

/** The assignments of one principal, or group: their numbers go from `first` up to and without `end`. */
export interface AssignmentRange {
  readonly first: number;
  readonly end: number;
  /** Assignments that do not give everybody the same: something is denied there. */
  readonly depending: ReadonlySet<number>;
  /** Assignments of which nobody knows what they give. */
  readonly unread: readonly RoleAssignment[];
}

const none: ReadonlySet<number> = new Set();
export const noRange: AssignmentRange = { first: 0, end: 0, depending: none, unread: [] };

/** Takes the assignments of a tenant apart by who has them, and numbers them. */
export class AssignmentRanges {
  readonly sources: RemovableSources;
  private readonly known = new Map<string, AssignmentRange>();
  private readonly roles: NumberedRole[] = [];

  constructor(
    private readonly tenant: Tenant,
    private readonly counter: AccessCounter,
  ) {
    this.sources = new RemovableSources(tenant.assignments.length);
  }

  /** Assignments of one principal, or group; {@link noRange} where it has none. */
  of(id: string): AssignmentRange {
    return getOrInsert(this.known, id, () => this.make(this.tenant.assignmentsOf(id)));
  }

  /** What an assignment gives before anything is denied; undefined where nobody knows its role. */
  granted(number: number): GuardedSet | undefined {
    const assignment = this.sources.assignments[number]!;
    const { unguarded } = this.roleOf(number);
    if (unguarded === undefined || assignment.condition !== undefined)
      return this.counter.of(assignment, undefined);
    const reach = this.tenant.reach.at(assignment.place);
    let granted = unguarded.get(reach);
    if (granted === undefined && !unguarded.has(reach))
      unguarded.set(reach, (granted = this.counter.of(assignment, undefined)));
    return granted;
  }

  private make(own: readonly RoleAssignment[]): AssignmentRange {
    if (own.length === 0) return noRange;
    const first = this.sources.number(own);
    const depending: number[] = [];
    const unread: RoleAssignment[] = [];
    own.forEach((assignment, i) => {
      if (!this.roleOf(first + i).isKnown || scopeLevelOf(assignment.place) === undefined)
        unread.push(assignment);
      else if (this.counter.dependsOnHolder(assignment)) depending.push(first + i);
    });
    return {
      first,
      end: first + own.length,
      depending: depending.length === 0 ? none : new Set(depending),
      unread: unread.length === 0 ? noRange.unread : unread,
    };
  }

  /** The role of an assignment. */
  private roleOf(number: number): NumberedRole {
    const { roleOf, roles } = this.sources;
    return (this.roles[roleOf[number]!] ??= this.readRole(roles[roleOf[number]!]!));
  }

  private readRole(guid: string): NumberedRole {
    const role = this.tenant.role(guid);
    const isUnguarded = role !== undefined && !isGuarded(role, undefined);
    return { isKnown: role !== undefined, unguarded: isUnguarded ? new Map() : undefined };
  }
}

/** To look it up by its number takes no hashing, a million times. */
interface NumberedRole {
  readonly isKnown: boolean;
  /** What it gives without a condition, by what has an effect; undefined where a condition of its own has a say in that. */
  readonly unguarded: Map<ScopeReach, GuardedSet | undefined> | undefined;
}

/** The numbers of all assignments in a part. */
export function* numbersIn({ first, end }: AssignmentRange): Generator<number> {
  for (let number = first; number < end; number++) yield number;
}

/** Assignments of them that give everybody the same. */
export function* freeIn(range: AssignmentRange): Generator<number> {
  for (const number of numbersIn(range)) if (!range.depending.has(number)) yield number;
}

/**
 * What can be taken away, numbered: one assignment, a grant (all assignments of a role to one principal), or a role
 * altogether. A grant has the number of the first of its assignments.
 */
export class RemovableSources {
  readonly assignments: RoleAssignment[] = [];
  readonly roles: string[] = [];
  /** The grant, by the number of an assignment. */
  readonly grantOf: Uint32Array;
  readonly roleOf: Uint32Array;
  /** The last grant, by role. */
  private readonly lastGrants: number[] = [];
  private readonly roleNumbers = new Map<string, number>();

  /** There are no more assignments than that. */
  constructor(most: number) {
    this.grantOf = new Uint32Array(most);
    this.roleOf = new Uint32Array(most);
  }

  /**
   * Numbers the assignments of one principal, in their order. Each principal is asked for once.
   * @returns the number of the first of them.
   */
  number(assignments: readonly RoleAssignment[]): number {
    const first = this.assignments.length;
    for (const assignment of assignments) {
      const number = this.assignments.push(assignment) - 1;
      const role = this.roleNumber(assignment.roleGuid);
      // One from before is that of another principal.
      if (this.lastGrants[role]! < first) this.lastGrants[role] = number;
      this.grantOf[number] = this.lastGrants[role]!;
      this.roleOf[number] = role;
    }
    return first;
  }

  /** All assignments of a grant. */
  grant(number: number): RoleAssignment[] {
    const { principalId } = this.assignments[number]!;
    const found: RoleAssignment[] = [];
    for (let at = number; this.assignments[at]?.principalId === principalId; at++)
      if (this.grantOf[at] === number) found.push(this.assignments[at]!);
    return found;
  }

  private roleNumber(guid: string): number {
    let number = this.roleNumbers.get(guid);
    if (number === undefined) {
      number = this.roles.length;
      this.roleNumbers.set(guid, number);
      this.roles.push(guid);
      this.lastGrants.push(-1);
    }
    return number;
  }
}
