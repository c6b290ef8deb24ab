import type { Tenant } from '../../tenant/access/tenant.js';
import type { OperationGroup } from '../../lint/checks/operation-group.js';
import type { Principal } from '../../rbac/model/principal.js';
import { type AccessKind, loadAccessKinds } from './access-kind.js';
import { bestChanges } from './changes.js';
import type { ExposedCell, ExposedIdentity, Exposure } from './exposed-identity.js';
import { Figures } from './score-calculator.js';
import type { Given } from './contributions.js';
import { GivingDescriber } from './contribution-describer.js';
import { KindTable } from './kind-table.js';
import { Losses } from './leave-one-out.js';
import { measure, type Measured } from './identity-score.js';
import type { NeededAccess } from './needed-access.js';
import { OpenAccessFinder } from './open-access.js';
import { toPoints } from './points.js';
import { tenantScore } from './tenant-score.js';
import { actingIdentities } from './acting-principals.js';

/** Works out how exposed a tenant is: a figure per identity, what it is made of, and what would lower it. Deterministic. */
export function exposureOf(
  tenant: Tenant,
  groups: readonly OperationGroup[],
  {
    needed,
    kinds = loadAccessKinds(),
  }: { readonly needed?: NeededAccess | undefined; readonly kinds?: readonly AccessKind[] } = {},
): Exposure {
  const table = new KindTable(kinds, groups, tenant.catalog, tenant.index);
  const figures = new Figures(tenant, table, needed);
  const open = new OpenAccessFinder(tenant, figures);
  const losses = new Losses(figures);
  const all = measure(tenant, actingIdentities(tenant), figures, open, strength => losses.add(strength));
  const lister = new IdentityLister(tenant, figures, open, needed);
  return {
    kinds: kinds.map(({ id, title, weight, why }) => ({ id, title, weight, why })),
    score: tenantScore(all),
    identities: all.measured.map(one => lister.listed(one)),
    changes: bestChanges(tenant, figures, losses, all.measured),
    open: open.everybody,
  };
}

/** Says of identities what their figures are made of, when somebody reads it: most are never looked at. */
class IdentityLister {
  private readonly describer: GivingDescriber;

  constructor(
    private readonly tenant: Tenant,
    private readonly figures: Figures,
    private readonly open: OpenAccessFinder,
    private readonly needed: NeededAccess | undefined,
  ) {
    this.describer = new GivingDescriber(tenant, figures);
  }

  listed(measured: Measured): ExposedIdentity {
    const { holder } = measured;
    const { principal } = holder;
    const known = this.tenant.snapshot.principals.get(principal);
    const cells = (): ExposedCell[] => this.cells(measured);
    const unknown = (): readonly string[] => this.open.reasonsOf(holder);
    return {
      id: principal,
      type: known?.type ?? this.saidType(principal),
      displayName: known?.displayName ?? null,
      servicePrincipalType: known?.servicePrincipalType ?? null,
      isGuest: isGuest(known),
      isDisabled: known?.accountEnabled === false,
      figure: toPoints(measured.points),
      upTo: toPoints(measured.most),
      isExpected: this.needed?.knows(principal) === true,
      get cells() {
        return cells();
      },
      get unknown() {
        return unknown();
      },
    };
  }

  /** What the directory does not know may be said by an assignment. */
  private saidType(principal: string): string {
    const said = [this.tenant.assignmentsOf(principal), this.tenant.eligibleOf(principal)].flat();
    return said.find(({ principalType }) => principalType !== undefined)?.principalType ?? 'Unknown';
  }

  private cells({ holder, levels, mostLevels, eligible }: Measured): ExposedCell[] {
    const held = this.describer.held(holder);
    const activatable = this.describer.activatable(holder);
    return this.figures.table.kinds.flatMap(({ id, weight }, kind) => {
      const [level, most, more] = [levels[kind]!, mostLevels[kind]!, eligible[kind]!];
      if (level === 0 && most === 0 && more === 0) return [];
      const given = level === 0 ? undefined : held[kind];
      const later = more > level ? activatable[kind] : undefined;
      const describe = (each: Given) => this.describer.describe(each, kind, holder);
      return {
        kind: id,
        points: toPoints(weight * level),
        upTo: toPoints(weight * most),
        eligible: toPoints(weight * Math.max(0, more - level)),
        because: given?.first.map(describe) ?? [],
        more: given === undefined ? 0 : given.strongest - given.first.length,
        weaker: given === undefined ? 0 : given.all - given.strongest,
        activatable: later?.first.map(describe) ?? [],
      };
    });
  }
}

function isGuest(principal: Principal | undefined): boolean {
  return principal?.userType === 'Guest';
}
