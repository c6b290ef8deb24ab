import { getOrInsert } from '../../maps.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';

/** How much a cause concerns. */
export interface BlastRadius {
  /** Users, service principals and other identities, members of groups one by one. A group without known members counts as one. */
  readonly identities: number;
  /** Scopes at which something stands. */
  readonly scopes: number;
  /** The widest of them, as written; the first one where several are as wide. */
  readonly widest: string | null;
}

/** Somebody who holds something somewhere. */
export interface AffectedScope {
  readonly principalId: string | undefined;
  readonly scope: Scope | undefined;
}

/**
 * Counts whom and what causes concern. Causes of a tenant name the same groups again and again: identities are numbers, and
 * the members of a group are listed once.
 */
export class BlastRadiusCounter {
  private readonly numbers = new Map<string, number>();
  private readonly members = new Map<string, readonly number[]>();
  private readonly scopes = new Map<string, Scope>();
  /** The last, by the number of an identity: the cause that it was counted in. */
  private readonly countedIn: number[] = [];
  private causes = 0;

  constructor(private readonly tenant: Tenant) {}

  count(places: Iterable<AffectedScope>): BlastRadius {
    this.causes++;
    const keys = new Set<string>();
    let identities = 0;
    let widest: Scope | undefined;
    for (const { principalId, scope } of places) {
      if (principalId !== undefined) identities += this.countNew(principalId);
      if (scope === undefined) continue;
      keys.add(scope.key);
      if (widest === undefined || widthOf(scope) < widthOf(widest)) widest = scope;
    }
    return { identities, scopes: keys.size, widest: widest?.text ?? null };
  }

  /** What the text says; findings name the same scopes again and again. */
  scope(text: string): Scope {
    return getOrInsert(this.scopes, text, () => parseScope(text));
  }

  private countNew(principal: string): number {
    let count = 0;
    for (const number of this.membersOf(principal)) {
      if (this.countedIn[number] === this.causes) continue;
      this.countedIn[number] = this.causes;
      count++;
    }
    return count;
  }

  private membersOf(principal: string): readonly number[] {
    let members = this.members.get(principal);
    if (members === undefined) {
      const { memberships } = this.tenant;
      const ids = memberships.hasMembers(principal) ? memberships.membersOf(principal) : [];
      members = (ids.length === 0 ? [principal] : ids).map(id => this.numberOf(id));
      this.members.set(principal, members);
    }
    return members;
  }

  private numberOf(id: string): number {
    return getOrInsert(this.numbers, id, () => this.numbers.size);
  }
}

/** Small numbers are wide. What is no place of Azure's is narrower than all. */
export function widthOf({ kind }: Pick<Scope, 'kind'>): number {
  const at = kinds.indexOf(kind);
  return at < 0 ? kinds.length : at;
}

const kinds: readonly Scope['kind'][] = [
  'root',
  'management-group',
  'subscription',
  'resource-group',
  'resource',
];
