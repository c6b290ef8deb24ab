import { compareText } from '../../../compare-text.js';
import { append } from '../../../maps.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import { parseScope } from '../../../rbac/model/scope.js';
import type { EscalationMethod } from '../methods/method.js';
import { parentOf, fullTypeOf } from '../methods/resource-type.js';

/** A resource whose identities a method yields. */
export interface IdentityHost {
  readonly method: EscalationMethod;
  /** The resource's id. */
  readonly resource: string;
  /** Where the operations have to be held. */
  readonly place: ScopeNode;
  /** Object ids of the identities that it acts with. */
  readonly identities: readonly string[];
}

/** The identity hosts of a tenant, found by any scope that they lie in. */
export class IdentityHosts {
  private readonly byScope = new Map<string, IdentityHost[]>();

  constructor(tenant: Tenant, hosts: Iterable<IdentityHost>) {
    for (const host of hosts) {
      for (const key of tenant.tree.keysFrom(host.place.scope)) {
        append(this.byScope, key, host);
      }
    }
  }

  /** The keys of all scopes that something lies in, with what does. */
  scopes(): Iterable<[string, readonly IdentityHost[]]> {
    return this.byScope;
  }

  /** Hosts in a scope, by its key. */
  in(key: string): readonly IdentityHost[] {
    return this.byScope.get(key) ?? [];
  }
}

/** Every resource with every method that yields its identities, by the id of the resource. */
export function identityHostsOf(
  tenant: Tenant,
  methods: readonly EscalationMethod[],
): readonly IdentityHost[] {
  const byType = methodsByType(methods);
  return identityResources(tenant).flatMap(({ id, type, identities }) =>
    (byType.get(type || fullTypeOf(id)) ?? []).map(method => {
      const place = tenant.scopeNodes.at(parseScope(method.at === 'parent' ? parentOf(id) : id));
      return { method, resource: id, place, identities };
    }),
  );
}

interface IdentityResource {
  readonly id: string;
  readonly type: string;
  readonly identities: readonly string[];
}

/** Resources by id, each with all identities; a user-assigned identity is a resource that carries itself. */
function identityResources({ snapshot }: Tenant): readonly IdentityResource[] {
  const own = new Map<string, string>();
  for (const { id, type, principalId, userAssigned } of snapshot.resources) {
    if ((type || fullTypeOf(id)) === userAssignedIdentity && principalId !== undefined)
      own.set(id, principalId);
    for (const identity of userAssigned)
      if (identity.principalId !== undefined && !own.has(identity.id))
        own.set(identity.id, identity.principalId);
  }
  const found = new Map<string, IdentityResource>();
  for (const { id, type, principalId, userAssigned } of snapshot.resources) {
    const principals = [
      principalId,
      ...userAssigned.map(identity => identity.principalId ?? own.get(identity.id)),
    ];
    found.set(id, {
      id,
      type,
      identities: [...new Set(principals.filter(each => each !== undefined))].sort(),
    });
  }
  for (const [id, principal] of own) {
    if (!found.has(id)) found.set(id, { id, type: userAssignedIdentity, identities: [principal] });
  }
  return [...found.values()].sort((a, b) => compareText(a.id, b.id));
}

const userAssignedIdentity = 'microsoft.managedidentity/userassignedidentities';

function methodsByType(methods: readonly EscalationMethod[]): ReadonlyMap<string, EscalationMethod[]> {
  const byType = new Map<string, EscalationMethod[]>();
  for (const method of methods) {
    for (const type of method.resourceTypes ?? []) {
      append(byType, type, method);
    }
  }
  return byType;
}
