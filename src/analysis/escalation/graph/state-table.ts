import { append } from '../../../maps.js';
import type { GraphSource } from './graph-source.js';
import { principalTypeOf } from '../../../tenant/access/principal-type.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import { PrincipalState } from './principal-state.js';
import { CustomRoleList } from '../grants/custom-roles.js';
import type { DenialTable } from '../grants/denials.js';
import { either } from '../methods/interned-sets.js';
import { HolderSummary } from './holder-summary.js';
import type { MethodGrant } from '../grants/grant.js';
import { GrantList } from '../grants/grant-list.js';
import type { GrantIndex } from '../grants/grant-index.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Pruner } from './pruner.js';

/** Makes states of principals, each once. */
export class StateTable {
  private readonly tenant: Tenant;
  private readonly table: MethodTable;
  private readonly denials: DenialTable;
  private readonly pruner: Pruner;
  private readonly known = new Map<string, PrincipalState>();
  private readonly byPrincipal = new Map<string, PrincipalState | undefined>();
  private readonly ownedBy: ReadonlyMap<string, readonly string[]>;
  private readonly summaries = new Map<string, HolderSummary>();

  constructor(
    { tenant, table, denials, pruner }: GraphSource,
    private readonly grants: GrantIndex,
  ) {
    this.tenant = tenant;
    this.table = table;
    this.denials = denials;
    this.pruner = pruner;
    this.ownedBy = ownersOf(tenant);
  }

  /** The principal as it is; undefined where it holds and owns nothing that matters, or nobody can sign in as it. */
  of(principal: string): PrincipalState | undefined {
    let state = this.byPrincipal.get(principal);
    if (state === undefined && !this.byPrincipal.has(principal)) {
      state = this.current(principal);
      this.byPrincipal.set(principal, state);
    }
    return state;
  }

  private current(principal: string): PrincipalState | undefined {
    const known = this.tenant.snapshot.principals.get(principal);
    if (known?.accountEnabled === false) return undefined;
    const principalType = principalTypeOf(principal, this.tenant);
    if (this.tenant.isDeleted({ principalId: principal, principalType })) return undefined;
    const { ids, isComplete } = this.tenant.identityOf(principal);
    const matters =
      this.ownedBy.has(principal) ||
      ids.some(id => this.summaryOf(id).hasUseful || this.grants.eligibleOf(id).length > 0);
    return matters
      ? this.state({ type: principalType, ids, isComplete, gained: [], without: undefined })
      : undefined;
  }

  /** The same one with more, and in more groups. */
  with(
    state: PrincipalState,
    gained: readonly MethodGrant[],
    joined: readonly string[] = [],
  ): PrincipalState {
    const ids = [...new Set([...state.ids, ...joined.flatMap(group => this.tenant.identityOf(group).ids)])];
    const more = [...new Map([...state.gained, ...gained].map(each => [each.key, each])).values()];
    return this.state({
      type: state.type,
      ids,
      isComplete: state.subject.isComplete,
      gained: more,
      without: state.without,
    });
  }

  /** The same one if an assignment were not there; what it gained on the way it keeps. */
  lessened({ type, ids, subject, gained }: PrincipalState, without: RoleAssignment): PrincipalState {
    return this.state({ type, ids, isComplete: subject.isComplete, gained, without });
  }

  private state({ type, ids, isComplete, gained, without }: StateParts): PrincipalState {
    const summaries = ids.map(id => this.summaryOf(id, without));
    const attaches = summaries.some(({ isAttaching }) => isAttaching) || gained.length > 0;
    const own = summaries.map(summary => summary.list(attaches));
    const lists = own.filter(({ grants }) => grants.length > 0);
    if (gained.length > 0) lists.push(new GrantList(gained, this.tenant.scopeNodes, this.table.held));
    const subject = this.denials.subjectOf({ ids, isComplete });
    const customRoles = this.customRoles(ids, summaries, gained, without);
    const eligibleHolders = ids.filter(id => this.grants.eligibleOf(id).length > 0);
    const owned = (this.ownedBy.get(ids[0]!) ?? []).filter(id => !ids.includes(id));
    const guards = lists.flatMap(list => list.guards);
    const key = [
      owned.length > 0 || guards.some(({ asksForPrincipal }) => asksForPrincipal) ? ids.join(' ') : '',
      guards.length > 0 ? type : '',
      subject.key,
      without !== undefined && ids.includes(without.principalId) ? without.id : '',
      sorted(ids.filter((_, i) => own[i]!.grants.length > 0)),
      sorted(eligibleHolders),
      sorted(new Set(customRoles.flatMap(({ holders }) => holders))),
      sorted(gained.map(each => each.key)),
    ].join('|');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const eligible = eligibleHolders
      .flatMap(id => this.grants.eligibleOf(id))
      .filter(grant => isThere(grant, without));
    const state = new PrincipalState({
      type,
      ids,
      subject,
      lists,
      gained,
      customRoles,
      eligible,
      owned,
      without,
    });
    this.known.set(key, state);
    return state;
  }

  /** Nothing where it does nothing that changes what somebody holds. */
  private customRoles(
    ids: readonly string[],
    summaries: readonly HolderSummary[],
    gained: readonly MethodGrant[],
    without: RoleAssignment | undefined,
  ): readonly CustomRoleList[] {
    const mayGrow =
      summaries.some(({ mask }) => (mask & this.table.growing) !== 0n) ||
      gained.some(({ granted }) => (either(granted) & this.table.growing) !== 0n);
    if (!mayGrow) return [];
    const own = ids.map(id => this.grants.customRoles.of(id).without(without));
    const more = gained.flatMap(grant => this.grants.customRoles.in(grant));
    return [...own, new CustomRoleList(more)].filter(({ roles }) => roles.length > 0);
  }

  /** What the id holds of use, without the assignment where it is one of its own. */
  private summaryOf(id: string, without?: RoleAssignment): HolderSummary {
    const grants = this.grants.of(id);
    if (id === without?.principalId) return this.summarise(grants.filter(grant => isThere(grant, without)));
    let summary = this.summaries.get(id);
    if (summary === undefined) this.summaries.set(id, (summary = this.summarise(grants)));
    return summary;
  }

  private summarise(grants: readonly MethodGrant[]): HolderSummary {
    const { table, denials, pruner } = this;
    return new HolderSummary(grants, { scopeNodes: this.tenant.scopeNodes, table, denials, pruner });
  }
}

/** What tells states apart. */
interface StateParts {
  readonly type: string;
  readonly ids: readonly string[];
  readonly isComplete: boolean;
  readonly gained: readonly MethodGrant[];
  readonly without: RoleAssignment | undefined;
}

function isThere({ source }: MethodGrant, without: RoleAssignment | undefined): boolean {
  return without === undefined || source.kind === 'gained' || source.assignment !== without;
}

function sorted(texts: Iterable<string>): string {
  return [...texts].sort().join(' ');
}

/**
 * What each owns that an owner can become: groups, and service principals. Nobody adds credentials to a managed identity
 * (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview).
 */
function ownersOf({ snapshot: { principals } }: Tenant): ReadonlyMap<string, readonly string[]> {
  const owned = new Map<string, string[]>();
  for (const { id, type, owners, servicePrincipalType } of principals.values()) {
    if (type !== 'Group' && (type !== 'ServicePrincipal' || servicePrincipalType === 'ManagedIdentity'))
      continue;
    for (const owner of new Set(owners)) {
      append(owned, owner, id);
    }
  }
  return owned;
}
