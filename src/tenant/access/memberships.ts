import { append } from '../../maps.js';
import type { Principal } from '../../rbac/model/principal.js';
import { GroupWalk } from './group-walk.js';

/** The groups that a principal is in, directly and through other groups. */
export interface Membership {
  /** Each group, with what it was reached from: the principal itself, or a group that lies in it. */
  readonly groups: ReadonlyMap<string, string>;
  /** False where the directory does not know the principal, or one of its groups: there may be more of them. */
  readonly isComplete: boolean;
}

/**
 * Who is in which group. Groups lie in groups, and may lie in each other in a circle
 * (https://learn.microsoft.com/azure/role-based-access-control/overview#groups: roles of a group are its members', transitively).
 */
export class Memberships {
  private readonly known = new Map<string, Membership>();
  private members: ReadonlyMap<string, readonly string[]> | undefined;
  private walk: GroupWalk | undefined;

  constructor(
    private readonly principals: ReadonlyMap<string, Principal>,
    /** Whether everything about groups was collected. */
    private readonly isComplete: boolean,
    /** Whether all members of all groups that hold something are known: asked where somebody's own groups are not. */
    private readonly areMembersKnown: () => boolean = () => false,
  ) {}

  of(principal: string): Membership {
    let membership = this.known.get(principal);
    if (membership === undefined) {
      if (this.known.size >= maxKept) this.known.clear();
      this.known.set(principal, (membership = this.find(principal)));
    }
    return membership;
  }

  /** The groups from the principal to that one, which is the last. Empty for the principal itself. */
  via(principal: string, group: string): string[] {
    const { groups } = this.of(principal);
    const path: string[] = [];
    for (let at = group; at !== principal; at = groups.get(at)!) path.unshift(at);
    return path;
  }

  /** Users, service principals and what else is no group, in that group directly or through other groups. */
  membersOf(group: string): string[] {
    this.members ??= this.directMembers();
    const reached = new Set([group]);
    for (const at of reached) for (const member of this.members.get(at) ?? []) reached.add(member);
    return [...reached].filter(
      id => id !== group && !this.hasMembers(id) && this.principals.get(id)?.type !== 'Group',
    );
  }

  /** Principals who are known to be in that group itself. */
  directMembersOf(group: string): readonly string[] {
    this.members ??= this.directMembers();
    return this.members.get(group) ?? [];
  }

  /** Then it is a group, whether or not the directory holds it. */
  hasMembers(id: string): boolean {
    this.members ??= this.directMembers();
    return this.members.has(id);
  }

  private find(principal: string): Membership {
    this.walk ??= new GroupWalk(this.principals);
    const groups = this.walk.from(principal);
    const isTold =
      this.principals.get(principal)?.memberships === 'all' ||
      (this.isComplete && [principal, ...groups.keys()].every(id => this.areGroupsKnown(id)));
    return { groups, isComplete: isTold || this.areMembersKnown() };
  }

  /** Whether the directory says which groups it is in. */
  private areGroupsKnown(id: string): boolean {
    const principal = this.principals.get(id);
    return principal !== undefined && principal.memberships !== 'unknown';
  }

  private directMembers(): ReadonlyMap<string, readonly string[]> {
    const members = new Map<string, string[]>();
    for (const { id, memberOf } of this.principals.values()) {
      for (const group of memberOf) {
        append(members, group, id);
      }
    }
    return members;
  }
}

/** A kilobyte each; rules go through all principals one after the other. */
const maxKept = 100_000;
