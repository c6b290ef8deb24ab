import { append } from '../../../maps.js';
import { type DirectoryIdentity, isDenied } from '../../../tenant/access/denied-principals.js';
import { ScopeArray } from '../../../tenant/access/scope-array.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import { knowledgeOf } from '../../../tenant/access/condition-truth.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { everyone, type DenyAssignment } from '../../../tenant/snapshot/deny-assignment.js';
import type { PossibleSet } from '../methods/interned-sets.js';
import { nothing } from '../methods/interned-sets.js';
import type { MethodTable } from '../methods/method-table.js';

/** Someone as far as deny assignments tell them from others. Two with the same key are denied the same everywhere. */
export interface DenySubject extends DirectoryIdentity {
  readonly key: string;
  /** Equal where the key is. */
  readonly number: number;
}

/** What is taken away, as sets of operations of the method table. */
export interface Denied extends PossibleSet {
  /** The number of both sets together. */
  readonly number: number;
}

/** What deny assignments take away of the operations that matter. Most tenants have a few, and they are alike. */
export class DenialTable {
  private readonly byScope = new Map<string, CountedDenial[]>();
  private readonly atManagementGroups: CountedDenial[] = [];
  private readonly mentioned = new Set<string>();
  private readonly subjects = new Map<string, DenySubject>();
  /** What is denied, by the number of the subject, then by that of the place. */
  private readonly known: Map<number, Denied>[] = [];
  /** Whether anything is denied there, by the number of the place. */
  private readonly touched = new ScopeArray<boolean>();

  constructor(
    private readonly tenant: Tenant,
    private readonly table: MethodTable,
  ) {
    for (const deny of tenant.snapshot.denyAssignments) {
      const taken = takenBy(deny, tenant, table);
      if (taken.definite === 0n && taken.possible === 0n) continue;
      const { key } = tenant.scopeOf(deny);
      const denial = { deny, taken };
      append(this.byScope, key, denial);
      if (tenant.scopeOf(deny).kind === 'management-group') this.atManagementGroups.push(denial);
      for (const id of [...deny.principals, ...deny.excludedPrincipals])
        if (id !== everyone) this.mentioned.add(id);
    }
  }

  get areNone(): boolean {
    return this.byScope.size === 0;
  }

  subjectOf({ ids, isComplete }: DirectoryIdentity): DenySubject {
    if (this.areNone) return nobody;
    const told = ids.filter(id => this.mentioned.has(id)).sort();
    const key = `${isComplete ? '' : '?'}${told.join(' ')}`;
    let subject = this.subjects.get(key);
    if (subject === undefined) {
      subject = { ids: told, isComplete, key, number: this.subjects.size + 1 };
      this.subjects.set(key, subject);
    }
    return subject;
  }

  /** What is taken from the subject at that very place. */
  at(place: ScopeNode, subject: DenySubject): Denied {
    if (!this.isTouched(place)) return untouched;
    const known = (this.known[subject.number] ??= new Map());
    let denied = known.get(place.number);
    if (denied === undefined) known.set(place.number, (denied = this.find(place.scope, subject)));
    return denied;
  }

  /** Whether there is anything to look for: most scopes have no deny assignment around them. */
  isTouched({ number, scope }: ScopeNode): boolean {
    if (this.areNone) return false;
    let isTouched = this.touched.get(number);
    if (isTouched === undefined)
      this.touched.set(number, (isTouched = this.reaching(scope).next().done !== true));
    return isTouched;
  }

  /** Whether something of the set may be taken from anybody at that very scope. */
  mayTake(mask: bigint, scope: Scope): boolean {
    return [...this.reaching(scope)].some(
      ({ denial: { taken } }) => ((taken.definite | taken.possible) & mask) !== 0n,
    );
  }

  private find(scope: Scope, subject: DenySubject): Denied {
    let [definite, possible] = [0n, 0n];
    for (const { denial, isCertain } of this.reaching(scope)) {
      const isMeant = isDenied(denial.deny, subject, this.tenant.snapshot.principals);
      if (isMeant === 'false') continue;
      possible |= denial.taken.possible | denial.taken.definite;
      if (isMeant === 'true' && isCertain) definite |= denial.taken.definite;
    }
    const denied = { definite, possible: possible & ~definite };
    return { ...denied, number: this.table.held.number(denied) };
  }

  /** Deny assignments of the scope and around it; and of management groups that it may lie in, for all that is known. */
  private *reaching(scope: Scope): Generator<{ denial: CountedDenial; isCertain: boolean }> {
    for (const key of this.tenant.tree.keysFrom(scope))
      for (const denial of this.byScope.get(key) ?? [])
        if (key === scope.key || denial.deny.appliesToChildScopes) yield { denial, isCertain: true };
    for (const denial of this.atManagementGroups) {
      const { key } = this.tenant.scopeOf(denial.deny);
      const mayReach = denial.deny.appliesToChildScopes && this.tenant.tree.reach(key, scope) === 'unknown';
      if (mayReach) yield { denial, isCertain: false };
    }
  }
}

interface CountedDenial {
  readonly deny: DenyAssignment;
  readonly taken: PossibleSet;
}

const nobody: DenySubject = { ids: [], isComplete: true, key: '', number: 0 };

const untouched: Denied = { definite: 0n, possible: 0n, number: nothing };

function takenBy(deny: DenyAssignment, tenant: Tenant, { operations }: MethodTable): PossibleSet {
  let [definite, possible] = [0n, 0n];
  if (deny.effect === 'audit') return untouched;
  const role = tenant.denied(deny);
  for (const { operation, plane, bit } of operations) {
    const knowledge = knowledgeOf(operation, plane, tenant.scopeOf(deny));
    for (const witness of role.witnesses(operation, plane)) {
      const own = witness.permission.permission.condition?.value;
      const truth = tenant.conditions.truthOf([deny.condition, own], knowledge);
      if (truth === 'true') definite |= bit;
      else if (truth === 'unknown') possible |= bit;
    }
  }
  return { definite, possible: possible & ~definite };
}
