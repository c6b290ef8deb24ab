import {
  namesIn,
  namesOf,
  type Comparison,
  type Coverage,
  type CoverageOptions,
} from '../../rbac/action-sets/coverage.js';
import { unionOf, type PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Denial } from '../../tenant/access/denials.js';
import { isNothing } from '../../tenant/access/granted-role.js';
import type { AccessComparer } from './access-comparer.js';
import { heldTogether, type AssignedRole, type HeldHere } from './assigned-roles.js';
import type { AcceptedOperations } from './check-report.js';
import type { Judgement, NeedsHere, Policy } from './judgement.js';
import { countsAndFirst } from './listed-operations.js';
import { stoppingDenials } from './stopping-denials.js';

/** Works out what some roles are for some needs. */
export class JudgementMaker {
  constructor(
    private readonly comparer: AccessComparer,
    private readonly nothing: PermissionSet,
  ) {}

  make(
    { assignedRoles, denials }: HeldHere,
    recommended: readonly AssignedRole[],
    place: NeedsHere,
    policy: Policy,
  ): Judgement {
    const held = heldTogether({ assignedRoles, denials }, this.nothing);
    const unknownReach = this.unknownReach(assignedRoles, denials);
    const compared = this.comparer.compare(held, place, policy, recommended);
    const { covered, ...found } = underUnknownReach(compared, unknownReach, policy.options);
    const { missing, conditional, excess } = found;
    const granted = held.definite.union(held.conditional);
    const accepted = this.comparer.acceptedIn(assignedRoles, granted, place, policy);
    const coverage = withAcceptance(namesIn({ covered, ...found }), accepted);
    const inTheWay = denials.filter(denial => denial.touches(place.need.required));
    const denied = this.deniedOf(missing, inTheWay);
    return {
      found: { ...found, denied },
      denied: namesOf(denied),
      coverage: place.sets.length > 0 ? coverage : { ...coverage, excess: countsAndFirst(excess) },
      denials: stoppingDenials(inTheWay, missing, conditional),
      accepted,
      never: this.comparer.neverHeld(granted, place, policy),
      unknownReach: isNothing(unknownReach) ? undefined : countsAndFirst(unknownReach),
      traces: new Map(),
    };
  }

  /** What of it is denied for certain is no question any more. */
  private unknownReach(assignedRoles: readonly AssignedRole[], denials: readonly Denial[]): PermissionSet {
    const sets = assignedRoles.map(({ granted }) => granted.unknownReach);
    const all = unionOf(sets, this.nothing);
    return isNothing(all) ? all : all.subtract(this.deniedOf(all, denials));
  }

  private deniedOf(missing: PermissionSet, denials: readonly Denial[]): PermissionSet {
    return denials.reduce((all, denial) => all.union(denial.takenFrom(missing).definite), this.nothing);
  }
}

/** Where only what may have an effect is missing, nobody knows whether it is. */
function underUnknownReach(
  compared: Comparison,
  unknownReach: PermissionSet,
  { conditionalGrants }: CoverageOptions,
): Comparison {
  const { missing, forbidden, conditional } = compared;
  const isOpen = !missing.isEmpty && missing.isSubsetOf(unknownReach);
  const failsAnyway = !forbidden.isEmpty || (!conditional.isEmpty && conditionalGrants === 'fail');
  if (!isOpen) return compared;
  return { ...compared, coverage: 'unknown', status: failsAnyway ? compared.status : 'unknown' };
}

/** What somebody accepted counts as tolerated, and is no excess any more: it is told all the same. */
function withAcceptance(coverage: Coverage, accepted: readonly AcceptedOperations[]): Coverage {
  const isAccepted = coverage.leastPrivilege === 'exact' && accepted.some(({ operations }) => operations > 0);
  return isAccepted ? { ...coverage, leastPrivilege: 'accepted' } : coverage;
}
