import type { Tenant } from '../../tenant/access/tenant.js';
import type { Holder } from './counted-access.js';
import type { Figures, Strength } from './score-calculator.js';
import { raiseAll } from './levels.js';
import type { OpenAccessFinder } from './open-access.js';

/** Somebody's points, in twentieths. */
export interface Measured {
  readonly holder: Holder;
  readonly levels: Uint8Array;
  readonly points: number;
  /** The most that each level may be. */
  readonly mostLevels: Uint8Array;
  readonly most: number;
  /** Levels that activating reaches. */
  readonly eligible: Uint8Array;
}

/** Of all that hold something or may activate something, and how many hold nothing. */
export interface MeasuredTenant {
  readonly measured: readonly Measured[];
  readonly withoutAccess: number;
}

/** `see` is offered what each holds: it is not kept. */
export function measure(
  tenant: Tenant,
  principals: readonly string[],
  figures: Figures,
  open: OpenAccessFinder,
  see: (strength: Strength) => void,
): MeasuredTenant {
  const measured: Measured[] = [];
  let withoutAccess = 0;
  for (const principal of principals) {
    const holder = figures.holder(principal);
    const hasAny = holder.ids.some(id => figures.hasAny(id) || tenant.eligibleOf(id).length > 0);
    if (!hasAny) {
      withoutAccess++;
      continue;
    }
    const strength = figures.of(holder);
    see(strength);
    const { level: levels } = strength.byAssignment;
    const mostLevels = highest(levels, open.levelsOf(holder));
    measured.push({
      holder,
      levels,
      points: figures.pointsOf(levels),
      mostLevels,
      most: figures.pointsOf(mostLevels),
      eligible: eligibleLevels(tenant, holder, figures),
    });
  }
  // The sort is stable: equals stay in the order of their ids.
  return { measured: measured.sort((a, b) => b.points - a.points || b.most - a.most), withoutAccess };
}

function highest(levels: Uint8Array, others: Uint8Array): Uint8Array {
  if (levels.every((level, kind) => level >= others[kind]!)) return levels;
  return levels.map((level, kind) => Math.max(level, others[kind]!));
}

function eligibleLevels(tenant: Tenant, holder: Holder, figures: Figures): Uint8Array {
  const levels = new Uint8Array(figures.table.kinds.length);
  for (const id of holder.ids)
    for (const assignment of tenant.eligibleOf(id))
      raiseAll(levels, figures.levelsOf(assignment, figures.counted(assignment, holder)));
  return levels;
}
