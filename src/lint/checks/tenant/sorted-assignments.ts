import type { ScopeNode, ScopeNodes } from '../../../tenant/access/scope-nodes.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';

/**
 * Assignments of one principal or group, found by where they stand. A tenant has a million of them, mostly one of a
 * principal in a subscription: they are kept in one list, sorted by subscription and scope, and not in maps of maps.
 */
export class SortedAssignments {
  private readonly sorted: readonly RoleAssignment[];
  private readonly subscriptions: Int32Array;
  private readonly scopes: Int32Array;

  constructor(assignments: readonly RoleAssignment[], scopeNodes: ScopeNodes) {
    const placed = assignments.map(assignment => ({ assignment, place: scopeNodes.at(assignment.place) }));
    // Stable: those of one scope stay in the order of the snapshot.
    placed.sort((a, b) => a.place.subscription - b.place.subscription || a.place.number - b.place.number);
    this.sorted = placed.map(({ assignment }) => assignment);
    this.subscriptions = Int32Array.from(placed, ({ place }) => place.subscription);
    this.scopes = Int32Array.from(placed, ({ place }) => place.number);
  }

  get isEmpty(): boolean {
    return this.sorted.length === 0;
  }

  /** Whether one stands in the subscription of that number, or above subscriptions: 0. */
  isIn(subscription: number): boolean {
    const start = firstFrom(subscription, this.subscriptions, 0, this.sorted.length);
    return this.subscriptions[start] === subscription;
  }

  /** Adds those in the subscription that stand at one of these scopes, scope by scope. */
  take(subscription: number, scopes: readonly number[], found: RoleAssignment[]): void {
    const { length } = this.sorted;
    const start = firstFrom(subscription, this.subscriptions, 0, length);
    // Most groups have nothing in the subscription at all.
    if (this.subscriptions[start] !== subscription) return;
    const end = firstFrom(subscription + 1, this.subscriptions, start, length);
    for (const scope of scopes) {
      let at = firstFrom(scope, this.scopes, start, end);
      for (; at < end && this.scopes[at] === scope; at++) found.push(this.sorted[at]!);
    }
  }

  /** The first one at that very scope that is meant. */
  findAt(
    { subscription, number }: ScopeNode,
    isMeant: (assignment: RoleAssignment) => boolean,
  ): RoleAssignment | undefined {
    const { length } = this.sorted;
    const start = firstFrom(subscription, this.subscriptions, 0, length);
    if (this.subscriptions[start] !== subscription) return undefined;
    let at = firstFrom(
      number,
      this.scopes,
      start,
      firstFrom(subscription + 1, this.subscriptions, start, length),
    );
    for (; this.scopes[at] === number; at++) if (isMeant(this.sorted[at]!)) return this.sorted[at];
    return undefined;
  }
}

/** The first index between `start` and `end` with that number or more; there, the numbers are sorted. */
function firstFrom(number: number, sorted: Int32Array, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
