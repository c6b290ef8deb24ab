import { AccessReader } from '../../access/held-access.js';
import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';
import { roleName } from '../../model/role-name.js';
import type { Check, CheckContext } from '../check.js';
import { principalName } from './assignment-match.js';
import { Holdings, subscriptionIn } from './principal-holdings.js';
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
    const holdings = Holdings.in(tenant);
    for (const principal of holdings.everyone()) {
      const held = holdings.idsOf(principal).map(id => parts.heldBy(id));
      const wanted = combinations.filter(combination => mayMeet(held, parts.maskOf(combination)));
      if (wanted.length === 0) continue;
      const masks = masksOf(held);
      for (const combination of wanted) {
        const found = firstMeeting(held, masks, parts.maskOf(combination), parts, tenant);
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

/**
 * The assignments that make up the combination at the first scope where they meet; not where one of them does so alone.
 * Only where a subscription has all parts, with what stands above it, are scopes compared.
 */
function firstMeeting(
  held: readonly Parts[],
  masks: ReadonlyMap<string, number>,
  wanted: number,
  parts: PartFinder,
  tenant: Tenant,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  const above = masks.get('') ?? 0;
  for (const [key, mask] of masks) {
    if (((mask | above) & wanted) !== wanted) continue;
    const keys = key === '' ? [''] : ['', key];
    const useful = held
      .flatMap(({ bySubscription }) => keys.flatMap(each => bySubscription.get(each)?.assignments ?? []))
      .filter(assignment => (parts.of(assignment) & wanted) !== 0);
    const found = meetingOf(useful, wanted, parts, tenant);
    if (found !== undefined) return found;
  }
  return undefined;
}

function mayMeet(held: readonly Parts[], wanted: number): boolean {
  let all = 0;
  for (const { mask } of held) all |= mask;
  return (all & wanted) === wanted;
}

/** By subscription, of all that is held. */
function masksOf(held: readonly Parts[]): ReadonlyMap<string, number> {
  const masks = new Map<string, number>();
  for (const { bySubscription } of held)
    for (const [key, { mask }] of bySubscription) masks.set(key, (masks.get(key) ?? 0) | mask);
  return masks;
}

function meetingOf(
  useful: readonly RoleAssignment[],
  wanted: number,
  parts: PartFinder,
  tenant: Tenant,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  const byScope = new Map<string, RoleAssignment[]>();
  for (const assignment of useful) {
    const here = byScope.get(assignment.place.key);
    if (here === undefined) byScope.set(assignment.place.key, [assignment]);
    else here.push(assignment);
  }
  for (const [first] of byScope.values()) {
    const around = [...tenant.tree.keysFrom(first!.place)].flatMap(key => byScope.get(key) ?? []);
    if (around.some(assignment => (parts.of(assignment) & wanted) === wanted)) continue;
    let missing = wanted & ~parts.of(first!);
    const chosen: [RoleAssignment, ...RoleAssignment[]] = [first!];
    for (const other of around) {
      if ((parts.of(other) & missing) === 0) continue;
      chosen.push(other);
      missing &= ~parts.of(other);
    }
    if (missing === 0) return chosen;
  }
  return undefined;
}

/** What somebody holds of the combinations, as bits: in all, and by subscription; empty for what stands above them. */
interface Parts {
  readonly mask: number;
  readonly bySubscription: ReadonlyMap<string, { mask: number; readonly assignments: RoleAssignment[] }>;
}

/** Which operation groups an assignment has a part in, as bits: of what it grants for certain. */
class PartFinder {
  private readonly groups: readonly string[];
  private readonly known = new Map<string, number>();
  private readonly held = new Map<string, Parts>();
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

  /** Its own that have a part in some combination. Groups are asked about for each of their members. */
  heldBy(id: string): Parts {
    let held = this.held.get(id);
    if (held === undefined) this.held.set(id, (held = this.sort(this.tenant.assignmentsOf(id))));
    return held;
  }

  private sort(assignments: readonly RoleAssignment[]): Parts {
    const bySubscription = new Map<string, { mask: number; readonly assignments: RoleAssignment[] }>();
    let all = 0;
    for (const assignment of assignments) {
      const mask = this.of(assignment);
      if (mask === 0) continue;
      all |= mask;
      const key = subscriptionIn(assignment.place);
      const known = bySubscription.get(key);
      if (known === undefined) bySubscription.set(key, { mask, assignments: [assignment] });
      else {
        known.mask |= mask;
        known.assignments.push(assignment);
      }
    }
    return { mask: all, bySubscription };
  }

  maskOf({ allOf }: Combination): number {
    return allOf.reduce((mask, group) => mask | (1 << this.groups.indexOf(group)), 0);
  }

  of(assignment: RoleAssignment): number {
    const { roleGuid, condition } = assignment;
    const key = condition === undefined ? roleGuid : `${roleGuid} ${condition}`;
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
