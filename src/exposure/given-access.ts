import type { GuardedSet } from '../access/guarded-set.js';
import type { RoleAssignment } from '../model/role-assignment.js';

/** An assignment that gives access of some kind. */
export interface Given {
  readonly assignment: RoleAssignment;
  /** The group that has it, or the holder itself. */
  readonly holds: string;
  readonly counted: GuardedSet;
}

/** The assignments that give most of one kind of access, the first of them by name. */
export class GivenAccess {
  level = 0;
  readonly first: Given[] = [];
  /** How many give that level, and how many give any. */
  strongest = 0;
  all = 0;

  add(level: number, given: Given): void {
    this.all++;
    if (level < this.level) return;
    if (level > this.level) this.startAt(level);
    this.strongest++;
    if (this.first.length < mostNamed) this.first.push(given);
  }

  join(other: GivenAccess): void {
    this.all += other.all;
    if (other.level < this.level) return;
    if (other.level > this.level) this.startAt(other.level);
    this.strongest += other.strongest;
    this.first.push(...other.first.slice(0, mostNamed - this.first.length));
  }

  private startAt(level: number): void {
    this.level = level;
    this.strongest = 0;
    this.first.length = 0;
  }
}

/** Who has more that give the same knows what to do. */
export const mostNamed = 3;
