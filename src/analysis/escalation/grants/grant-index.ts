import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { CustomRoles } from './custom-roles.js';
import type { Granted, GrantReader } from './grant-evaluator.js';
import { nothing } from '../methods/interned-sets.js';
import type { HeldThrough } from './held-through.js';
import type { Holding } from './grant.js';

/** What each id holds of operations that matter. Most assignments give none of them. */
export class Holdings {
  private readonly known = new Map<string, readonly Holding[]>();
  /** Those among what is held. */
  readonly customRoles: CustomRoles;
  private readonly eligible = new Map<string, readonly Holding[]>();

  constructor(
    private readonly tenant: Tenant,
    private readonly grants: GrantReader,
    private readonly isEligibleIncluded: boolean,
  ) {
    this.customRoles = new CustomRoles(tenant);
  }

  /** Its own assignments alone. */
  of(id: string): readonly Holding[] {
    let holdings = this.known.get(id);
    if (holdings === undefined) {
      holdings = this.read(id, 'role-assignment', this.tenant.assignmentsOf(id));
      this.known.set(id, holdings);
    }
    return holdings;
  }

  /** What it could activate; nothing where that is left out of account. */
  eligibleOf(id: string): readonly Holding[] {
    if (!this.isEligibleIncluded) return [];
    let holdings = this.eligible.get(id);
    if (holdings === undefined) {
      holdings = this.read(id, 'eligible-assignment', this.tenant.eligibleOf(id));
      this.eligible.set(id, holdings);
    }
    return holdings;
  }

  private read(
    holder: string,
    kind: 'role-assignment' | 'eligible-assignment',
    assignments: readonly RoleAssignment[],
  ): readonly Holding[] {
    const holdings: Holding[] = [];
    for (const assignment of assignments) {
      const granted = this.grants.of(assignment.roleGuid, assignment.condition);
      const matters =
        granted.number !== nothing ||
        // One that grants nothing yet may be edited once it is active.
        (kind === 'eligible-assignment' && this.customRoles.isEditable(assignment.roleGuid));
      if (matters) holdings.push(new AssignedHolding(kind, assignment, holder, granted));
    }
    return holdings.length === 0 ? noHoldings : holdings;
  }
}

/** An assignment as what somebody holds. There may be a million: it is its own source, and works out the rest. */
class AssignedHolding implements Holding, HeldThrough {
  constructor(
    readonly kind: HeldThrough['kind'],
    readonly assignment: RoleAssignment,
    readonly holder: string,
    readonly granted: Granted,
  ) {}

  get key(): string {
    return this.assignment.id;
  }

  get scope(): Scope {
    return this.assignment.place;
  }

  get source(): HeldThrough {
    return this;
  }
}

const noHoldings: readonly Holding[] = [];
