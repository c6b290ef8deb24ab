import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { roleName } from '../../rbac/model/role-name.js';
import { planeOf } from '../../rbac/model/role-definition.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Holder } from './counted-access.js';
import type { Giving, GivingPattern } from './exposed-identity.js';
import type { Figures } from './score-calculator.js';
import { Given, GivenAccess } from './contributions.js';
import { reachOf } from './reach.js';

/** What somebody has, by kind; undefined where that is nothing. */
type GivenByKind = readonly (GivenAccess | undefined)[];

/** Says through which assignments, roles and strings somebody has access of some kind. */
export class GivingDescriber {
  private readonly groups = new Map<string, GivenByKind>();
  private readonly patterns = new WeakMap<PermissionSet, Map<string, (readonly GivingPattern[])[]>>();

  constructor(
    private readonly tenant: Tenant,
    private readonly figures: Figures,
  ) {}

  held(holder: Holder): GivenByKind {
    const byKind: GivenAccess[] = [];
    const isNeedy = this.figures.isNeedy(holder);
    for (const id of holder.ids) {
      if (!isNeedy && id === holder.principal) this.takeFree(id, byKind);
      else if (!isNeedy)
        this.ofGroup(id).forEach((given, kind) => (byKind[kind] ??= new GivenAccess()).join(given!));
      this.figures.eachDepending(id, holder, (assignment, counted) =>
        this.take(assignment, id, counted, byKind),
      );
    }
    return byKind;
  }

  activatable(holder: Holder): GivenByKind {
    const byKind: GivenAccess[] = [];
    for (const id of holder.ids)
      for (const assignment of this.tenant.eligibleOf(id))
        this.take(assignment, id, this.figures.counted(assignment, holder), byKind);
    return byKind;
  }

  /** What all members of a group have through it: worked out once. */
  private ofGroup(id: string): GivenByKind {
    let byKind = this.groups.get(id);
    if (byKind === undefined) this.groups.set(id, (byKind = this.takeFree(id, [])));
    return byKind;
  }

  private takeFree(id: string, byKind: GivenAccess[]): GivenByKind {
    this.figures.eachFree(id, (assignment, counted) => this.take(assignment, id, counted, byKind));
    return byKind;
  }

  private take(
    assignment: RoleAssignment,
    holds: string,
    counted: GuardedSet | undefined,
    byKind: GivenAccess[],
  ): void {
    if (counted === undefined) return;
    const given = new Given(assignment, holds, counted);
    const levels = this.figures.levelsOf(assignment, counted);
    for (let kind = 0; kind < levels.length; kind++)
      if (levels[kind]! > 0) (byKind[kind] ??= new GivenAccess()).add(levels[kind]!, given);
  }

  describe({ id, assignment, holds, counted }: Given, kind: number, holder: Holder): Giving {
    const { scope, place, roleGuid, condition } = assignment;
    const isConditional = (this.figures.table.kindsIn(counted.certain) & (1 << kind)) === 0;
    const role = this.tenant.role(roleGuid)!;
    return {
      id,
      scope,
      reach: reachOf(place)!,
      role: roleName(role.role),
      roleGuid,
      via: this.tenant.memberships.via(holder.principal, holds),
      condition: condition ?? null,
      isConditional,
      isPassing: this.tenant.isPassing(assignment),
      patterns: this.patternsOf(roleGuid, isConditional ? counted.perhaps : counted.certain, kind),
    };
  }

  /** The strings of a role that give something of a set that is of that kind; the ones that give most first. */
  patternsOf(roleGuid: string, set: PermissionSet, kind: number): readonly GivingPattern[] {
    let byRole = this.patterns.get(set);
    if (byRole === undefined) this.patterns.set(set, (byRole = new Map()));
    let byKind = byRole.get(roleGuid);
    if (byKind === undefined) byRole.set(roleGuid, (byKind = []));
    return (byKind[kind] ??= this.findPatterns(roleGuid, set, kind));
  }

  private findPatterns(roleGuid: string, set: PermissionSet, kind: number): readonly GivingPattern[] {
    const { catalog, index } = this.tenant;
    const found = new Map<string, GivingPattern>();
    for (const entry of this.tenant.role(roleGuid)!.entries) {
      for (const list of ['actions', 'dataActions'] as const) {
        const plane = planeOf[list];
        const wanted = this.figures.table.operations(kind, plane).clone();
        wanted.keepAll(set[plane].known);
        wanted.keepAll(entry.set[plane].known);
        const unlisted = this.figures.table
          .unlisted(kind, plane)
          .filter(lower => set[plane].unlisted.has(lower));
        if (wanted.isEmpty && unlisted.length === 0) continue;
        for (const { key, text } of entry.permission[list]) {
          const given = wanted.clone();
          given.keepAll(
            key.includes('*') ? index.expand(key) : only(catalog.operations.indexOf(key), index.size),
          );
          const operations = [
            ...namesOf(given, mostOperations, catalog),
            ...unlisted.filter(lower => lower === key),
          ];
          if (operations.length === 0 || found.has(`${list} ${key}`)) continue;
          const count = Math.max(given.size, operations.length);
          found.set(`${list} ${key}`, {
            pattern: text.trim(),
            list,
            count,
            operations: operations.slice(0, mostOperations),
          });
        }
      }
    }
    return [...found.values()].sort((a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : 1));
  }
}

const mostOperations = 3;

function only(number: number, size: number): Bitset {
  const bits = new Bitset(size);
  if (number >= 0) bits.add(number);
  return bits;
}

function namesOf(bits: Bitset, most: number, { operations }: Tenant['catalog']): string[] {
  const names: string[] = [];
  for (const number of bits) {
    if (names.length >= most) break;
    names.push(operations.at(number).name);
  }
  return names;
}
