import { append } from '../../../maps.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment, ScheduledAssignment } from '../../../rbac/model/role-assignment.js';

/** How long a role assignment lasts: because somebody activated it, or until an end, `for-a-time`. */
export type AssignmentDuration = 'for-good' | 'for-a-time' | 'unknown';

/** Tells role assignments that are held for good from those that Privileged Identity Management made for a time. */
export class AssignmentDurations {
  private readonly byOrigin = new Map<string, ScheduledAssignment[]>();
  private readonly byContent = new Map<string, ScheduledAssignment[]>();
  /** Whether an assignment that no schedule stands for has none. */
  private readonly isComplete: boolean;

  constructor(private readonly tenant: Tenant) {
    const { activeAssignments, gaps, isComplete } = tenant.snapshot;
    for (const active of activeAssignments) {
      if (active.originId !== undefined) add(this.byOrigin, active.originId, active);
      add(this.byContent, this.contentOf(active), active);
    }
    this.isComplete =
      activeAssignments.length > 0 && isComplete && gaps.every(({ what }) => what !== 'activeAssignments');
  }

  /** Whether anybody in the tenant has to activate anything. */
  get isPimInUse(): boolean {
    const { eligibleAssignments, activeAssignments } = this.tenant.snapshot;
    return (
      eligibleAssignments.length > 0 ||
      activeAssignments.some(({ assignmentType }) => assignmentType === 'Activated')
    );
  }

  of(assignment: RoleAssignment): AssignmentDuration {
    const schedules = [
      ...(this.byOrigin.get(assignment.id) ?? []),
      ...(this.byContent.get(this.contentOf(assignment)) ?? []),
    ];
    if (
      schedules.some(({ assignmentType, endsOn }) => assignmentType === 'Activated' || endsOn !== undefined)
    )
      return 'for-a-time';
    if (schedules.some(({ assignmentType }) => assignmentType === 'Assigned') || this.isComplete)
      return 'for-good';
    return this.mayBeActivated(assignment) ? 'unknown' : 'for-good';
  }

  /** One who is eligible for the role, in person or through a group, may have activated it when the snapshot was made. */
  private mayBeActivated({ principalId, roleGuid }: RoleAssignment): boolean {
    return this.tenant
      .identityOf(principalId)
      .ids.some(id => this.tenant.eligibleOf(id).some(eligible => eligible.roleGuid === roleGuid));
  }

  private contentOf(assignment: RoleAssignment): string {
    const { principalId, roleGuid } = assignment;
    return `${principalId} ${roleGuid} ${this.tenant.scopeOf(assignment).key}`;
  }
}

function add(lists: Map<string, ScheduledAssignment[]>, key: string, assignment: ScheduledAssignment): void {
  append(lists, key, assignment);
}
