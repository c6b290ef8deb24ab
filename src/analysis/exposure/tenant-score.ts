import type { TenantScore } from './exposed-identity.js';
import type { Measured, MeasuredTenant } from './identity-score.js';
import { toPoints } from './points.js';

/** Further identities never make it better: it looks at the worst ones. */
export function tenantScore({ measured, withoutAccess }: MeasuredTenant): TenantScore {
  const of = Math.min(mostCounted, measured.length);
  const worst = measured.slice(0, of).map(({ points }) => points);
  const most = measured.map(one => one.most).sort((a, b) => b - a);
  return {
    figure: mean(worst),
    upTo: mean(most.slice(0, of)),
    of,
    sum: toPoints(total(measured.map(({ points }) => points))),
    bands: bands.map(([from, to]) => ({ from, to, identities: measured.filter(isWithin(from, to)).length })),
    identities: measured.length,
    withoutAccess,
    open: measured.filter(({ points, most: atMost }) => atMost > points).length,
  };
}

const mostCounted = 20;

const bands = [
  [0, 0],
  [0, 20],
  [20, 40],
  [40, 60],
  [60, 80],
  [80, 100],
] as const;

/** A band is without its lower end, but for the one that is nothing. */
function isWithin(from: number, to: number): (one: Measured) => boolean {
  return ({ points }) => (to === 0 ? points === 0 : points > from * 20 && points <= to * 20);
}

function mean(points: readonly number[]): number {
  return points.length === 0 ? 0 : toPoints(total(points) / points.length);
}

function total(points: readonly number[]): number {
  return points.reduce((sum, each) => sum + each, 0);
}
