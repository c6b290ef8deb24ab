import { compare, type Comparison, type Held, type Need } from '../../rbac/action-sets/coverage.js';
import type { SetTools } from '../../rbac/action-sets/need.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import { acceptedAt } from './accepted-excess.js';
import type { AssignedRole, RoleGrants } from './assigned-roles.js';
import type { AcceptedOperations } from './check-report.js';
import type { AcceptedExcess } from './expectations.js';
import type { Judgement, NeedsHere, Policy } from './judgement.js';
import { firstHundred } from './listed-operations.js';
import { matching } from './matching-operations.js';

/** Compares what is held at a scope with needs and with a policy: what is accepted, and what must be held nowhere. */
export class AccessComparer {
  constructor(
    private readonly tools: SetTools,
    private readonly nothing: PermissionSet,
    private readonly grantsOf: (role: string) => RoleGrants | undefined,
  ) {}

  /**
   * What is accepted counts as tolerated, even what a set forbids. What must never be held is forbidden whatever else,
   * but for what is needed. What a recommended role grants beside is no failure unless it is
   * forbidden; where it is held for a need at a wider scope, that was judged there.
   */
  compare(
    held: Held,
    { scope, need, around, inside }: NeedsHere,
    { accepted, never, options }: Policy,
    recommended: readonly AssignedRole[] = [],
  ): Comparison {
    const granted = held.definite.union(held.conditional);
    const covered = accepted.reduce((all, entry) => all.union(this.covered(entry, granted)), this.nothing);
    const ofOuterNeeds = recommended.filter(({ scope: own }) => own !== undefined && own.key !== scope?.key);
    const expected = unionOf(
      [covered, around.required, inside.required, this.grantedBy(ofOuterNeeds).intersect(granted)],
      this.nothing,
    );
    const isStrict = options.allowExcess === 'none';
    const tolerated = [need, around, inside].map(each => each.tolerated);
    const judgedNeed: Need = {
      required: need.required,
      tolerated: isStrict ? expected : unionOf([expected, ...tolerated], this.nothing),
      forbidden: need.forbidden
        .subtract(expected)
        .union(matching(granted, never, this.tools, this.nothing).subtract(around.required)),
    };
    const rest = isStrict || recommended.length === 0 ? undefined : this.grantedBy(recommended);
    return compare(judgedNeed, held, isStrict ? { ...options, allowExcess: 'tolerated' } : options, rest);
  }

  acceptedIn(
    assignedRoles: readonly AssignedRole[],
    granted: PermissionSet,
    place: NeedsHere,
    policy: Policy,
  ): AcceptedOperations[] {
    const beyond = granted.subtract(expectedAnyway(place, policy));
    const entries = policy.accepted.map(entry => {
      const role = entry.role && this.grantsOf(entry.role.value)?.role;
      return { entry, role, operations: this.covered(entry, beyond) };
    });
    return acceptedAt(entries, assignedRoles, place.need.forbidden);
  }

  neverHeld(granted: PermissionSet, { need, around }: NeedsHere, { never }: Policy): Judgement['never'] {
    if (never.length === 0) return [];
    const beyond = granted.subtract(need.required).subtract(around.required);
    return never.flatMap(pattern => {
      const held = matching(beyond, [pattern], this.tools, this.nothing);
      if (held.isEmpty) return [];
      const count = held.count('control') + held.count('data');
      return [{ pattern: pattern.text, count, ...firstHundred(held) }];
    });
  }

  /** What of the operations granted somebody accepted. */
  private covered({ role, operations }: AcceptedExcess, granted: PermissionSet): PermissionSet {
    if (role === undefined) {
      return matching(
        granted,
        operations.map(({ value }) => ({ text: value, plane: 'both' })),
        this.tools,
        this.nothing,
      );
    }
    const grants = this.grantsOf(role.value);
    return grants === undefined
      ? this.nothing
      : granted.intersect(grants.held.definite.union(grants.held.conditional));
  }

  private grantedBy(assignedRoles: readonly AssignedRole[]): PermissionSet {
    return unionOf(
      assignedRoles.flatMap(({ granted }) => [granted.definite, granted.possible]),
      this.nothing,
    );
  }
}

/** What nobody has to accept, since it would be no excess. */
function expectedAnyway({ need, around, inside }: NeedsHere, { options }: Policy): PermissionSet {
  const required = need.required.union(around.required).union(inside.required);
  if (options.allowExcess === 'none') return required;
  const tolerated = need.tolerated.union(around.tolerated).union(inside.tolerated);
  return required.union(tolerated.subtract(need.forbidden));
}
