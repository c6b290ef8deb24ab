import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { Denials, DenySubject } from './denied.js';
import type { Granted, Guard } from './granted.js';
import type { HeldCustomRole, Holding, Holdings } from './holding.js';
import type { MethodTable } from './method-table.js';
import { principalTypeOf } from './path-principal.js';
import type { Relevance } from './relevance.js';

/**
 * Somebody with all that they hold at a point of a path. Principals who hold the same are one actor: members of a group
 * share their paths.
 */
export interface Actor {
  readonly type: string;
  /** Itself, then its groups, those that it joined on the way among them. Of one of those who share it. */
  readonly ids: readonly string[];
  readonly subject: DenySubject;
  /** Its own, its groups', and what it gained on the way. */
  readonly holdings: readonly Holding[];
  readonly gained: readonly Holding[];
  /** Those that it could edit, for one that may edit anything. */
  readonly customRoles: readonly HeldCustomRole[];
  /** What it could activate. */
  readonly eligible: readonly Holding[];
  /** Ids of principals that it owns; nothing of what it has joined. */
  readonly owned: readonly string[];
  /** The assignment that is taken for not there, where one is. */
  readonly without: RoleAssignment | undefined;
}

/** Makes actors, each once. */
export class Actors {
  private readonly known = new Map<string, Actor>();
  private readonly byPrincipal = new Map<string, Actor | undefined>();
  private readonly ownedBy: ReadonlyMap<string, readonly string[]>;
  private readonly summaries = new Map<string, Summary>();
  private readonly growing: bigint;

  constructor(
    private readonly tenant: Tenant,
    table: MethodTable,
    private readonly holdings: Holdings,
    private readonly denials: Denials,
    private readonly relevance: Relevance,
  ) {
    this.ownedBy = ownersOf(tenant);
    this.growing = table.growing;
  }

  /** The principal as it is; undefined where it holds and owns nothing that matters, or nobody can sign in as it. */
  of(principal: string): Actor | undefined {
    let actor = this.byPrincipal.get(principal);
    if (actor === undefined && !this.byPrincipal.has(principal)) {
      actor = this.asItIs(principal);
      this.byPrincipal.set(principal, actor);
    }
    return actor;
  }

  private asItIs(principal: string): Actor | undefined {
    const known = this.tenant.snapshot.principals.get(principal);
    if (known?.accountEnabled === false) return undefined;
    const principalType = principalTypeOf(principal, this.tenant);
    if (this.tenant.isDeleted({ principalId: principal, principalType })) return undefined;
    const { ids, isWhole } = this.tenant.identityOf(principal);
    const matters =
      this.ownedBy.has(principal) ||
      ids.some(id => this.summaryOf(id).useful.length > 0 || this.holdings.eligibleOf(id).length > 0);
    return matters ? this.actor(principalType, ids, isWhole, []) : undefined;
  }

  /** The same one with more, and in more groups. */
  with(actor: Actor, gained: readonly Holding[], joined: readonly string[] = []): Actor {
    const ids = [...new Set([...actor.ids, ...joined.flatMap(group => this.tenant.identityOf(group).ids)])];
    const more = [...new Map([...actor.gained, ...gained].map(each => [each.key, each])).values()];
    return this.actor(actor.type, ids, actor.subject.isWhole, more, actor.without);
  }

  /** The same one if an assignment were not there; what it gained on the way it keeps. */
  lessened({ type, ids, subject, gained }: Actor, without: RoleAssignment): Actor {
    return this.actor(type, ids, subject.isWhole, gained, without);
  }

