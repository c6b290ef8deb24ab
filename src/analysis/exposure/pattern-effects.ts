import type { Tenant } from '../../tenant/access/tenant.js';
import type { Figures, LessAccess } from './score-calculator.js';
import type { Measured } from './identity-score.js';
import type { RemovablePattern } from './without-pattern.js';

/** What somebody would do by taking a string out of a role, worked out anew for all who have the role. */
export class PatternEffects {
  /** Principals and groups that have it, by role. */
  private readonly holding = new Map<string, Set<string>>();
  private readonly byId = new Map<string, Measured[]>();

  constructor(
    tenant: Tenant,
    private readonly figures: Figures,
    measured: readonly Measured[],
    patterns: readonly RemovablePattern[],
  ) {
    for (const { roleGuid } of patterns) this.holding.set(roleGuid, new Set());
    if (patterns.length === 0) return;
    for (const { roleGuid, principalId } of tenant.assignments) this.holding.get(roleGuid)?.add(principalId);
    for (const ids of this.holding.values()) for (const id of ids) this.byId.set(id, []);
    for (const one of measured)
      if (one.points > 0) for (const id of one.holder.ids) this.byId.get(id)?.push(one);
  }

  of(changed: RemovablePattern): { readonly removed: number; readonly identities: number } {
    const touched = this.holding.get(changed.roleGuid)!;
    const less: LessAccess = { changed, touched, levels: new Map() };
    let [removed, identities] = [0, 0];
    for (const { holder, points } of this.concerned(touched, less)) {
      const lost = points - this.figures.pointsUnder(holder, less);
      if (lost === 0) continue;
      removed += lost;
      identities++;
    }
    return { removed, identities };
  }

  /** Those who have the role, of their own or through a group, where something else there does not give as much. */
  private concerned(touched: ReadonlySet<string>, less: LessAccess): Set<Measured> {
    const found = new Set<Measured>();
    for (const id of touched) {
      const mayLower = this.figures.mayLower(id, less);
      for (const one of this.byId.get(id)!) if (mayLower || this.figures.isNeedy(one.holder)) found.add(one);
    }
    return found;
  }
}
