import { join } from 'node:path';
import { AccessReader, type HeldAccess, type HeldRole } from '../access/held-access.js';
import type { Tenant } from '../access/tenant.js';
import { packageFolder } from '../catalog/package-folder.js';
import { compileRules } from '../lint/rules.js';
import { SensitiveAccess, type HeldSensitiveOperation } from '../lint/sensitive-access.js';
import type { ScheduledAssignment } from '../model/role-assignment.js';
import { parseScope, type Scope } from '../model/scope.js';
import type { CapabilityArea } from '../permissions/capability-area.js';
import { ProviderCounter, providerOf, type ProviderCount } from '../permissions/provider-counts.js';
import { readCapabilityAreas } from '../permissions/read-capability-areas.js';
import { summarizeSets } from '../permissions/role-summary.js';
import type { Phrase } from '../permissions/wording.js';
import { outermostFirst } from './scope-order.js';

/** All that `azrbac access` has to say of a principal. */
export interface AccessDescription {
  /** Its object id. */
  readonly principal: string;
  readonly groups: readonly GroupMembership[];
  /** Outermost first. */
  readonly scopes: readonly ScopeAccess[];
  /** What could be activated through PIM at these scopes, or in them. Nothing of it is held. */
  readonly eligible: readonly EligibleRole[];
}

export interface GroupMembership {
  readonly id: string;
  /** Ids of the groups that it is in by way of, from one that the principal is in on; empty where it is in it directly. */
  readonly via: readonly string[];
}

/** What a principal holds at one scope, in total. */
export interface ScopeAccess extends HeldAccess {
  readonly scope: Scope;
  /** In plain words. */
  readonly can: readonly Phrase[];
  readonly sensitive: readonly HeldSensitiveOperation[];
  readonly providers: readonly ProviderAccess[];
}

/** How much of what is held, conditional or not, belongs to a provider. */
export interface ProviderAccess extends ProviderCount {
  readonly sensitive: number;
}

export interface EligibleRole {
  readonly assignment: ScheduledAssignment;
  /** Ids of groups, from one that the principal is in to the one that may activate it. */
  readonly via: readonly string[];
}

/** Works everything out, at that scope or wherever the principal or a group of its holds an assignment. */
export function describeAccess(tenant: Tenant, principal: string, at: Scope | undefined): AccessDescription {
  const describer = new AccessDescriber(tenant);
  const scopes = at === undefined ? scopesOf(tenant, principal) : [at];
  return {
    principal,
    groups: groupsOf(tenant, principal),
    scopes: scopes.map(scope => describer.at(scope, principal)),
    eligible: eligibleOf(tenant, principal, at),
  };
}

class AccessDescriber {
  private readonly reader: AccessReader;
  private readonly sensitive: SensitiveAccess;
  private readonly counter: ProviderCounter;
  private readonly areas: readonly CapabilityArea[];

  constructor(private readonly tenant: Tenant) {
    const rulesFolder = join(packageFolder(), 'rules');
    this.reader = new AccessReader(tenant);
    this.sensitive = new SensitiveAccess(compileRules(rulesFolder), tenant);
    this.counter = new ProviderCounter(tenant.catalog);
    this.areas = readCapabilityAreas(join(rulesFolder, 'capabilities'));
  }

  at(scope: Scope, principal: string): ScopeAccess {
    const found = this.reader.at(scope, principal);
    const held = { ...found, roles: [...found.roles].sort((a, b) => this.inOrder(a, b)) };
    const sensitive = this.sensitive.of(held);
    const { catalog, index } = this.tenant;
    return {
      ...held,
      scope,
      can: summarizeSets(held, this.areas, catalog, index).can,
      sensitive,
      providers: this.providers(held, sensitive),
    };
  }

  private providers(
    { certain, conditional }: HeldAccess,
    sensitive: readonly HeldSensitiveOperation[],
  ): ProviderAccess[] {
    const counts = new Map<string, number>();
    for (const { operation } of sensitive) {
      const provider = providerOf(operation).toLowerCase();
      counts.set(provider, (counts.get(provider) ?? 0) + 1);
    }
    return this.counter
      .count(certain.union(conditional))
      .map(count => ({ ...count, sensitive: counts.get(count.provider.toLowerCase()) ?? 0 }));
  }

  /** The order of the snapshot says nothing. */
  private inOrder(a: HeldRole, b: HeldRole): number {
    const [scopeA, scopeB] = [a, b].map(({ assignment }) => this.tenant.scopeOf(assignment));
    return (
      outermostFirst(this.tenant.tree)(scopeA!, scopeB!) ||
      byText(a.assignment.id, b.assignment.id) ||
      byText(a.assignment.roleGuid, b.assignment.roleGuid)
    );
  }
}

/** Each scope once, however it is spelled. */
function scopesOf(tenant: Tenant, principal: string): Scope[] {
  const scopes = new Map<string, Scope>();
  for (const id of tenant.identityOf(principal).ids) {
    for (const assignment of tenant.assignmentsOf(id)) {
      const scope = tenant.scopeOf(assignment);
      const known = scopes.get(scope.key);
      if (known === undefined || scope.text < known.text) scopes.set(scope.key, scope);
    }
  }
  return [...scopes.values()].sort(outermostFirst(tenant.tree));
}

function groupsOf({ memberships }: Tenant, principal: string): GroupMembership[] {
  return [...memberships.of(principal).groups.keys()]
    .map(id => ({ id, via: memberships.via(principal, id).slice(0, -1) }))
    .sort((a, b) => a.via.length - b.via.length || byText(a.id, b.id));
}

function eligibleOf(tenant: Tenant, principal: string, at: Scope | undefined): EligibleRole[] {
  const { tree, memberships } = tenant;
  return tenant
    .identityOf(principal)
    .ids.flatMap(id =>
      tenant.eligibleOf(id).map(assignment => ({ assignment, via: memberships.via(principal, id) })),
    )
    .filter(
      ({ assignment }) => at === undefined || tree.reach(parseScope(assignment.scope).key, at) !== 'apart',
    )
    .sort(
      (a, b) =>
        outermostFirst(tree)(tenant.scopeOf(a.assignment), tenant.scopeOf(b.assignment)) ||
        byText(a.assignment.id, b.assignment.id),
    );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
