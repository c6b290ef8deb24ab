import { append } from '../../../maps.js';
import { StampedArray } from '../../../tenant/access/stamped-array.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Part, Parts } from './combination-parts.js';

/**
 * The assignments that make up the combination at the first scope where they meet; not where one of them does so alone.
 * Only where a subscription has all parts, with what stands above it, are scopes compared.
 */
export function firstMeeting(
  held: readonly Parts[],
  masks: SubscriptionMasks,
  wanted: number,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  for (const subscription of masks.with(wanted)) {
    const useful = partsIn(subscription, held, wanted);
    // Most lie apart: that is told without sorting them by scope.
    const found = masks.meetSomewhere(useful, wanted) ? meetingOf(useful, wanted) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Parts in the subscription, and those above it. */
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

/** Whether somebody holds all parts at all. */
export function mayMeet(held: readonly Parts[], wanted: number): boolean {
  let all = 0;
  for (const { mask } of held) all |= mask;
  return (all & wanted) === wanted;
}

/** The parts in each subscription of all that somebody holds. Kept from one principal to the next, for its room. */
export class SubscriptionMasks {
  private readonly byPlace = new StampedArray();
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

  /** Whether all of the wanted stand around some scope, together or one of them alone. */
  meetSomewhere(parts: readonly Part[], wanted: number): boolean {
    this.byPlace.clear();
    for (const { place, mask } of parts)
      this.byPlace.set(place.number, (this.byPlace.get(place.number) ?? 0) | mask);
    return parts.some(({ place }) => (maskAround(place, this.byPlace) & wanted) === wanted);
  }

  /** Subscriptions with all of the wanted parts, with what stands above subscriptions. */
  with(wanted: number): number[] {
    const above = this.masks[0] ?? 0;
    return this.subscriptions.filter(each => ((this.masks[each]! | above) & wanted) === wanted);
  }
}

/** The parts that stand at the place or around it. */
function maskAround({ above, within }: ScopeNode, masks: StampedArray): number {
  let mask = 0;
  for (const number of above) mask |= masks.get(number) ?? 0;
  for (const number of within) mask |= masks.get(number) ?? 0;
  return mask;
}

function meetingOf(
  useful: readonly Part[],
  wanted: number,
): readonly [RoleAssignment, ...RoleAssignment[]] | undefined {
  const byScope = new Map<number, Part[]>();
  for (const part of useful) {
    append(byScope, part.place.number, part);
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
