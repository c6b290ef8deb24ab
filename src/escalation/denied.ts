import { type DirectoryIdentity, isDenied } from '../access/denied-principals.js';
import { knowledgeOf } from '../access/condition-truth.js';
import type { Tenant } from '../access/tenant.js';
import type { Scope } from '../model/scope.js';
import { everyone, type DenyAssignment } from '../snapshot/deny-assignment.js';
import type { MethodTable } from './method-table.js';

/** Someone as far as deny assignments tell them from others. Two with the same key are denied the same everywhere. */
export interface DenySubject extends DirectoryIdentity {
  readonly key: string;
}

/** What is taken away, as sets of operations of the method table. */
export interface Denied {
  readonly certain: bigint;
  readonly perhaps: bigint;
}

/** What deny assignments take away of the operations that matter. Most tenants have a few, and they are alike. */
export class Denials {
  private readonly byScope = new Map<string, CountedDenial[]>();
  private readonly mentioned = new Set<string>();
  private readonly known = new Map<string, Denied>();

  constructor(
    private readonly tenant: Tenant,
    table: MethodTable,
  ) {
    for (const deny of tenant.snapshot.denyAssignments) {
      const taken = takenBy(deny, tenant, table);
      if (taken.certain === 0n && taken.perhaps === 0n) continue;
      const { key } = tenant.scopeOf(deny);
      const there = this.byScope.get(key);
      if (there === undefined) this.byScope.set(key, [{ deny, taken }]);
      else there.push({ deny, taken });
      for (const id of [...deny.principals, ...deny.excludedPrincipals])
        if (id !== everyone) this.mentioned.add(id);
    }
  }

  get areNone(): boolean {
    return this.byScope.size === 0;
  }

  subjectOf({ ids, isWhole }: DirectoryIdentity): DenySubject {
    if (this.areNone) return nobody;
    const told = ids.filter(id => this.mentioned.has(id)).sort();
    return { ids: told, isWhole, key: `${isWhole ? '' : '?'}${told.join(' ')}` };
  }

  /** What is taken from the subject at that very scope. */
  at(scope: Scope, subject: DenySubject): Denied {
    if (this.areNone) return nothing;
    const key = `${scope.key} ${subject.key}`;
    let denied = this.known.get(key);
    if (denied === undefined) this.known.set(key, (denied = this.find(scope, subject)));
    return denied;
  }

  /** Whether something of the set may be taken from anybody at that very scope. */
  mayTake(mask: bigint, scope: Scope): boolean {
    return [...this.byScope].some(
      ([key, there]) =>
        this.tenant.tree.reach(key, scope) !== 'apart' &&
        there.some(({ taken }) => ((taken.certain | taken.perhaps) & mask) !== 0n),
    );
  }

  private find(scope: Scope, subject: DenySubject): Denied {
    let [certain, perhaps] = [0n, 0n];
    for (const key of this.byScope.keys()) {
      const reach = this.tenant.tree.reach(key, scope);
      if (reach === 'apart') continue;
      for (const { deny, taken } of this.byScope.get(key)!) {
        if (key !== scope.key && !deny.appliesToChildScopes) continue;
        const isMeant = isDenied(deny, subject, this.tenant.snapshot.principals);
        if (isMeant === 'false') continue;
        perhaps |= taken.perhaps | taken.certain;
        if (isMeant === 'true' && reach === 'reaches') certain |= taken.certain;
      }
    }
    return { certain, perhaps: perhaps & ~certain };
  }
}

interface CountedDenial {
  readonly deny: DenyAssignment;
  readonly taken: Denied;
}

const nobody: DenySubject = { ids: [], isWhole: true, key: '' };

const nothing: Denied = { certain: 0n, perhaps: 0n };

function takenBy(deny: DenyAssignment, tenant: Tenant, { operations }: MethodTable): Denied {
  let [certain, perhaps] = [0n, 0n];
  if (deny.effect === 'audit') return nothing;
  const role = tenant.denied(deny);
  for (const { operation, plane, bit } of operations) {
    const knowledge = knowledgeOf(operation, plane, tenant.scopeOf(deny));
    for (const witness of role.witnesses(operation, plane)) {
      const own = witness.permission.permission.condition?.value;
      const truth = tenant.conditions.truthOf([deny.condition, own], knowledge);
      if (truth === 'true') certain |= bit;
      else if (truth === 'unknown') perhaps |= bit;
    }
  }
  return { certain, perhaps: perhaps & ~certain };
}
