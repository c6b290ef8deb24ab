import type { GuardedSet } from '../access/guarded-set.js';
import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { roleName } from '../model/role-name.js';
import { planeOf } from '../model/role-definition.js';
import { Bitset } from '../permissions/bitset.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { Holder } from './counted-access.js';
import type { Giving, GivingPattern } from './exposed-identity.js';
import type { Figures } from './figures.js';
import { reachOf } from './reach.js';

/** An assignment that gives somebody access of some kind. */
export interface GivenLevel {
  readonly assignment: RoleAssignment;
  readonly holder: Holder;
  /** The group that has it, or the holder itself. */
  readonly holds: string;
  readonly level: number;
  readonly counted: GuardedSet;
}

/** Says through which assignments, roles and strings somebody has access of some kind. */
export class GivingDescriber {
  private readonly patterns = new WeakMap<PermissionSet, Map<string, readonly GivingPattern[]>>();

  constructor(
    private readonly tenant: Tenant,
    private readonly figures: Figures,
  ) {}

  /** By kind, the strongest first, then in the order of the tenant. */
  held(holder: Holder): Map<number, GivenLevel[]> {
    return this.given(holder, id => this.tenant.assignmentsOf(id));
  }

  activatable(holder: Holder): Map<number, GivenLevel[]> {
    return this.given(holder, id => this.tenant.eligibleOf(id));
  }

  describe({ assignment, holder, holds, counted }: GivenLevel, kind: number): Giving {
    const { id, scope, place, roleGuid, condition } = assignment;
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
    let known = this.patterns.get(set);
    if (known === undefined) this.patterns.set(set, (known = new Map()));
    const key = `${roleGuid} ${kind}`;
    let patterns = known.get(key);
    if (patterns === undefined) known.set(key, (patterns = this.findPatterns(roleGuid, set, kind)));
    return patterns;
  }

  private given(
    holder: Holder,
    assignmentsOf: (id: string) => readonly RoleAssignment[],
  ): Map<number, GivenLevel[]> {
    const byKind = new Map<number, GivenLevel[]>();
    for (const holds of holder.ids) {
      for (const assignment of assignmentsOf(holds)) {
        const counted = this.figures.counted(assignment, holder);
        this.figures.eachLevel(assignment, counted, (kind, level) => {
          const given = { assignment, holder, holds, level, counted: counted! };
          const known = byKind.get(kind);
          if (known === undefined) byKind.set(kind, [given]);
          else known.push(given);
        });
      }
    }
    for (const given of byKind.values()) given.sort((a, b) => b.level - a.level);
    return byKind;
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
            ...namesOf(given, mostNamed, catalog),
            ...unlisted.filter(lower => lower === key),
          ];
          if (operations.length === 0 || found.has(`${list} ${key}`)) continue;
          const count = Math.max(given.size, operations.length);
          found.set(`${list} ${key}`, {
            pattern: text.trim(),
            list,
            count,
            operations: operations.slice(0, mostNamed),
          });
        }
      }
    }
    return [...found.values()].sort((a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : 1));
  }
}

const mostNamed = 5;

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
