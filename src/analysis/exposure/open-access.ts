import { mayBeOfGroup } from '../../tenant/access/denied-principals.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';
import type { Holder } from './counted-access.js';
import type { ScoreCalculator } from './score-calculator.js';
import { raiseAll } from './levels.js';
import { scopeLevelOf, twentieths } from './scope-level.js';

/** Finds what was not read and may make somebody hold more. */
export class UnreadAccess {
  /** Why all figures are open, or may be too high. */
  readonly everybody: readonly string[];
  private readonly everywhere: Uint8Array;
  private groups: Uint8Array | undefined;

  constructor(
    private readonly tenant: Tenant,
    private readonly calculator: ScoreCalculator,
  ) {
    const missing = tenant.gaps.about('grants');
    this.everywhere = new Uint8Array(calculator.table.kinds.length);
    for (const { scope } of missing) raise(this.everywhere, parseScope(scope));
    const gapTexts = missing.map(
      ({ what, scope, reason }) => `What is assigned at ${scope} was not read in full: ${what} (${reason}).`,
    );
    const denyTexts = tenant.gaps
      .about('denies')
      .filter(gap => !missing.includes(gap))
      .map(
        ({ scope, reason }) =>
          `Deny assignments at ${scope} were not read (${reason}): figures may be too high where they take something away.`,
      );
    const directory = tenant.gaps.coverDirectory
      ? ['Groups and their members were not read in full: what groups hold, their members may hold.']
      : [];
    this.everybody = [...new Set([...gapTexts, ...denyTexts, ...directory])];
  }

  /** What the holder may hold besides what was read of it, by kind. Not to be changed by the caller. */
  levelsOf(holder: Holder): Uint8Array {
    const unread = holder.ids.flatMap(id => this.calculator.unreadOf(id));
    if (unread.length === 0 && holder.isComplete) return this.everywhere;
    const levels = this.everywhere.slice();
    for (const { place } of unread) raise(levels, place);
    if (!holder.isComplete) raiseAll(levels, this.ofGroups());
    return levels;
  }

  /** Why it may, as sentences. */
  reasonsOf(holder: Holder): readonly string[] {
    const reasons = holder.ids
      .flatMap(id => this.calculator.unreadOf(id))
      .map(({ roleGuid, scope }) => `What the role ${roleGuid} grants at ${scope} is not known.`);
    const mayBeInMore = !holder.isComplete && this.ofGroups().some(level => level > 0);
    if (mayBeInMore && !this.tenant.gaps.coverDirectory)
      reasons.push('Not all groups that it is in are known: it may hold what these hold.');
    return [...new Set(reasons)];
  }

  /** The most that any assignment gives which may be that of a group. */
  private ofGroups(): Uint8Array {
    if (this.groups !== undefined) return this.groups;
    const levels = new Uint8Array(this.calculator.table.kinds.length);
    const { principals } = this.tenant.snapshot;
    for (const assignment of this.tenant.assignments) {
      if (!mayBeOfGroup(assignment, principals)) continue;
      const given = this.calculator.levelsOf(assignment, this.calculator.granted(assignment));
      if (given.length === 0) raise(levels, assignment.place);
      else raiseAll(levels, given);
    }
    return (this.groups = levels);
  }
}

/** Raises levels by what a role that nobody knows may give there. */
function raise(levels: Uint8Array, place: Scope): void {
  const most = twentieths[scopeLevelOf(place) ?? 'tenant'];
  for (const [kind, level] of levels.entries()) if (level < most) levels[kind] = most;
}
