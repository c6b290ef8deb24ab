import type { Tenant } from '../access/tenant.js';
import { parseScope, type Scope } from '../model/scope.js';
import type { EscalationMethod } from './method.js';
import { parentOf, resourceTypeOf } from './resource-type.js';

/** A resource whose identities a method yields. */
export interface Opening {
  readonly method: EscalationMethod;
  /** Its id. */
  readonly resource: string;
  /** Where the operations have to be held. */
  readonly place: Scope;
  /** Object ids of the identities that it acts with. */
  readonly identities: readonly string[];
}

/** The openings of a tenant, found by any scope that they lie in. */
export class Openings {
  private readonly byScope = new Map<string, Opening[]>();

  /** `matters` leaves out identities that lead nowhere, which most do. */
  constructor(tenant: Tenant, methods: readonly EscalationMethod[], matters: (identity: string) => boolean) {
    const byType = methodsByType(methods);
    for (const { id, type, principals } of identityResources(tenant)) {
      const identities = principals.filter(matters);
      if (identities.length === 0) continue;
      for (const method of byType.get(type || resourceTypeOf(id)) ?? []) {
        const place = parseScope(method.at === 'parent' ? parentOf(id) : id);
        const opening = { method, resource: id, place, identities };
        for (const key of tenant.tree.keysFrom(place)) {
          const there = this.byScope.get(key);
          if (there === undefined) this.byScope.set(key, [opening]);
          else there.push(opening);
        }
      }
    }
  }

  /** Those in a scope, by its key. */
  in(key: string): readonly Opening[] {
    return this.byScope.get(key) ?? [];
  }
}

interface IdentityResource {
  readonly id: string;
  readonly type: string;
  readonly principals: readonly string[];
}

/** Resources by id, each with all identities; a user-assigned identity is a resource that carries itself. */
function identityResources({ snapshot }: Tenant): readonly IdentityResource[] {
  const own = new Map<string, string>();
  for (const { id, type, principalId, userAssigned } of snapshot.resources) {
    if ((type || resourceTypeOf(id)) === userAssignedIdentity && principalId !== undefined)
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
      principals: [...new Set(principals.filter(each => each !== undefined))].sort(),
    });
  }
  for (const [id, principal] of own) {
    if (!found.has(id)) found.set(id, { id, type: userAssignedIdentity, principals: [principal] });
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const userAssignedIdentity = 'microsoft.managedidentity/userassignedidentities';

function methodsByType(methods: readonly EscalationMethod[]): ReadonlyMap<string, EscalationMethod[]> {
  const byType = new Map<string, EscalationMethod[]>();
  for (const method of methods) {
    for (const type of method.resourceTypes ?? []) {
      const known = byType.get(type);
      if (known === undefined) byType.set(type, [method]);
      else known.push(method);
    }
  }
  return byType;
}
