import { AccessReader } from '../../access/held-access.js';
import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';
import { roleName } from '../../model/role-name.js';
import type { Check, CheckContext } from '../check.js';
import { principalName } from './assignment-match.js';
import { type Place, Places } from './places.js';
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
    const holdings = Holdings.of(tenant, context);
    const masks = new SubscriptionMasks();
    for (const principal of holdings.everyone()) {
      const held = holdings.idsOf(principal).map(id => parts.heldBy(id));
      const wanted = combinations.filter(combination => mayMeet(held, parts.maskOf(combination)));
      if (wanted.length === 0) continue;
      masks.take(held);
      for (const combination of wanted) {
        const found = firstMeeting(held, masks, parts.maskOf(combination));
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
  masks: SubscriptionMasks,
  wanted: number,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  for (const subscription of masks.with(wanted)) {
    const found = meetingOf(partsIn(subscription, held, wanted), wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those in the subscription, and those above it. */
function partsIn(subscription: number, held: readonly Parts[], wanted: number): readonly Part[] {
  const useful: Part[] = [];
  for (const { mask, bySubscription } of held) {
    if ((mask & wanted) === 0) continue;
    for (const number of subscription === 0 ? [0] : [0, subscription])
      for (const part of bySubscription.get(number)?.parts ?? [])
        if ((part.mask & wanted) !== 0) useful.push(part);
  }
  return useful;
}

function mayMeet(held: readonly Parts[], wanted: number): boolean {
  let all = 0;
  for (const { mask } of held) all |= mask;
  return (all & wanted) === wanted;
}

/** The parts in each subscription of all that somebody holds. Kept from one principal to the next, for its room. */
class SubscriptionMasks {
  private readonly masks: number[] = [];
  private readonly subscriptions: number[] = [];

  take(held: readonly Parts[]): void {
    for (const subscription of this.subscriptions) this.masks[subscription] = 0;
    this.subscriptions.length = 0;
    for (const { subscriptions, masks } of held) {
      for (let i = 0; i < subscriptions.length; i++) {
        const subscription = subscriptions[i]!;
        const known = this.masks[subscription] ?? 0;
        if (known === 0) this.subscriptions.push(subscription);
        this.masks[subscription] = known | masks[i]!;
      }
    }
  }

  /** Those with all of the wanted parts, with what stands above subscriptions. */
  with(wanted: number): number[] {
    const above = this.masks[0] ?? 0;
    return this.subscriptions.filter(each => ((this.masks[each]! | above) & wanted) === wanted);
  }
}

function meetingOf(
  useful: readonly Part[],
  wanted: number,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  const byScope = new Map<number, Part[]>();
  for (const part of useful) {
    const here = byScope.get(part.place.number);
    if (here === undefined) byScope.set(part.place.number, [part]);
    else here.push(part);
  }
  for (const [first] of byScope.values()) {
    const { above, within } = first!.place;
    const around = [...above, ...within].flatMap(number => byScope.get(number) ?? []);
    if (around.some(({ mask }) => (mask & wanted) === wanted)) continue;
    let missing = wanted & ~first!.mask;
    const chosen: [RoleAssignment, ...RoleAssignment[]] = [first!.assignment];
    for (const { assignment, mask } of around) {
      if ((mask & missing) === 0) continue;
      chosen.push(assignment);
      missing &= ~mask;
    }
    if (missing === 0) return chosen;
  }
  return undefined;
}

/** What somebody holds of the combinations, as bits: in all, and by the number of the subscription; 0 for what stands above them. */
interface Parts {
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

interface Part {
  readonly assignment: RoleAssignment;
  readonly mask: number;
  readonly place: Place;
}

const noParts: Parts = { mask: 0, bySubscription: new Map(), subscriptions: [], masks: [] };

/** Which operation groups an assignment has a part in, as bits: of what it grants for certain. */
class PartFinder {
  private readonly groups: readonly string[];
  private readonly known = new Map<string, number>();
  private readonly held = new Map<string, Parts>();
  private readonly powers: RolePowers;
  private readonly reader: AccessReader;
  private readonly places: Places;

  constructor(
    private readonly tenant: Tenant,
    combinations: readonly Combination[],
    private readonly context: CheckContext,
  ) {
    this.groups = [...new Set(combinations.flatMap(({ allOf }) => allOf))];
    this.reader = new AccessReader(tenant);
    this.places = Places.of(tenant, context);
    this.powers = RolePowers.of(tenant, context);
  }

  /** Its own that have a part in some combination. Groups are asked about for each of their members. */
  heldBy(id: string): Parts {
    let held = this.held.get(id);
    if (held === undefined) this.held.set(id, (held = this.sort(this.tenant.assignmentsOf(id))));
    return held;
  }

  private sort(assignments: readonly RoleAssignment[]): Parts {
    const bySubscription = new Map<number, PartsThere>();
    let all = 0;
    for (const assignment of assignments) {
      const mask = this.of(assignment);
      if (mask === 0) continue;
      all |= mask;
      const place = this.places.at(assignment.place);
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

  maskOf({ allOf }: Combination): number {
    return allOf.reduce((mask, group) => mask | (1 << this.groups.indexOf(group)), 0);
  }

  private of(assignment: RoleAssignment): number {
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
