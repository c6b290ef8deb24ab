import type { Tenant } from '../../tenant/access/tenant.js';
import { emptySet, permissionsOf } from '../../rbac/permissions/role-permissions.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import { PermissionSet, type PlaneSet, unionOf } from '../../rbac/permissions/permission-set.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { Plane, RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Expectations, ExpectedIdentity, ExpectedNeed } from './expectations.js';
import { Needs } from './needs.js';
import { mayBeNeededAt } from './places.js';

/** What expectations let identities hold: what they need, what is harmless beside it, and what somebody accepted. */
export function neededAccess(
  { identities }: Expectations,
  roles: ReadonlyMap<string, RoleDefinition>,
  tenant: Tenant,
): NeededByPrincipal {
  const known = new Map<string, ExpectedIdentity[]>();
  for (const identity of identities) {
    // Where nothing is said of needs, nobody knows what is too much.
    if (identity.principal === undefined || identity.needs === undefined) continue;
    const id = identity.principal.value;
    known.set(id, [...(known.get(id) ?? []), identity]);
  }
  return new NeededByPrincipal(known, roles, tenant);
}

class NeededByPrincipal {
  private readonly nothing: PermissionSet;
  private readonly needs: Needs;
  private readonly everywhere = new Map<string, PermissionSet>();
  private readonly made = new Map<string, PermissionSet>();

  constructor(
    private readonly known: ReadonlyMap<string, readonly ExpectedIdentity[]>,
    private readonly roles: ReadonlyMap<string, RoleDefinition>,
    private readonly tenant: Tenant,
  ) {
    this.nothing = emptySet(tenant.catalog, tenant.index);
    this.needs = new Needs(tenant, this.nothing);
  }

  knows(principal: string): boolean {
    return this.known.has(principal);
  }

  at(principal: string, scope: Scope): PermissionSet | undefined {
    const identities = this.known.get(principal);
    if (identities === undefined) return undefined;
    const key = `${principal} ${scope.key}`;
    let set = this.made.get(key);
    if (set === undefined) {
      const around = identities
        .flatMap(({ needs = [] }) => needs)
        .filter(need => this.isNeededAt(need, scope))
        .map(need => this.needs.of(need.set));
      set = unionOf(
        [
          ...around.flatMap(({ required, tolerated, forbidden }) => [
            required,
            tolerated.subtract(forbidden),
          ]),
          this.accepted(principal, identities),
        ],
        this.nothing,
      );
      this.made.set(key, set);
    }
    return set;
  }

  private isNeededAt(need: ExpectedNeed, scope: Scope): boolean {
    if (need.open !== undefined) return mayBeNeededAt(need, scope, this.tenant.tree);
    return need.scope !== undefined && this.tenant.tree.reach(need.scope.value.key, scope) === 'reaches';
  }

  /** Wherever it is held. */
  private accepted(principal: string, identities: readonly ExpectedIdentity[]): PermissionSet {
    let set = this.everywhere.get(principal);
    if (set === undefined) {
      const { catalog, index } = this.tenant;
      const entries = identities.flatMap(({ accepted }) => accepted);
      const named = entries.flatMap(({ role }) => this.roles.get(role?.value ?? '') ?? []);
      const patterns = entries.flatMap(({ operations }) => operations.map(({ value }) => value));
      const ofRoles = named.map(role => permissionsOf(role, catalog, index).set);
      set = unionOf([...ofRoles, this.covered(patterns)], this.nothing);
      this.everywhere.set(principal, set);
    }
    return set;
  }

  /** On both planes. */
  private covered(patterns: readonly string[]): PermissionSet {
    const { catalog, index } = this.tenant;
    const on = (plane: Plane): PlaneSet => {
      const known = new Bitset(index.size);
      for (const pattern of patterns) known.addAll(index.expand(pattern));
      known.keepAll(index.mask(plane));
      return { ...this.nothing[plane], known };
    };
    return new PermissionSet(catalog, on('control'), on('data'));
  }
}
