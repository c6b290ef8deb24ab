import type { Snapshot } from './snapshot.js';

/** Which managed identities resources act with, as far as the snapshot holds them. */
export class ResourceIdentities {
  private readonly byResource = new Map<string, ReadonlySet<string>>();
  private readonly clients = new Map<string, string>();

  constructor({ resources }: Pick<Snapshot, 'resources'>) {
    const own = new Map<string, string>();
    for (const resource of resources)
      for (const { id, clientId } of [resource, ...resource.userAssigned])
        if (clientId !== undefined) this.clients.set(id, clientId);
    for (const { id, principalId, userAssigned } of resources) {
      if (principalId !== undefined) own.set(id, principalId);
      // Whoever acts with a user-assigned identity says which principal it is.
      for (const identity of userAssigned)
        if (identity.principalId !== undefined && !own.has(identity.id))
          own.set(identity.id, identity.principalId);
    }
    for (const [id, principal] of own) this.byResource.set(id, new Set([principal]));
    for (const { id, principalId, userAssigned } of resources) {
      const all = [principalId, ...userAssigned.map(each => each.principalId ?? own.get(each.id))];
      const known = all.filter(principal => principal !== undefined);
      if (known.length > 0) this.byResource.set(id, new Set(known));
    }
  }

  /** The client id of the user-assigned identity with that ARM id. */
  clientOf(identity: string): string | undefined {
    return this.clients.get(identity.trim().replace(/\/$/, '').toLowerCase());
  }

  /** Object ids of the identities of the resource with that ARM id; of a user-assigned identity, its own. */
  of(resource: string): readonly string[] {
    return [...(this.byResource.get(resource.trim().replace(/\/$/, '').toLowerCase()) ?? [])];
  }
}
