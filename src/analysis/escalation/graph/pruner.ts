import { ScopeArray } from '../../../tenant/access/scope-array.js';
import { aroundOf, type ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { parseScope, type Scope } from '../../../rbac/model/scope.js';
import { either, includes } from '../methods/interned-sets.js';
import type { MethodGrant } from '../grants/grant.js';
import type { GrantIndex } from '../grants/grant-index.js';
import type { MethodTable } from '../methods/method-table.js';
import { type IdentityHost, IdentityHosts, identityHostsOf } from './identity-hosts.js';

/**
 * What can matter to any path, so that the rest is left out before it costs anything. Most of what powerful roles grant is
 * granted where nothing is that it could be used on. Never too little: what it keeps may lead nowhere all the same.
 */
export class Pruner {
  readonly hosts: IdentityHosts;
  private readonly byScope = new Map<string, bigint>();
  /** Tests by the number of the place, as they are asked for: what is of use there, and whether it is of use. */
  private readonly tests = new ScopeArray<UseTest>();
  private readonly used = new ScopeArray<boolean>();
  private readonly testsBy = new Map<bigint, UseTest>();
  private readonly aroundTargets: ReadonlySet<string>;
  private readonly editable = new Set<number>();
  private readonly growing: bigint;
  private readonly attaching: bigint;
  private readonly carrying: bigint;

  constructor(
    private readonly tenant: Tenant,
    private readonly table: MethodTable,
    grants: GrantIndex,
    targets: readonly Scope[],
  ) {
    this.aroundTargets = new Set(targets.flatMap(target => [...tenant.tree.keysFrom(target)]));
    this.growing = table.growing;
    this.attaching = table.attachingWays.reduce((all, { mask }) => all | mask, 0n);
    this.carrying = table.attachingWays
      .flatMap(({ method }) => table.carriersOf(method)!)
      .reduce((all, { mask }) => all | mask, 0n);
    const owners = new Set([...tenant.snapshot.principals.values()].flatMap(principal => principal.owners));
    const holds = (id: string, isUseful: (grant: MethodGrant) => boolean): boolean =>
      tenant
        .identityOf(id)
        .ids.some(each => grants.of(each).some(isUseful) || grants.eligibleOf(each).some(isUseful));
    let hosts = leadingOn(
      identityHostsOf(tenant, table.methods),
      id => owners.has(id) || holds(id, () => true),
    );
    this.hosts = this.survey(hosts);
    for (let round = 1; round < maxRounds; round++) {
      const left = leadingOn(hosts, id => owners.has(id) || holds(id, grant => this.isUseful(grant)));
      if (left.length === hosts.length) break;
      hosts = left;
      this.hosts = this.survey(hosts);
    }
  }

  /** Whether something lies in the scope that could be gained, or is a target. */
  isOfUse({ number, scope }: ScopeNode): boolean {
    let isUsed = this.used.get(number);
    if (isUsed === undefined) {
      isUsed = this.hosts.in(scope.key).length > 0 || this.aroundTargets.has(scope.key);
      this.used.set(number, isUsed);
    }
    return isUsed;
  }

  /** Whether a custom role may be edited there. */
  isEditable({ number }: ScopeNode): boolean {
    return this.editable.has(number);
  }

  /** Whether a grant gives something that is of use where it is held. */
  isUseful({ scope, granted }: MethodGrant): boolean {
    const { number } = this.tenant.scopeNodes.at(scope);
    let test = this.tests.get(number);
    if (test === undefined) this.tests.set(number, (test = this.testFor(this.byScope.get(scope.key) ?? 0n)));
    return (test.known[granted.number] ??= (either(granted) & test.mask) !== 0n);
  }

  /** Whether it is good for something to attach an identity to: to make it, or to come to make it. */
  isCarrier({ granted }: MethodGrant): boolean {
    return (either(granted) & (this.carrying | this.growing)) !== 0n;
  }

  /** Whether it attaches identities. */
  isAttaching({ granted }: MethodGrant): boolean {
    return (either(granted) & this.attaching) !== 0n;
  }

  private survey(found: readonly IdentityHost[]): IdentityHosts {
    const hosts = new IdentityHosts(this.tenant, found);
    this.byScope.clear();
    this.tests.clear();
    this.used.clear();
    const masks = new Map(
      this.table.methods.map(method => [
        method,
        this.table.ways.filter(way => way.method === method).reduce((all, { mask }) => all | mask, 0n),
      ]),
    );
    for (const [key, there] of hosts.scopes()) {
      const methods = new Set(there.map(({ method }) => method));
      this.add(key, this.growing);
      for (const method of methods) this.add(key, masks.get(method)!);
    }
    for (const key of this.aroundTargets) this.add(key, this.growing);
    this.addEditable();
    return hosts;
  }

  /** Roles are edited at their assignable scopes, by who may do it there or can come to. */
  private addEditable(): void {
    for (const { roleType, assignableScopes } of this.tenant.snapshot.roleDefinitions.all()) {
      if (roleType !== 'CustomRole') continue;
      for (const { value } of assignableScopes) {
        const scope = parseScope(value);
        for (const number of aroundOf(this.tenant.scopeNodes.at(scope))) this.editable.add(number);
        for (const key of this.tenant.tree.keysFrom(scope)) this.add(key, this.growing);
      }
    }
  }

  private testFor(mask: bigint): UseTest {
    let test = this.testsBy.get(mask);
    if (test === undefined) this.testsBy.set(mask, (test = { mask, known: [] }));
    return test;
  }

  private add(key: string, mask: bigint): void {
    const known = this.byScope.get(key) ?? 0n;
    if (!includes(known, mask)) this.byScope.set(key, known | mask);
  }
}

/** Whether sets of operations, by their numbers, have something of the mask. */
interface UseTest {
  readonly mask: bigint;
  readonly known: (boolean | undefined)[];
}

/** Hosts with identities that matter, without the other identities. */
function leadingOn(
  hosts: readonly IdentityHost[],
  matters: (identity: string) => boolean,
): readonly IdentityHost[] {
  const known = new Map<string, boolean>();
  const isKept = (id: string): boolean => {
    let kept = known.get(id);
    if (kept === undefined) known.set(id, (kept = matters(id)));
    return kept;
  };
  return hosts.flatMap(host => {
    const identities = host.identities.filter(isKept);
    return identities.length === 0 ? [] : [{ ...host, identities }];
  });
}

/** A round leaves out identities that only lead to others that lead nowhere. */
const maxRounds = 4;
