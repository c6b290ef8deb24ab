import { AccessReader } from '../../access/held-access.js';
import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';
import { roleName } from '../../model/role-name.js';
import type { Check, CheckContext } from '../check.js';
import { principalName } from './assignment-match.js';
import { Holdings } from './principal-holdings.js';
import { RolePowers } from './role-powers.js';

export interface AssignmentToxicCombinationOptions {
  readonly combinations: readonly Combination[];
}

interface Combination {
  /** What the holder of all of them can do, as the end of "… can". */
  readonly title: string;
  /** Operation groups; one operation of each. */
  readonly allOf: readonly string[];
}

const groupName = { type: 'string', format: 'operation-group' };

/**
 * Finds principals whose roles, harmless one by one, add up to more where they meet. What a single role of theirs allows
 * is left to the rules on roles.
 */
export const assignmentToxicCombination: Check<'tenant', AssignmentToxicCombinationOptions> = {
  subject: 'tenant',
  optionsSchema: {
    type: 'object',
    required: ['combinations'],
    additionalProperties: false,
    properties: {
      combinations: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['title', 'allOf'],
          additionalProperties: false,
          properties: { title: { type: 'string' }, allOf: { type: 'array', minItems: 2, items: groupName } },
        },
      },
    },
  },

  *evaluate(tenant, { combinations }, context) {
    const parts = new PartFinder(tenant, combinations, context);
    const holdings = new Holdings(tenant);
    for (const principal of holdings.everyone()) {
      const held = holdings.idsOf(principal).flatMap(id => parts.heldBy(id));
      if (held.length < 2) continue;
      for (const combination of combinations) {
        const found = firstMeeting(held, parts.maskOf(combination), parts, tenant);
        if (found === undefined) continue;
        const name = principalName(principal, tenant);
        const roles = [...new Set(found.map(assignment => nameOf(assignment, tenant)))].sort();
        const [{ at, scope }] = found;
        yield {
          at,
          role: undefined,
          subject: { kind: 'principal', id: principal, name },
          evidence: { principal: name, principalId: principal, combination: combination.title, roles, scope },
          identity: [principal, combination.title],
          related: found.slice(1).map(other => ({
            at: other.at,
            message: `the other role is assigned at ${other.scope}`,
          })),
        };
      }
    }
  },
};

/** The assignments that make up the combination at the first scope where they meet; not where one of them does so alone. */
function firstMeeting(
  held: readonly RoleAssignment[],
  wanted: number,
  parts: PartFinder,
  tenant: Tenant,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  const useful = held.filter(assignment => (parts.of(assignment) & wanted) !== 0);
  for (const assignment of useful) {
    const keys = tenant.tree.keysFrom(tenant.scopeOf(assignment));
    const here = useful.filter(other => other !== assignment && keys.has(tenant.scopeOf(other).key));
    if ([assignment, ...here].some(other => (parts.of(other) & wanted) === wanted)) continue;
    let missing = wanted & ~parts.of(assignment);
    const chosen: [RoleAssignment, ...RoleAssignment[]] = [assignment];
    for (const other of here) {
      if ((parts.of(other) & missing) === 0) continue;
      chosen.push(other);
      missing &= ~parts.of(other);
    }
    if (missing === 0) return chosen;
  }
  return undefined;
}

/** Which operation groups an assignment has a part in, as bits: of what it grants for certain. */
class PartFinder {
  private readonly groups: readonly string[];
  private readonly known = new Map<string, number>();
  private readonly held = new Map<string, readonly RoleAssignment[]>();
  private readonly powers: RolePowers;
  private readonly reader: AccessReader;

  constructor(
    private readonly tenant: Tenant,
    combinations: readonly Combination[],
    private readonly context: CheckContext,
  ) {
    this.groups = [...new Set(combinations.flatMap(({ allOf }) => allOf))];
    this.reader = new AccessReader(tenant);
    this.powers = RolePowers.of(tenant, context);
  }

  /** Its own that have a part in some combination. */
  heldBy(id: string): readonly RoleAssignment[] {
    let held = this.held.get(id);
    if (held === undefined) {
      held = this.tenant.assignmentsOf(id).filter(assignment => this.of(assignment) !== 0);
      this.held.set(id, held);
    }
    return held;
  }

  maskOf({ allOf }: Combination): number {
    return allOf.reduce((mask, group) => mask | (1 << this.groups.indexOf(group)), 0);
  }

  of(assignment: RoleAssignment): number {
    const key = `${assignment.roleGuid} ${assignment.condition ?? ''}`;
    let mask = this.known.get(key);
    if (mask === undefined) this.known.set(key, (mask = this.find(assignment)));
    return mask;
  }

  private find(assignment: RoleAssignment): number {
    const role = this.tenant.role(assignment.roleGuid);
    // Whoever can change everything needs no combination, and other rules say so.
    if (role === undefined || this.powers.ofAssignment(assignment).power !== 'ordinary') return 0;
    const { certain } = this.reader.grantedBy(role, assignment.condition, this.tenant.scopeOf(assignment));
    return this.groups.reduce((mask, name, bit) => {
      const { operations } = this.context.group(name);
      return operations.some(({ operation, plane }) => certain.has(operation, plane))
        ? mask | (1 << bit)
        : mask;
    }, 0);
  }
}

function nameOf({ roleGuid }: RoleAssignment, tenant: Tenant): string {
  const role = tenant.role(roleGuid)?.role;
  return role === undefined ? roleGuid : roleName(role);
}
