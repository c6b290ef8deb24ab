import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { AccessCounter } from './counted-access.js';
import { reachOf } from './reach.js';
import { Sources } from './sources.js';

/** The assignments of one principal, or group: their numbers go from `first` up to and without `end`. */
export interface Part {
  readonly first: number;
  readonly end: number;
  /** Those that do not give everybody the same: something is denied there. */
  readonly depending: ReadonlySet<number>;
  /** Those of which nobody knows what they give. */
  readonly unread: readonly RoleAssignment[];
}

const none: ReadonlySet<number> = new Set();
export const noPart: Part = { first: 0, end: 0, depending: none, unread: [] };

/** Takes the assignments of a tenant apart by who has them, and numbers them. */
export class Parts {
  readonly sources: Sources;
  private readonly known = new Map<string, Part>();
  private readonly roles: NumberedRole[] = [];

  constructor(
    private readonly tenant: Tenant,
    private readonly counter: AccessCounter,
  ) {
    this.sources = new Sources(tenant.assignments.length);
  }

  /** Those of one principal, or group; {@link noPart} where it has none. */
  of(id: string): Part {
    let part = this.known.get(id);
    if (part === undefined) this.known.set(id, (part = this.make(this.tenant.assignmentsOf(id))));
    return part;
  }

  /** What an assignment gives before anything is denied; undefined where nobody knows its role. */
  granted(number: number): GuardedSet | undefined {
    const assignment = this.sources.assignments[number]!;
    const { unguarded } = this.roleOf(number);
    if (unguarded !== undefined && assignment.condition === undefined) return unguarded;
    return this.counter.of(assignment, undefined);
  }

  private make(own: readonly RoleAssignment[]): Part {
    if (own.length === 0) return noPart;
    const first = this.sources.number(own);
    const depending: number[] = [];
    const unread: RoleAssignment[] = [];
    own.forEach((assignment, i) => {
      if (!this.roleOf(first + i).isKnown || reachOf(assignment.place) === undefined) unread.push(assignment);
      else if (this.counter.dependsOnHolder(assignment)) depending.push(first + i);
    });
    return {
      first,
      end: first + own.length,
      depending: depending.length === 0 ? none : new Set(depending),
      unread: unread.length === 0 ? noPart.unread : unread,
    };
  }

  /** The role of an assignment. */
  private roleOf(number: number): NumberedRole {
    const { roleOf, roles } = this.sources;
    return (this.roles[roleOf[number]!] ??= this.readRole(roles[roleOf[number]!]!));
  }

  private readRole(guid: string): NumberedRole {
    const role = this.tenant.role(guid);
    return { isKnown: role !== undefined, unguarded: role && this.counter.unguarded(role) };
  }
}

/** To look it up by its number takes no hashing, a million times. */
interface NumberedRole {
  readonly isKnown: boolean;
  /** What it gives wherever it is assigned; undefined where a condition of its own has a say in that. */
  readonly unguarded: GuardedSet | undefined;
}

/** The numbers of all assignments in a part. */
export function* numbersIn({ first, end }: Part): Generator<number> {
  for (let number = first; number < end; number++) yield number;
}

/** Those of them that give everybody the same. */
export function* freeIn(part: Part): Generator<number> {
  for (const number of numbersIn(part)) if (!part.depending.has(number)) yield number;
}
