import type { Tenant } from '../access/tenant.js';
import { asksForPrincipalId } from './delegation.js';
import type { Denials, DenySubject } from './denied.js';
import { type HeldCustomRole, type Holding, holdingKey, type Holdings } from './holding.js';
import type { MethodTable } from './method-table.js';
import { principalTypeOf } from './path-principal.js';

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
  readonly key: string;
}

/** Makes actors, each once. */
export class Actors {
  private readonly known = new Map<string, Actor>();
  private readonly ownedBy: ReadonlyMap<string, readonly string[]>;
  private readonly growing: bigint;

  constructor(
    private readonly tenant: Tenant,
    table: MethodTable,
    private readonly holdings: Holdings,
    private readonly denials: Denials,
  ) {
    this.ownedBy = ownersOf(tenant);
    const growing = table.ways.filter(({ method }) => method.gains !== 'identity-of-resource');
    this.growing = growing.reduce((all, { mask }) => all | mask, 0n);
  }

  /** The principal as it is; undefined where it holds and owns nothing that matters, or nobody can sign in as it. */
  of(principal: string): Actor | undefined {
    const known = this.tenant.snapshot.principals.get(principal);
    if (known?.accountEnabled === false) return undefined;
    const { ids, isWhole } = this.tenant.identityOf(principal);
    const matters =
      this.ownedBy.has(principal) ||
      ids.some(id => this.holdings.of(id).length > 0 || this.holdings.eligibleOf(id).length > 0);
    return matters ? this.actor(principalTypeOf(principal, this.tenant), ids, isWhole, []) : undefined;
  }

  /** The same one with more, and in more groups. */
  with(actor: Actor, gained: readonly Holding[], joined: readonly string[] = []): Actor {
    const ids = [...new Set([...actor.ids, ...joined.flatMap(group => this.tenant.identityOf(group).ids)])];
    const more = [...new Map([...actor.gained, ...gained].map(each => [holdingKey(each), each])).values()];
    return this.actor(actor.type, ids, actor.subject.isWhole, more);
  }

  private actor(type: string, ids: readonly string[], isWhole: boolean, gained: readonly Holding[]): Actor {
    const holders = ids.filter(id => this.holdings.of(id).length > 0);
    const holdings = [...holders.flatMap(id => this.holdings.of(id)), ...gained];
    const subject = this.denials.subjectOf({ ids, isWhole });
    const mayGrow = holdings.some(
      ({ granted }) => ((granted.certain | granted.perhaps) & this.growing) !== 0n,
    );
    const customRoles = mayGrow
      ? [
          ...ids.flatMap(id => this.holdings.customRolesOf(id)),
          ...gained.flatMap(holding => this.holdings.customRolesIn(holding)),
        ]
      : [];
    const eligibleHolders = ids.filter(id => this.holdings.eligibleOf(id).length > 0);
    const owned = (this.ownedBy.get(ids[0]!) ?? []).filter(id => !ids.includes(id));
    const guards = holdings.flatMap(({ granted }) => granted.guards);
    const key = [
      owned.length > 0 || guards.some(asksForPrincipalId) ? ids.join(' ') : '',
      guards.length > 0 ? type : '',
      subject.key,
      [...holders].sort().join(' '),
      [...eligibleHolders].sort().join(' '),
      [...new Set(customRoles.flatMap(({ held }) => held?.holder ?? []))].sort().join(' '),
      gained.map(holdingKey).sort().join(' '),
    ].join('|');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const eligible = eligibleHolders.flatMap(id => this.holdings.eligibleOf(id));
    const actor = { type, ids, subject, holdings, gained, customRoles, eligible, owned, key };
    this.known.set(key, actor);
    return actor;
  }
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
