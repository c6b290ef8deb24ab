import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { Scope } from '../model/scope.js';
import type { AssignableRole } from './delegation.js';
import type { Granted, GrantReader } from './granted.js';

/** Something that gives operations of methods at a scope and below. */
export interface Holding {
  readonly scope: Scope;
  readonly granted: Granted;
  readonly source: HoldingSource;
}

/** An assignment that stands in the snapshot, or what somebody gave themselves on the way. */
export type HoldingSource =
  | {
      readonly kind: 'role-assignment' | 'eligible-assignment';
      readonly assignment: RoleAssignment;
      /** The id that has it: the principal's own, or that of a group. */
      readonly holder: string;
    }
  | {
      readonly kind: 'gained';
      readonly roles: readonly AssignableRole[] | 'any';
      /** The custom role that was edited to grant it. */
      readonly edited?: HeldCustomRole;
    };

/** Equal for what gives the same at the same scope. */
export function holdingKey({ scope, granted, source }: Holding): string {
  if (source.kind !== 'gained') return source.assignment.id;
  const { certain, perhaps, guards } = granted;
  return `${scope.key}:${certain.toString(36)}:${perhaps.toString(36)}:${JSON.stringify(guards)}`;
}

/** A custom role that somebody holds, and could edit. */
export interface HeldCustomRole {
  readonly assignment: RoleAssignment;
  readonly holder: string;
  readonly assignableScopes: readonly string[];
}

/** What each id holds of operations that matter. Most assignments give none of them. */
export class Holdings {
  private readonly known = new Map<string, readonly Holding[]>();
  private readonly eligible = new Map<string, readonly Holding[]>();

  constructor(
    private readonly tenant: Tenant,
    private readonly grants: GrantReader,
    private readonly isEligibleIncluded: boolean,
    /** Taken for not there. */
    private readonly without: RoleAssignment | undefined,
  ) {}

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

  /** Custom roles among its own assignments, with where they may be assigned. */
  customRolesOf(id: string): readonly HeldCustomRole[] {
    return this.tenant.assignmentsOf(id).flatMap(assignment => {
      if (assignment === this.without) return [];
      const role = this.tenant.snapshot.roleDefinitions.find(assignment.roleGuid);
      if (role === undefined || role.roleType !== 'CustomRole' || role.assignableScopes.length === 0)
        return [];
      return [{ assignment, holder: id, assignableScopes: role.assignableScopes.map(({ value }) => value) }];
    });
  }

  private read(
    holder: string,
    kind: 'role-assignment' | 'eligible-assignment',
    assignments: readonly RoleAssignment[],
  ): readonly Holding[] {
    return assignments.flatMap(assignment => {
      if (assignment === this.without) return [];
      const granted = this.grants.of(assignment.roleGuid, assignment.condition);
      if ((granted.certain | granted.perhaps) === 0n) return [];
      return [{ scope: this.tenant.scopeOf(assignment), granted, source: { kind, assignment, holder } }];
    });
  }
}
