import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { CustomRoles } from './custom-roles.js';
import type { GrantedOperations, GrantEvaluator } from './grant-evaluator.js';
import { nothing } from '../methods/interned-sets.js';
import type { AssignmentSource } from './grant.js';
import type { MethodGrant } from './grant.js';

/** What each id holds of operations that matter. Most assignments give none of them. */
export class GrantIndex {
  private readonly known = new Map<string, readonly MethodGrant[]>();
  /** Custom roles among what is held. */
  readonly customRoles: CustomRoles;
  private readonly eligible = new Map<string, readonly MethodGrant[]>();

  constructor(
    private readonly tenant: Tenant,
    private readonly evaluator: GrantEvaluator,
    private readonly isEligibleIncluded: boolean,
  ) {
    this.customRoles = new CustomRoles(tenant);
  }

  /** The principal's own assignments alone. */
  of(id: string): readonly MethodGrant[] {
    let grants = this.known.get(id);
    if (grants === undefined) {
      grants = this.read(id, 'role-assignment', this.tenant.assignmentsOf(id));
      this.known.set(id, grants);
    }
    return grants;
  }

  /** What it could activate; nothing where that is left out of account. */
  eligibleOf(id: string): readonly MethodGrant[] {
    if (!this.isEligibleIncluded) return [];
    let grants = this.eligible.get(id);
    if (grants === undefined) {
      grants = this.read(id, 'eligible-assignment', this.tenant.eligibleOf(id));
      this.eligible.set(id, grants);
    }
    return grants;
  }

  private read(
    holder: string,
    kind: 'role-assignment' | 'eligible-assignment',
    assignments: readonly RoleAssignment[],
  ): readonly MethodGrant[] {
    const grants: MethodGrant[] = [];
    for (const assignment of assignments) {
      const granted = this.evaluator.at(assignment.place, assignment.roleGuid, assignment.condition);
      const matters =
        granted.number !== nothing ||
        // One that grants nothing yet may be edited once it is active.
        (kind === 'eligible-assignment' && this.customRoles.isEditable(assignment.roleGuid));
      if (matters) grants.push(new AssignedGrant(kind, assignment, holder, granted));
    }
    return grants.length === 0 ? noGrants : grants;
  }
}

/** An assignment as what somebody holds. There may be a million: it is its own source, and works out the rest. */
class AssignedGrant implements MethodGrant, AssignmentSource {
  constructor(
    readonly kind: AssignmentSource['kind'],
    readonly assignment: RoleAssignment,
    readonly holder: string,
    readonly granted: GrantedOperations,
  ) {}

  get key(): string {
    return this.assignment.id;
  }

  get scope(): Scope {
    return this.assignment.place;
  }

  get source(): AssignmentSource {
    return this;
  }
}

const noGrants: readonly MethodGrant[] = [];
