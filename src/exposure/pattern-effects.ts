import type { Tenant } from '../access/tenant.js';
import type { Figures, LessAccess } from './figures.js';
import type { Measured } from './measured.js';
import type { RemovablePattern } from './without-pattern.js';

/** What somebody would do by taking a string out of a role, worked out anew for all who have the role. */
export class PatternEffects {
  /** Principals and groups that have it, by role. */
  private readonly holding = new Map<string, Set<string>>();
  private readonly byId = new Map<string, Measured[]>();

  constructor(
    private readonly tenant: Tenant,
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

  of({ roleGuid, without }: RemovablePattern): { readonly removed: number; readonly identities: number } {
    const touched = this.holding.get(roleGuid)!;
    const less: LessAccess = {
      role: guid => (guid === roleGuid ? without : this.tenant.role(guid)),
      touched,
      levels: new Map(),
    };
    let [removed, identities] = [0, 0];
    for (const { holder, points } of this.among(touched)) {
      const lost = points - this.figures.pointsUnder(holder, less);
      if (lost === 0) continue;
      removed += lost;
      identities++;
    }
    return { removed, identities };
  }

  /** Those who have an assignment of these, of their own or through a group. */
  private among(ids: ReadonlySet<string>): Set<Measured> {
    return new Set([...ids].flatMap(id => this.byId.get(id)!));
  }
}