  private actor(
    type: string,
    ids: readonly string[],
    isWhole: boolean,
    gained: readonly Holding[],
    without?: RoleAssignment,
  ): Actor {
    const isThere = ({ source }: Holding): boolean =>
      without === undefined || source.kind === 'gained' || source.assignment !== without;
    const summaries = ids.map(id =>
      id === without?.principalId ? this.summarise(this.holdings.of(id).filter(isThere)) : this.summaryOf(id),
    );
    const attaches = summaries.some(({ isAttaching }) => isAttaching) || gained.length > 0;
    const holders = ids.filter((_, i) => holdingsIn(summaries[i]!, attaches).length > 0);
    const holdings = [...summaries.flatMap(summary => holdingsIn(summary, attaches)), ...gained];
    const subject = this.denials.subjectOf({ ids, isWhole });
    const all = gained.reduce(
      (mask, { granted }) => mask | granted.certain | granted.perhaps,
      summaries.reduce((mask, { mask: more }) => mask | more, 0n),
    );
    const mayGrow = (all & this.growing) !== 0n;
    const customRoles = mayGrow
      ? [
          ...ids
            .flatMap(id => this.holdings.customRolesOf(id))
            .filter(({ held }) => without === undefined || held?.assignment !== without),
          ...gained.flatMap(holding => this.holdings.customRolesIn(holding)),
        ]
      : [];
    const eligibleHolders = ids.filter(id => this.holdings.eligibleOf(id).length > 0);
    const owned = (this.ownedBy.get(ids[0]!) ?? []).filter(id => !ids.includes(id));
    const guards = [
      ...summaries.flatMap(each => (attaches ? each.allGuards : each.guards)),
      ...gained.flatMap(({ granted }) => granted.guards),
    ];
    const key = [
      owned.length > 0 || guards.some(({ asksForPrincipal }) => asksForPrincipal) ? ids.join(' ') : '',
      guards.length > 0 ? type : '',
      subject.key,
      without !== undefined && ids.includes(without.principalId) ? without.id : '',
      holders.toSorted().join(' '),
      eligibleHolders.toSorted().join(' '),
      [...new Set(customRoles.flatMap(({ held }) => held?.holder ?? []))].sort().join(' '),
      gained
        .map(({ key }) => key)
        .toSorted()
        .join(' '),
    ].join('|');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const eligible = eligibleHolders.flatMap(id => this.holdings.eligibleOf(id)).filter(isThere);
    const actor = { type, ids, subject, holdings, gained, customRoles, eligible, owned, without };
    this.known.set(key, actor);
    return actor;
  }

  /** What the id holds of use, worked out once for all who are in the group. */
  private summaryOf(id: string): Summary {
    let summary = this.summaries.get(id);
    if (summary === undefined) this.summaries.set(id, (summary = this.summarise(this.holdings.of(id))));
    return summary;
  }

  private summarise(holdings: readonly Holding[]): Summary {
    const useful = holdings.filter(holding => this.relevance.isUseful(holding));
    const others = holdings.filter(
      holding => !this.relevance.isUseful(holding) && this.relevance.isCarrier(holding),
    );
    const carriers = this.withoutRepeats(others);
    const guardsOf = (some: readonly Holding[]): readonly Guard[] => [
      ...new Set(some.flatMap(({ granted }) => granted.guards)),
    ];
    return {
      useful,
      carriers,
      isAttaching: useful.some(holding => this.relevance.isAttaching(holding)),
      mask: useful.reduce((mask, { granted }) => mask | granted.certain | granted.perhaps, 0n),
      guards: guardsOf(useful),
      allGuards: guardsOf([...useful, ...carriers]),
    };
  }

  /** The same grant at several places is no better than at one, unless something there stands in the way. */
  private withoutRepeats(carriers: readonly Holding[]): readonly Holding[] {
    const seen = new Set<Granted>();
    return carriers.filter(({ scope, granted }) => {
      if (scope.kind === 'resource' || this.denials.isTouched(scope)) return true;
      if (seen.has(granted)) return false;
      seen.add(granted);
      return true;
    });
  }
}

/** What one id holds itself. */
interface Summary {
  readonly useful: readonly Holding[];
  /** Of use to those alone who can attach an identity. */
  readonly carriers: readonly Holding[];
  readonly isAttaching: boolean;
  /** All operations of what is useful. */
  readonly mask: bigint;
  /** Of what is useful. */
  readonly guards: readonly Guard[];
  /** Of the carriers as well. */
  readonly allGuards: readonly Guard[];
}

function holdingsIn({ useful, carriers }: Summary, attaches: boolean): readonly Holding[] {
  return attaches && carriers.length > 0 ? [...useful, ...carriers] : useful;
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
      const known = owned.get(owner);
      if (known === undefined) owned.set(owner, [id]);
      else known.push(id);
    }
  }
  return owned;
}
