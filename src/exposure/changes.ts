import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { roleName } from '../model/role-name.js';
import { type Candidate, candidates } from './candidates.js';
import type { AccessChange } from './exposed-identity.js';
import type { Figures, LessAccess } from './figures.js';
import type { Losses } from './losses.js';
import type { Measured } from './measured.js';
import { toPoints } from './points.js';

/** The changes that remove most of the sum of all figures, each worked out anew with all whom it is about. */
export function bestChanges(
  tenant: Tenant,
  figures: Figures,
  losses: Losses,
  measured: readonly Measured[],
): AccessChange[] {
  const holders = new HoldersOf(tenant, measured);
  const found = candidates(tenant, figures, losses, mostTried).map(candidate => {
    const less = lessAccess(candidate, tenant);
    const { removed, identities } = effectOf(less, holders.having(less.touched), figures);
    return { candidate, removed, identities };
  });
  return found
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => b.removed / b.candidate.steps - a.removed / a.candidate.steps || b.removed - a.removed)
    .filter(isNew())
    .slice(0, mostListed)
    .map(({ candidate, removed, identities }) => toChange(candidate, removed, identities, tenant));
}

const mostTried = 150;
const mostListed = 100;

function lessAccess({ assignments, pattern }: Candidate, tenant: Tenant): LessAccess {
  const levels = new Map<string, Uint8Array>();
  if (pattern === undefined)
    return { removed: new Set(assignments), touched: holdersOf(assignments), levels };
  const { roleGuid, without } = pattern;
  const having = tenant.assignments.filter(assignment => assignment.roleGuid === roleGuid);
  return {
    role: guid => (guid === roleGuid ? without : tenant.role(guid)),
    touched: holdersOf(having),
    levels,
  };
}

function holdersOf(assignments: readonly RoleAssignment[]): ReadonlySet<string> {
  return new Set(assignments.map(({ principalId }) => principalId));
}

function effectOf(
  less: LessAccess,
  affected: readonly Measured[],
  figures: Figures,
): { readonly removed: number; readonly identities: number } {
  let [removed, identities] = [0, 0];
  for (const { principal, points } of affected) {
    const lost = points - figures.pointsUnder(figures.holder(principal), less);
    if (lost === 0) continue;
    removed += lost;
    identities++;
  }
  return { removed, identities };
}

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

/** Finds the identities that have an assignment, of their own or through a group. */
class HoldersOf {
  private readonly byId = new Map<string, Measured[]>();

  constructor(tenant: Tenant, measured: readonly Measured[]) {
    for (const one of measured) {
      if (one.points === 0) continue;
      for (const id of tenant.identityOf(one.principal).ids) {
        if (tenant.assignmentsOf(id).length === 0) continue;
        const known = this.byId.get(id);
        if (known === undefined) this.byId.set(id, [one]);
        else known.push(one);
      }
    }
  }

  having(ids: ReadonlySet<string>): Measured[] {
    const found = new Set<Measured>();
    for (const id of ids) for (const one of this.byId.get(id) ?? []) found.add(one);
    return [...found];
  }
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
