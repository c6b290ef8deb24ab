import { mayBeOfGroup } from '../access/denied-principals.js';
import type { Tenant } from '../access/tenant.js';
import { parseScope } from '../model/scope.js';
import type { Holder } from './counted-access.js';
import type { Figures } from './figures.js';
import { reachOf, twentieths } from './reach.js';

/** What identities may hold besides what was read of them. */
export interface OpenAccess {
  /** By kind; 0 where nothing is open. */
  readonly levels: Uint8Array;
  /** Why, as sentences. */
  readonly reasons: readonly string[];
}

/** Finds what was not read and may make somebody hold more. */
export class OpenAccessFinder {
  /** Why all figures are open, or may be too high. */
  readonly everybody: readonly string[];
  private readonly everywhere: number;
  private groups: Uint8Array | undefined;

  constructor(
    private readonly tenant: Tenant,
    private readonly figures: Figures,
  ) {
    const missing = tenant.gaps.about('grants');
    this.everywhere = Math.max(
      0,
      ...missing.map(({ scope }) => twentieths[reachOf(parseScope(scope)) ?? 'tenant']),
    );
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

  of(holder: Holder): OpenAccess {
    const levels = new Uint8Array(this.figures.table.kinds.length).fill(this.everywhere);
    const reasons: string[] = [];
    for (const id of holder.ids)
      for (const { roleGuid, scope, place } of this.figures.unreadOf(id)) {
        raiseAll(levels, twentieths[reachOf(place) ?? 'tenant']);
        reasons.push(`Nobody knows what the role ${roleGuid} gives, which it has at ${scope}.`);
      }
    if (!holder.isWhole) {
      const groups = this.ofGroups();
      if (groups.some(level => level > 0)) {
        groups.forEach((level, kind) => (levels[kind] = Math.max(levels[kind]!, level)));
        if (!this.tenant.gaps.coverDirectory)
          reasons.push('Not all groups that it is in are known: it may hold what these hold.');
      }
    }
    return { levels, reasons: [...new Set(reasons)] };
  }

  /** The most that any assignment gives which may be that of a group. */
  private ofGroups(): Uint8Array {
    if (this.groups !== undefined) return this.groups;
    const levels = new Uint8Array(this.figures.table.kinds.length);
    const { principals } = this.tenant.snapshot;
    for (const assignment of this.tenant.assignments) {
      if (!mayBeOfGroup(assignment, principals)) continue;
      const counted = this.figures.granted(assignment);
      if (counted === undefined) raiseAll(levels, twentieths[reachOf(assignment.place) ?? 'tenant']);
      this.figures.eachLevel(assignment, counted, (kind, level) => {
        levels[kind] = Math.max(levels[kind]!, level);
      });
    }
    return (this.groups = levels);
  }
}

function raiseAll(levels: Uint8Array, level: number): void {
  levels.forEach((known, kind) => (levels[kind] = Math.max(known, level)));
}
