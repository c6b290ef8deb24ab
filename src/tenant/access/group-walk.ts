import type { Principal } from '../../rbac/model/principal.js';
import { groupCyclesIn } from '../snapshot/group-cycles.js';

/** Walks from principals to the groups that they are in, nearest first. */
export class GroupWalk {
  /** Groups that are members of each other, each with its circle. */
  private readonly cycles = new Map<string, ReadonlySet<string>>();
  private readonly leaving = new Map<string, readonly string[]>();

  constructor(private readonly principals: ReadonlyMap<string, Principal>) {
    for (const cycle of groupCyclesIn(principals)) {
      const members = new Set(cycle);
      for (const group of cycle) this.cycles.set(group, members);
    }
  }

  /** Each group that the principal is in, with what it was reached from: the principal itself, or a group in it. */
  from(principal: string): ReadonlyMap<string, string> {
    const groups = new Map<string, string>();
    const left = new Map<ReadonlySet<string>, number>();
    this.leave(principal, left);
    const waiting = [principal];
    for (const at of waiting) {
      for (const group of this.next(at, left)) {
        if (group === principal || groups.has(group)) continue;
        groups.set(group, at);
        this.leave(group, left);
        waiting.push(group);
      }
    }
    return groups;
  }

  /**
   * Once all groups of a circle are reached, only what leads out of it can be new: 2,000 groups that are all members of
   * each other have 4,000,000 memberships, and would be walked through 2,000 times for each of their members.
   */
  private next(at: string, left: ReadonlyMap<ReadonlySet<string>, number>): readonly string[] {
    const cycle = this.cycles.get(at);
    const memberOf = this.principals.get(at)?.memberOf ?? [];
    if (cycle === undefined || left.get(cycle) !== 0) return memberOf;
    let leaving = this.leaving.get(at);
    if (leaving === undefined) this.leaving.set(at, (leaving = memberOf.filter(group => !cycle.has(group))));
    return leaving;
  }

  /** Counts how many groups of a circle are still to be reached. */
  private leave(id: string, left: Map<ReadonlySet<string>, number>): void {
    const cycle = this.cycles.get(id);
    if (cycle !== undefined) left.set(cycle, (left.get(cycle) ?? cycle.size) - 1);
  }
}
