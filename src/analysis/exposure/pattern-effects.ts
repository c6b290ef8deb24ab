import type { ActionEntry, RoleDefinition } from '../../rbac/model/role-definition.js';
import { permissionsOf, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { ScoreCalculator, LessAccess } from './score-calculator.js';
import type { IdentityScore } from './identity-score.js';

/** What somebody would do by taking a string out of a role, worked out anew for all who have the role. */
export class PatternEffects {
  /** Principals and groups that have it, by role. */
  private readonly holding = new Map<string, Set<string>>();
  private readonly byId = new Map<string, IdentityScore[]>();

  constructor(
    tenant: Tenant,
    private readonly calculator: ScoreCalculator,
    scores: readonly IdentityScore[],
    patterns: readonly RemovablePattern[],
  ) {
    for (const { roleGuid } of patterns) this.holding.set(roleGuid, new Set());
    if (patterns.length === 0) return;
    for (const { roleGuid, principalId } of tenant.assignments) this.holding.get(roleGuid)?.add(principalId);
    for (const ids of this.holding.values()) for (const id of ids) this.byId.set(id, []);
    for (const one of scores)
      if (one.points > 0) for (const id of one.holder.ids) this.byId.get(id)?.push(one);
  }

  of(changed: RemovablePattern): { readonly removed: number; readonly identities: number } {
    const touched = this.holding.get(changed.roleGuid)!;
    const less: LessAccess = { changed, touched, levels: new Map() };
    let [removed, identities] = [0, 0];
    for (const { holder, points } of this.concerned(touched, less)) {
      const lost = points - this.calculator.pointsUnder(holder, less);
      if (lost === 0) continue;
      removed += lost;
      identities++;
    }
    return { removed, identities };
  }

  /** Identities who have the role, of their own or through a group, where something else there does not give as much. */
  private concerned(touched: ReadonlySet<string>, less: LessAccess): Set<IdentityScore> {
    const found = new Set<IdentityScore>();
    for (const id of touched) {
      const mayLower = this.calculator.mayLower(id, less);
      for (const one of this.byId.get(id)!)
        if (mayLower || this.calculator.isNeedy(one.holder)) found.add(one);
    }
    return found;
  }
}

/** A string that could be taken out of a custom role, and the role without it. */
export interface RemovablePattern {
  readonly roleGuid: string;
  readonly list: 'actions' | 'dataActions';
  readonly pattern: string;
  readonly without: RolePermissions;
}

/** Each string of a role once, in their order. */
export function* removablePatterns(
  roleGuid: string,
  role: RoleDefinition,
  tenant: Tenant,
): Generator<RemovablePattern> {
  for (const list of ['actions', 'dataActions'] as const) {
    const texts = new Map<string, string>();
    for (const permission of role.permissions)
      for (const { key, text } of permission[list]) if (!texts.has(key)) texts.set(key, text.trim());
    if (texts.size > maxPatterns) continue;
    for (const [key, pattern] of texts) {
      const without = permissionsOf(withoutKey(role, list, key), tenant.catalog, tenant.index);
      yield { roleGuid, list, pattern, without };
    }
  }
}

/** Who writes more by hand edits them by other means. */
const maxPatterns = 200;

function withoutKey(role: RoleDefinition, list: 'actions' | 'dataActions', key: string): RoleDefinition {
  const kept = (entries: readonly ActionEntry[]): readonly ActionEntry[] =>
    entries.filter(entry => entry.key !== key);
  return {
    ...role,
    permissions: role.permissions.map(permission => ({ ...permission, [list]: kept(permission[list]) })),
  };
}
