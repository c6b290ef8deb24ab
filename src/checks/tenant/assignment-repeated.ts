import { AccessReader } from '../../access/held-access.js';
import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';
import { unionOf, type PermissionSet } from '../../permissions/permission-set.js';
import { roleName } from '../../model/role-name.js';
import type { Check, Match } from '../check.js';
import { assignmentMatch, principalName } from './assignment-match.js';
import { principalHoldings, type PrincipalHoldings } from './principal-holdings.js';

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
  optionsSchema: {
    type: 'object',
    required: ['how'],
    additionalProperties: false,
    properties: { how: { enum: ['same', 'covered'] } },
  },

  *evaluate(tenant, { how }) {
    const finder = new RepetitionFinder(tenant);
    for (const holdings of principalHoldings(tenant)) {
      if (holdings.own.length === 0 || holdings.own.length + holdings.throughGroups.length < 2) continue;
      yield* how === 'same' ? finder.same(holdings) : finder.covered(holdings);
    }
  },
};

class RepetitionFinder {
  private readonly reader: AccessReader;
  private readonly answers = new Map<string, boolean>();

  constructor(private readonly tenant: Tenant) {
    this.reader = new AccessReader(tenant);
  }

  *same({ own, throughGroups }: PrincipalHoldings): Generator<Match> {
    const byContent = new Map(throughGroups.map(assignment => [this.contentOf(assignment), assignment]));
    for (const assignment of own) {
      const other = byContent.get(this.contentOf(assignment));
      if (other !== undefined) yield this.match(assignment, other);
    }
  }

  *covered({ own, throughGroups, around }: PrincipalHoldings): Generator<Match> {
    const same = new Set(throughGroups.map(assignment => this.contentOf(assignment)));
    const redundant = new Set<RoleAssignment>();
    for (const assignment of [...own].reverse()) {
      if (same.has(this.contentOf(assignment)) || this.tenant.role(assignment.roleGuid) === undefined)
        continue;
      const others = around(assignment).filter(other => other !== assignment && !redundant.has(other));
      if (others.length === 0 || !this.isWithin(assignment, others)) continue;
      redundant.add(assignment);
      yield this.match(assignment, others.find(other => this.isWithin(assignment, [other])) ?? others[0]!);
    }
  }

  /** The same few combinations of roles come back thousands of times. */
  private isWithin(assignment: RoleAssignment, others: readonly RoleAssignment[]): boolean {
    const roles = [
      ...new Set(others.filter(({ condition }) => condition === undefined).map(({ roleGuid }) => roleGuid)),
    ];
    const { roleGuid, condition } = assignment;
    // What the same role grants without a condition, it grants with one.
    if (roles.includes(roleGuid)) return true;
    const key = `${roleGuid} ${condition ?? ''} ${roles.sort().join(' ')}`;
    let answer = this.answers.get(key);
    if (answer === undefined) this.answers.set(key, (answer = this.compare(assignment, roles)));
    return answer;
  }

  private compare(assignment: RoleAssignment, roles: readonly string[]): boolean {
    const scope = this.tenant.scopeOf(assignment);
    const certainOf = (guid: string): PermissionSet[] => {
      const role = this.tenant.role(guid);
      return role === undefined ? [] : [this.reader.grantedBy(role, undefined, scope).certain];
    };
    const { certain, perhaps } = this.reader.grantedBy(
      this.tenant.role(assignment.roleGuid)!,
      assignment.condition,
      scope,
    );
    const mine = certain.union(perhaps);
    const theirs = unionOf(roles.flatMap(certainOf), certain.subtract(certain));
    return (
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
      through: holder === '' ? 'its own' : `the group ${holder}`,
    };
    return {
      ...assignmentMatch(assignment, this.tenant, evidence),
      related: [{ at: other.at, message: `${evidence.otherRole} at ${other.scope} grants it, too` }],
    };
  }

  private contentOf(assignment: RoleAssignment): string {
    return `${assignment.roleGuid} ${this.tenant.scopeOf(assignment).key} ${assignment.condition ?? ''}`;
  }
}

const planes = ['control', 'data'] as const;
