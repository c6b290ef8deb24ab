import type { Reason } from '../../../tenant/access/decision.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { Actor } from '../graph/principal-state.js';
import type { Holding } from '../grants/grant.js';
import type { Granted } from '../grants/grant-evaluator.js';
import type { HeldThrough } from '../grants/held-through.js';
import type { NumberedOperation } from '../methods/method-table.js';

/** What a step rests on: assignments that stand in the snapshot, and what was gained before. */
export interface StepGrounds {
  readonly because: readonly Reason[];
  readonly assignments: readonly RoleAssignment[];
  /** What was gained before and is used here, by the key of the holding: which operations of it. */
  readonly used: ReadonlyMap<string, bigint>;
  /** Ids that have the assignments. */
  readonly holders: readonly string[];
}

/** Says why somebody may do operations at a scope, each by the grant that is surest and stands in the snapshot. */
export class StepReasons {
  constructor(private readonly tenant: Tenant) {}

  of(actor: Actor, acting: string, operations: readonly NumberedOperation[], place: Scope): StepGrounds {
    const keys = this.tenant.tree.keysFrom(place);
    const reaching = actor.holdings.filter(({ scope }) => keys.has(scope.key));
    const because = new Map<string, Reason>();
    const assignments = new Set<RoleAssignment>();
    const used = new Map<string, bigint>();
    const holders = new Set<string>();
    for (const operation of operations) {
      const holding = surest(reaching, operation.bit);
      if (holding === undefined) continue;
      if (holding.source.kind === 'gained') {
        const key = holding.key;
        used.set(key, (used.get(key) ?? 0n) | operation.bit);
        continue;
      }
      const reason = this.reason(holding.source, holding.granted, operation, actor, acting);
      because.set(`${reason.id} ${reason.pattern ?? ''}`, reason);
      assignments.add(holding.source.assignment);
      holders.add(holding.source.holder);
    }
    return { because: [...because.values()], assignments: [...assignments], used, holders: [...holders] };
  }

  /** The reason that is the assignment itself, whatever it grants. */
  ofHolding({ kind, assignment, holder }: HeldThrough, actor: Actor, acting: string): Reason {
    const role = this.tenant.role(assignment.roleGuid);
    return {
      kind,
      id: assignment.id,
      scope: assignment.scope,
      role: role === undefined ? null : roleName(role.role),
      pattern: null,
      via: this.via(holder, actor, acting),
      condition: assignment.condition ?? null,
    };
  }

  /** Groups from the one who acts, or one that it joined, to the one that has the assignment. */
  private via(holder: string, actor: Actor, acting: string): readonly string[] {
    const { memberships } = this.tenant;
    if (this.tenant.identityOf(acting).ids.includes(holder)) return memberships.via(acting, holder);
    const joined = actor.ids.find(id => this.tenant.identityOf(id).ids.includes(holder));
    return joined === undefined ? [holder] : [joined, ...memberships.via(joined, holder)];
  }

  private reason(
    held: HeldThrough,
    { certain }: Granted,
    { operation, plane, bit }: NumberedOperation,
    actor: Actor,
    acting: string,
  ): Reason {
    const [witness] = this.tenant.role(held.assignment.roleGuid)!.witnesses(operation, plane);
    const texts = [held.assignment.condition, witness?.permission.permission.condition?.value];
    const conditions = texts.filter(text => text !== undefined);
    return {
      ...this.ofHolding(held, actor, acting),
      pattern: witness?.entry.text.trim() ?? null,
      condition: (certain & bit) !== 0n || conditions.length === 0 ? null : conditions.join(' AND '),
    };
  }
}

function surest(holdings: readonly Holding[], bit: bigint): Holding | undefined {
  const rank = ({ granted, source }: Holding): number => {
    if ((granted.certain & bit) !== 0n) return source.kind === 'gained' ? 1 : 0;
    if ((granted.perhaps & bit) === 0n) return Infinity;
    return source.kind === 'gained' ? 3 : 2;
  };
  let best: Holding | undefined;
  for (const holding of holdings) {
    const better = rank(holding);
    if (better < Infinity && (best === undefined || better < rank(best))) best = holding;
  }
  return best;
}
