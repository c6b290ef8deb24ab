import { getOrInsert } from '../../../maps.js';
import type { ScopeReach } from '../../../rbac/reach/scope-reach.js';
import { AccessEvaluator } from '../../../tenant/access/held-access.js';
import type { ScopeNode, ScopeNodes } from '../../../tenant/access/scope-nodes.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { CheckContext } from '../check-context.js';
import { ByGuard } from './by-guard.js';
import { RolePowers } from './role-powers.js';

export interface Combination {
  /** What the holder of all of them can do, as the end of "… can". */
  readonly title: string;
  /** Operation groups; one operation of each. */
  readonly allOf: readonly string[];
}

/** What somebody holds of the combinations, as bits: in all, and by the number of the subscription; 0 for what stands above them. */
export interface Parts {
  readonly mask: number;
  readonly bySubscription: ReadonlyMap<number, PartsThere>;
  /** The same, to be gone through for each member of a group. */
  readonly subscriptions: readonly number[];
  readonly masks: readonly number[];
}

interface PartsThere {
  mask: number;
  readonly parts: Part[];
}

export interface Part {
  readonly assignment: RoleAssignment;
  readonly mask: number;
  readonly place: ScopeNode;
}

const noParts: Parts = { mask: 0, bySubscription: new Map(), subscriptions: [], masks: [] };

/** Which operation groups an assignment has a part in, as bits: of what it grants for certain. */
export class PartFinder {
  private readonly groups: readonly string[];
  /** Masks by what has an effect where it is assigned. */
  private readonly masks = new Map<ScopeReach, ByGuard<RoleAssignment, number>>();
  private readonly held = new Map<string, Parts>();
  private readonly powers: RolePowers;
  private readonly evaluator: AccessEvaluator;
  private readonly scopeNodes: ScopeNodes;

  constructor(
    private readonly tenant: Tenant,
    combinations: readonly Combination[],
    private readonly context: CheckContext,
  ) {
    this.groups = [...new Set(combinations.flatMap(({ allOf }) => allOf))];
    this.evaluator = new AccessEvaluator(tenant);
    this.scopeNodes = tenant.scopeNodes;
    this.powers = RolePowers.of(tenant, context);
  }

  /** Assignments of its own that have a part in some combination. Groups are asked about for each of their members. */
  heldBy(id: string): Parts {
    return getOrInsert(this.held, id, () => this.sort(this.tenant.assignmentsOf(id)));
  }

  private sort(assignments: readonly RoleAssignment[]): Parts {
    const bySubscription = new Map<number, PartsThere>();
    let all = 0;
    for (const assignment of assignments) {
      const mask = this.masksAt(assignment).of(assignment);
      if (mask === 0) continue;
      all |= mask;
      const place = this.scopeNodes.at(assignment.place);
      const part = { assignment, mask, place };
      const known = bySubscription.get(place.subscription);
      if (known === undefined) bySubscription.set(place.subscription, { mask, parts: [part] });
      else {
        known.mask |= mask;
        known.parts.push(part);
      }
    }
    if (all === 0) return noParts;
    const masks = [...bySubscription.values()].map(({ mask }) => mask);
    return { mask: all, bySubscription, subscriptions: [...bySubscription.keys()], masks };
  }

  private masksAt({ place }: RoleAssignment): ByGuard<RoleAssignment, number> {
    const reach = this.tenant.reach.at(place);
    return getOrInsert(this.masks, reach, () => new ByGuard(assignment => this.find(assignment)));
  }

  maskOf({ allOf }: Combination): number {
    return allOf.reduce((mask, group) => mask | (1 << this.groups.indexOf(group)), 0);
  }

  private find(assignment: RoleAssignment): number {
    const role = this.tenant.role(assignment.roleGuid);
    // Whoever can change everything needs no combination, and other rules say so.
    if (role === undefined || this.powers.ofAssignment(assignment).power !== 'ordinary') return 0;
    const { definite } = this.evaluator.grantedBy(
      role,
      assignment.condition,
      this.tenant.scopeOf(assignment),
    );
    return this.groups.reduce((mask, name, bit) => {
      const { operations } = this.context.group(name);
      return operations.some(({ operation, plane }) => definite.has(operation, plane))
        ? mask | (1 << bit)
        : mask;
    }, 0);
  }
}
