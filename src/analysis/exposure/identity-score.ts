import type { Tenant } from '../../tenant/access/tenant.js';
import type { Holder } from './counted-access.js';
import type { TenantScore } from './exposed-identity.js';
import type { ScoreCalculator } from './score-calculator.js';
import { raiseAll, toPoints } from './levels.js';
import type { UnreadAccess } from './open-access.js';
import type { Strength } from './leave-one-out.js';

/** Somebody's points, in twentieths. */
export interface IdentityScore {
  readonly holder: Holder;
  readonly levels: Uint8Array;
  readonly points: number;
  /** The most that each level may be. */
  readonly maxLevels: Uint8Array;
  readonly most: number;
  /** Levels that activating reaches. */
  readonly eligible: Uint8Array;
}

/** Scores of all that hold something or may activate something, and how many hold nothing. */
export interface ScoredTenant {
  readonly scores: readonly IdentityScore[];
  readonly withoutAccess: number;
}

/** What identities are scored with. */
export interface ScoringTools {
  readonly tenant: Tenant;
  readonly calculator: ScoreCalculator;
  readonly open: UnreadAccess;
  /** Is offered what each holds, which is not kept. */
  see(strength: Strength): void;
}

/** Scores all that hold something or may activate something, the worst first. */
export function scoreIdentities(
  principals: readonly string[],
  { tenant, calculator, open, see }: ScoringTools,
): ScoredTenant {
  const scores: IdentityScore[] = [];
  let withoutAccess = 0;
  for (const principal of principals) {
    const holder = calculator.holder(principal);
    const hasAny = holder.ids.some(id => calculator.hasAny(id) || tenant.eligibleOf(id).length > 0);
    if (!hasAny) {
      withoutAccess++;
      continue;
    }
    const strength = calculator.of(holder);
    see(strength);
    const { level: levels } = strength.byAssignment;
    const maxLevels = highest(levels, open.levelsOf(holder));
    scores.push({
      holder,
      levels,
      points: calculator.pointsOf(levels),
      maxLevels,
      most: calculator.pointsOf(maxLevels),
      eligible: eligibleLevels(tenant, holder, calculator),
    });
  }
  // The sort is stable: equals stay in the order of their ids.
  return { scores: scores.sort((a, b) => b.points - a.points || b.most - a.most), withoutAccess };
}

function highest(levels: Uint8Array, others: Uint8Array): Uint8Array {
  if (levels.every((level, kind) => level >= others[kind]!)) return levels;
  return levels.map((level, kind) => Math.max(level, others[kind]!));
}

function eligibleLevels(tenant: Tenant, holder: Holder, calculator: ScoreCalculator): Uint8Array {
  const levels = new Uint8Array(calculator.table.kinds.length);
  for (const id of holder.ids)
    for (const assignment of tenant.eligibleOf(id))
      raiseAll(levels, calculator.levelsOf(assignment, calculator.counted(assignment, holder)));
  return levels;
}

/** Further identities never make it better: it looks at the worst ones. */
export function tenantScore({ scores, withoutAccess }: ScoredTenant): TenantScore {
  const of = Math.min(maxCounted, scores.length);
  const worst = scores.slice(0, of).map(({ points }) => points);
  const most = scores.map(one => one.most).sort((a, b) => b - a);
  return {
    figure: mean(worst),
    upTo: mean(most.slice(0, of)),
    of,
    sum: toPoints(total(scores.map(({ points }) => points))),
    bands: bands.map(([from, to]) => ({ from, to, identities: scores.filter(isWithin(from, to)).length })),
    identities: scores.length,
    withoutAccess,
    open: scores.filter(({ points, most: atMost }) => atMost > points).length,
  };
}

const maxCounted = 20;

const bands = [
  [0, 0],
  [0, 20],
  [20, 40],
  [40, 60],
  [60, 80],
  [80, 100],
] as const;

/** A band is without its lower end, but for the one that is nothing. */
function isWithin(from: number, to: number): (one: IdentityScore) => boolean {
  return ({ points }) => (to === 0 ? points === 0 : points > from * 20 && points <= to * 20);
}

function mean(points: readonly number[]): number {
  return points.length === 0 ? 0 : toPoints(total(points) / points.length);
}

function total(points: readonly number[]): number {
  return points.reduce((sum, each) => sum + each, 0);
}
