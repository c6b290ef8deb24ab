import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';

/** An assignment that gives access, of one kind or several. */
export class ContributingAssignment {
  private text: string | undefined;

  constructor(
    readonly assignment: RoleAssignment,
    /** The group that has it, or the holder itself. */
    readonly holds: string,
    readonly counted: GuardedSet,
  ) {}

  /** The id of the assignment. It is worked out whenever it is asked for: here once for all kinds, and all members of a group. */
  get id(): string {
    return (this.text ??= this.assignment.id);
  }
}

/** The assignments that give most of one kind of access, the first of them by name. */
export class TopContributions {
  level = 0;
  readonly first: ContributingAssignment[] = [];
  /** How many give that level, and how many give any. */
  atLevel = 0;
  all = 0;

  add(level: number, contribution: ContributingAssignment): void {
    this.all++;
    if (level < this.level) return;
    if (level > this.level) this.startAt(level);
    this.atLevel++;
    if (this.first.length < maxNamed) this.first.push(contribution);
  }

  join(other: TopContributions): void {
    this.all += other.all;
    if (other.level < this.level) return;
    if (other.level > this.level) this.startAt(other.level);
    this.atLevel += other.atLevel;
    for (const contribution of other.first) if (this.first.length < maxNamed) this.first.push(contribution);
  }

  private startAt(level: number): void {
    this.level = level;
    this.atLevel = 0;
    this.first.length = 0;
  }
}

/** Who has more that give the same knows what to do. */
const maxNamed = 3;
