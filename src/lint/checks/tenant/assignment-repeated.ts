import { getOrInsert } from '../../../maps.js';
import { AccessEvaluator } from '../../../tenant/access/held-access.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import { unionOf, type PermissionSet } from '../../../rbac/permissions/permission-set.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Check } from '../check.js';
import type { Match } from '../match.js';
import { assignmentMatch, principalName } from './assignment-match.js';
import { AssignmentIndex, type HeldTogether } from './assignment-index.js';

export interface AssignmentRepeatedOptions {
  /** `same`: the same role at the same scope, through a group too. `covered`: all that it grants is granted by others. */
  readonly how: 'same' | 'covered';
}

/**
 * Finds assignments that a principal would not miss: sets are compared exactly, over the scopes around and all its groups.
 * Only what other assignments grant for certain counts. Of two that cover each other, the later one is found.
 */
export const assignmentRepeated: Check<'tenant', AssignmentRepeatedOptions> = {
  subject: 'tenant',
  inCode: 'together',
  optionsSchema: {
    type: 'object',
    required: ['how'],
    additionalProperties: false,
    properties: { how: { enum: ['same', 'covered'] } },
  },

  *evaluate(tenant, { how }, context) {
    const assignmentIndex = AssignmentIndex.of(tenant, context);
    const finder = new RepetitionFinder(tenant);
    for (const principal of tenant.assignees()) {
      const own = tenant.assignmentsOf(principal);
      const ids = assignmentIndex.idsOf(principal);
      if (own.length === 1 && ids.length === 1) continue;
      const groups = assignmentIndex.of(ids.slice(1));
      if (how === 'covered') yield* finder.covered(own, assignmentIndex.of(ids), groups);
      else if (!groups.isEmpty) yield* finder.same(own, groups);
    }
  },
};

class RepetitionFinder {
  private readonly evaluator: AccessEvaluator;
  private readonly answers = new Map<string, boolean>();

  constructor(private readonly tenant: Tenant) {
    this.evaluator = new AccessEvaluator(tenant);
  }

  *same(own: readonly RoleAssignment[], groups: HeldTogether): Generator<Match> {
    for (const assignment of own) {
      const other = this.twinOf(assignment, groups);
      if (other !== undefined) yield this.match(assignment, other);
    }
  }

  *covered(own: readonly RoleAssignment[], all: HeldTogether, groups: HeldTogether): Generator<Match> {
    const redundant = new Set<RoleAssignment>();
    for (const assignment of [...own].reverse()) {
      if (this.tenant.role(assignment.roleGuid) === undefined) continue;
      const around = all.around(assignment);
      if (around.length < 2) continue;
      const others = around.filter(other => other !== assignment && !redundant.has(other));
      if (others.length === 0 || !this.isWithin(assignment, others)) continue;
      redundant.add(assignment);
      if (this.twinOf(assignment, groups) !== undefined) continue;
      yield this.match(assignment, others.find(other => this.isWithin(assignment, [other])) ?? others[0]!);
    }
  }

  /** The same role at the same scope under the same condition, of one of these groups. */
  private twinOf(assignment: RoleAssignment, groups: HeldTogether): RoleAssignment | undefined {
    const { roleGuid, condition } = assignment;
    return groups.findAt(assignment, other => other.roleGuid === roleGuid && other.condition === condition);
  }

  /** The same few combinations of roles come back thousands of times. */
  private isWithin(assignment: RoleAssignment, others: readonly RoleAssignment[]): boolean {
    const { roleGuid, condition } = assignment;
    const free = others.filter(other => other.condition === undefined);
    // What the same role grants without a condition, it grants with one.
    if (free.some(other => other.roleGuid === roleGuid)) return true;
    const roles = [...new Set(free.map(other => other.roleGuid))];
    const { kind } = this.tenant.reach.at(assignment.place);
    const key = `${kind} ${roleGuid} ${condition ?? ''} ${roles.length > 1 ? roles.sort().join(' ') : roles[0]}`;
    return getOrInsert(this.answers, key, () => this.compare(assignment, roles));
  }

  private compare(assignment: RoleAssignment, roles: readonly string[]): boolean {
    const scope = this.tenant.scopeOf(assignment);
    const definiteOf = (guid: string): PermissionSet[] => {
      const role = this.tenant.role(guid);
      return role === undefined ? [] : [this.evaluator.grantedBy(role, undefined, scope).definite];
    };
    const { definite, possible } = this.evaluator.grantedBy(
      this.tenant.role(assignment.roleGuid)!,
      assignment.condition,
      scope,
    );
    const mine = definite.union(possible);
    const theirs = unionOf(roles.flatMap(definiteOf), definite.subtract(definite));
    // What has no effect is another fault.
    return (
      !mine.isEmpty &&
      mine.isSubsetOf(theirs) &&
      planes.every(plane => mine[plane].unknownPlane.isSubsetOf(theirs[plane].unknownPlane))
    );
  }

  private match(assignment: RoleAssignment, other: RoleAssignment): Match {
    const role = this.tenant.role(other.roleGuid)?.role;
    const holder =
      other.principalId === assignment.principalId ? '' : principalName(other.principalId, this.tenant);
    const evidence = {
      otherRole: role === undefined ? other.roleGuid : roleName(role),
      otherScope: other.scope,
      through: holder === '' ? 'a direct assignment' : `the group ${holder}`,
    };
    return {
      ...assignmentMatch(assignment, this.tenant, evidence),
      related: [{ at: other.at, message: `${evidence.otherRole} at ${other.scope} also grants it.` }],
    };
  }
}

const planes = ['control', 'data'] as const;
