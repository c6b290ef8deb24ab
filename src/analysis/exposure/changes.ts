import type { Tenant } from '../../tenant/access/tenant.js';
import { roleName } from '../../rbac/model/role-name.js';
import { type Candidate, candidates } from './candidates.js';
import type { AccessChange } from './exposed-identity.js';
import type { ScoreCalculator } from './score-calculator.js';
import type { LeaveOneOut } from './leave-one-out.js';
import type { IdentityScore } from './identity-score.js';
import { PatternEffects } from './pattern-effects.js';
import { toPoints } from './levels.js';

/** The changes that remove most of the sum of all figures. */
export function bestChanges(
  tenant: Tenant,
  calculator: ScoreCalculator,
  leaveOneOut: LeaveOneOut,
  scores: readonly IdentityScore[],
): AccessChange[] {
  const tried = candidates(tenant, calculator, leaveOneOut, maxTried);
  const patterns = tried.flatMap(({ pattern }) => pattern ?? []);
  const effects = new PatternEffects(tenant, calculator, scores, patterns);
  return tried
    .map(candidate => {
      const { pattern, estimate: removed, identities = 0 } = candidate;
      return { candidate, ...(pattern === undefined ? { removed, identities } : effects.of(pattern)) };
    })
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => b.removed / b.candidate.steps - a.removed / a.candidate.steps || b.removed - a.removed)
    .filter(isNew())
    .slice(0, maxListed)
    .map(({ candidate, removed, identities }) => toChange(candidate, removed, identities, tenant));
}

const maxTried = 150;
const maxListed = 100;

/** All assignments of a role to somebody, where only one of them counts, are no change of their own. */
function isNew(): (change: { readonly candidate: Candidate; readonly removed: number }) => boolean {
  const seen = new Map<string, number>();
  return ({ candidate: { assignments }, removed }) => {
    const keys = assignments.map(({ id, principalId }) => `${principalId} ${id}`);
    if (keys.some(key => seen.get(key) === removed)) return false;
    for (const key of keys) seen.set(key, removed);
    return true;
  };
}

function toChange(
  { assignments, pattern, steps }: Candidate,
  removed: number,
  identities: number,
  tenant: Tenant,
): AccessChange {
  const roleGuid = pattern?.roleGuid ?? assignments[0]!.roleGuid;
  const principal = assignments[0]?.principalId;
  const known = principal === undefined ? undefined : tenant.snapshot.principals.get(principal);
  const type = known?.type ?? assignments[0]?.principalType ?? 'Unknown';
  return {
    kind:
      pattern !== undefined
        ? 'remove-pattern'
        : steps > 1
          ? 'remove-role-from-principal'
          : 'remove-assignment',
    assignments: assignments.map(({ id }) => id),
    scopes: assignments.map(({ scope }) => scope),
    role: roleName(tenant.role(roleGuid)!.role),
    roleGuid,
    principal:
      principal === undefined ? null : { id: principal, type, displayName: known?.displayName ?? null },
    pattern: pattern?.pattern ?? null,
    list: pattern?.list ?? null,
    mayBecomeEligible: type === 'User' || type === 'Group',
    steps,
    removed: toPoints(removed),
    identities,
  };
}
