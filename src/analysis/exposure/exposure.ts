import type { Tenant } from '../../tenant/access/tenant.js';
import type { OperationGroup } from '../../lint/checks/operation-group.js';
import type { Principal } from '../../rbac/model/principal.js';
import { bestChanges } from './changes.js';
import type { ExposedCell, ExposedIdentity, Exposure } from './exposed-identity.js';
import { ScoreCalculator } from './score-calculator.js';
import { type ContributingAssignment, ContributionDescriber } from './contribution-describer.js';
import { KindTable, type AccessKind, loadAccessKinds } from './kind-table.js';
import { LeaveOneOut } from './leave-one-out.js';
import { scoreIdentities, type IdentityScore, tenantScore } from './identity-score.js';
import type { NeededAccess } from './counted-access.js';
import { UnreadAccess } from './open-access.js';
import { toPoints } from './levels.js';
import { actingPrincipals } from '../../tenant/access/acting-principals.js';

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
  const calculator = new ScoreCalculator(tenant, table, needed);
  const open = new UnreadAccess(tenant, calculator);
  const leaveOneOut = new LeaveOneOut(calculator);
  const all = scoreIdentities(actingPrincipals(tenant), {
    tenant,
    calculator,
    open,
    see: strength => leaveOneOut.add(strength),
  });
  const lister = new IdentityLister(tenant, calculator, open, needed);
  return {
    kinds: kinds.map(({ id, title, weight, why }) => ({ id, title, weight, why })),
    score: tenantScore(all),
    identities: all.scores.map(one => lister.listed(one)),
    changes: bestChanges(tenant, calculator, leaveOneOut, all.scores),
    open: open.everybody,
  };
}

/** Says of identities what their figures are made of, when somebody reads it: most are never looked at. */
class IdentityLister {
  private readonly describer: ContributionDescriber;

  constructor(
    private readonly tenant: Tenant,
    private readonly calculator: ScoreCalculator,
    private readonly open: UnreadAccess,
    private readonly needed: NeededAccess | undefined,
  ) {
    this.describer = new ContributionDescriber(tenant, calculator);
  }

  listed(scores: IdentityScore): ExposedIdentity {
    const { holder } = scores;
    const { principal } = holder;
    const known = this.tenant.snapshot.principals.get(principal);
    const cells = (): ExposedCell[] => this.cells(scores);
    const unknown = (): readonly string[] => this.open.reasonsOf(holder);
    return {
      id: principal,
      type: known?.type ?? this.saidType(principal),
      displayName: known?.displayName ?? null,
      servicePrincipalType: known?.servicePrincipalType ?? null,
      isGuest: isGuest(known),
      isDisabled: known?.accountEnabled === false,
      figure: toPoints(scores.points),
      upTo: toPoints(scores.most),
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

  private cells({ holder, levels, maxLevels, eligible }: IdentityScore): ExposedCell[] {
    const held = this.describer.held(holder);
    const activatable = this.describer.activatable(holder);
    return this.calculator.table.kinds.flatMap(({ id, weight }, kind) => {
      const [level, most, more] = [levels[kind]!, maxLevels[kind]!, eligible[kind]!];
      if (level === 0 && most === 0 && more === 0) return [];
      const contributions = level === 0 ? undefined : held[kind];
      const later = more > level ? activatable[kind] : undefined;
      const describe = (each: ContributingAssignment) => this.describer.describe(each, kind, holder);
      return {
        kind: id,
        points: toPoints(weight * level),
        upTo: toPoints(weight * most),
        eligible: toPoints(weight * Math.max(0, more - level)),
        because: contributions?.first.map(describe) ?? [],
        more: contributions === undefined ? 0 : contributions.atLevel - contributions.first.length,
        weaker: contributions === undefined ? 0 : contributions.all - contributions.atLevel,
        activatable: later?.first.map(describe) ?? [],
      };
    });
  }
}

function isGuest(principal: Principal | undefined): boolean {
  return principal?.userType === 'Guest';
}
