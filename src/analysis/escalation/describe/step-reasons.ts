import type { Reason } from '../../../tenant/access/decision.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { PrincipalState } from '../graph/principal-state.js';
import type { MethodGrant, AssignmentSource } from '../grants/grant.js';
import type { GrantedOperations } from '../grants/grant-evaluator.js';
import type { EdgeStep, PathEdge } from '../graph/path-graph.js';
import type { NumberedOperation } from '../methods/method-table.js';

/** What a step rests on: assignments that stand in the snapshot, and what was gained before. */
export interface StepGrounds {
  readonly because: readonly Reason[];
  readonly assignments: readonly RoleAssignment[];
  /** What was gained before and is used here, by the key of the grant: which operations of it. */
  readonly used: ReadonlyMap<string, bigint>;
  /** Ids that have the assignments. */
  readonly holders: readonly string[];
}

/** Says why somebody may do operations at a scope, each by the grant that is surest and stands in the snapshot. */
export class StepReasons {
  constructor(private readonly tenant: Tenant) {}

  of(
    state: PrincipalState,
    acting: string,
    operations: readonly NumberedOperation[],
    place: Scope,
  ): StepGrounds {
    const keys = this.tenant.tree.keysFrom(place);
    const reaching = state.grants.filter(({ scope }) => keys.has(scope.key));
    const because = new Map<string, Reason>();
    const assignments = new Set<RoleAssignment>();
    const used = new Map<string, bigint>();
    const holders = new Set<string>();
    for (const operation of operations) {
      const grant = surest(reaching, operation.bit);
      if (grant === undefined) continue;
      if (grant.source.kind === 'gained') {
        const key = grant.key;
        used.set(key, (used.get(key) ?? 0n) | operation.bit);
        continue;
      }
      const reason = {
        ...this.ofAssignment(grant.source, state, acting),
        ...this.through(grant.source, grant.granted, operation),
      };
      because.set(`${reason.id} ${reason.pattern ?? ''}`, reason);
      assignments.add(grant.source.assignment);
      holders.add(grant.source.holder);
    }
    return { because: [...because.values()], assignments: [...assignments], used, holders: [...holders] };
  }

  /** The reason that is the assignment itself, whatever it grants. */
  ofAssignment(
    { kind, assignment, holder }: AssignmentSource,
    state: PrincipalState,
    acting: string,
  ): Reason {
    const role = this.tenant.role(assignment.roleGuid);
    return {
      kind,
      id: assignment.id,
      scope: assignment.scope,
      role: role === undefined ? null : roleName(role.role),
      pattern: null,
      via: this.via(holder, state, acting),
      condition: assignment.condition ?? null,
    };
  }

  /** Groups from the one who acts, or one that it joined, to the one that has the assignment. */
  private via(holder: string, state: PrincipalState, acting: string): readonly string[] {
    const { memberships } = this.tenant;
    if (this.tenant.identityOf(acting).ids.includes(holder)) return memberships.via(acting, holder);
    const joined = state.ids.find(id => this.tenant.identityOf(id).ids.includes(holder));
    return joined === undefined ? [holder] : [joined, ...memberships.via(joined, holder)];
  }

  /** The string of the role that gives an operation, and the condition that it is given under. */
  private through(
    held: AssignmentSource,
    { definite }: GrantedOperations,
    { operation, plane, bit }: NumberedOperation,
  ): Pick<Reason, 'pattern' | 'condition'> {
    const [witness] = this.tenant.role(held.assignment.roleGuid)!.witnesses(operation, plane);
    const texts = [held.assignment.condition, witness?.permission.permission.condition?.value];
    const conditions = texts.filter(text => text !== undefined);
    return {
      pattern: witness?.entry.text.trim() ?? null,
      condition: (definite & bit) !== 0n || conditions.length === 0 ? null : conditions.join(' AND '),
    };
  }
}

function surest(grants: readonly MethodGrant[], bit: bigint): MethodGrant | undefined {
  const rank = ({ granted, source }: MethodGrant): number => {
    if ((granted.definite & bit) !== 0n) return source.kind === 'gained' ? 1 : 0;
    if ((granted.possible & bit) === 0n) return Infinity;
    return source.kind === 'gained' ? 3 : 2;
  };
  let best: MethodGrant | undefined;
  for (const grant of grants) {
    const better = rank(grant);
    if (better < Infinity && (best === undefined || better < rank(best))) best = grant;
  }
  return best;
}

/** A step of a path, and who is about to do it. */
export interface TakenStep {
  readonly edge: PathEdge & { readonly step: EdgeStep };
  readonly state: PrincipalState;
  /** The id of the principal. */
  readonly acting: string;
}

/** What a path was found to need so far, its end first. */
export interface PathNeeds {
  readonly assignments: Set<RoleAssignment>;
  /** Operations that later steps take from what was gained, by the key of the grant. */
  readonly used: Map<string, bigint>;
  /** Ids that have the assignments which the steps rest on. */
  readonly holders: Set<string>;
}

/** Remembers what a step rests on. */
export function note({ assignments, used, holders }: StepGrounds, needs: PathNeeds): void {
  for (const assignment of assignments) needs.assignments.add(assignment);
  for (const holder of holders) needs.holders.add(holder);
  for (const [key, bits] of used) needs.used.set(key, (needs.used.get(key) ?? 0n) | bits);
}
