import { AncestorIndex } from '../../tenant/access/ancestor-index.js';
import { mayBeOfGroup } from '../../tenant/access/denied-principals.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Scope } from '../../rbac/model/scope.js';

/** What groups have, for those of whom nobody knows in which groups they are. */
export class PossibleGroups {
  /** Groups with role assignments. What nobody knows to be no group may be one. */
  readonly ids: ReadonlySet<string>;
  private readonly index: AncestorIndex<RoleAssignment>;

  constructor(tenant: Tenant) {
    const assignments = tenant.assignments.filter(assignment =>
      mayBeOfGroup(assignment, tenant.snapshot.principals),
    );
    this.ids = new Set(assignments.map(({ principalId }) => principalId));
    // Hundreds of groups are given the same few roles at a subscription.
    const distinct = new Map(
      assignments.map(assignment => {
        const { roleGuid, condition = '' } = assignment;
        return [`${tenant.scopeOf(assignment).key} ${roleGuid} ${condition}`, assignment];
      }),
    );
    this.index = new AncestorIndex(
      distinct.values(),
      assignment => tenant.scopeOf(assignment).key,
      tenant.tree,
    );
  }

  /** Assignments that reach the scope, or may: of those that give the same at one scope, one. */
  at(scope: Scope): RoleAssignment[] {
    return Array.from(this.index.around(scope), ({ item }) => item);
  }
}
