import { compareText } from '../../compare-text.js';
import { getOrInsert } from '../../maps.js';
import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { roleName } from '../../rbac/model/role-name.js';
import { planeOf } from '../../rbac/model/role-definition.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Holder } from './counted-access.js';
import type { Contribution, ContributingPattern } from './exposed-identity.js';
import type { ScoreCalculator } from './score-calculator.js';
import { scopeLevelOf } from './scope-level.js';

/** What somebody has, by kind; undefined where that is nothing. */
type ContributionsByKind = readonly (TopContributions | undefined)[];

/** Says through which assignments, roles and strings somebody has access of some kind. */
export class ContributionDescriber {
  private readonly groups = new Map<string, ContributionsByKind>();
  private readonly patterns = new WeakMap<PermissionSet, Map<string, (readonly ContributingPattern[])[]>>();

  constructor(
    private readonly tenant: Tenant,
    private readonly calculator: ScoreCalculator,
  ) {}

  held(holder: Holder): ContributionsByKind {
    const byKind: TopContributions[] = [];
    const isNeedy = this.calculator.isNeedy(holder);
    for (const id of holder.ids) {
      if (!isNeedy && id === holder.principal) this.takeFree(id, byKind);
      else if (!isNeedy)
        this.ofGroup(id).forEach((contributions, kind) =>
          (byKind[kind] ??= new TopContributions()).join(contributions!),
        );
      this.calculator.eachDepending(id, holder, (assignment, counted) =>
        this.take(assignment, id, counted, byKind),
      );
    }
    return byKind;
  }

  activatable(holder: Holder): ContributionsByKind {
    const byKind: TopContributions[] = [];
    for (const id of holder.ids)
      for (const assignment of this.tenant.eligibleOf(id))
        this.take(assignment, id, this.calculator.counted(assignment, holder), byKind);
    return byKind;
  }

  /** What all members of a group have through it: worked out once. */
  private ofGroup(id: string): ContributionsByKind {
    return getOrInsert(this.groups, id, () => this.takeFree(id, []));
  }

  private takeFree(id: string, byKind: TopContributions[]): ContributionsByKind {
    this.calculator.eachFree(id, (assignment, counted) => this.take(assignment, id, counted, byKind));
    return byKind;
  }

  private take(
    assignment: RoleAssignment,
    holds: string,
    counted: GuardedSet | undefined,
    byKind: TopContributions[],
  ): void {
    if (counted === undefined) return;
    const contribution = new ContributingAssignment(assignment, holds, counted);
    const levels = this.calculator.levelsOf(assignment, counted);
    for (let kind = 0; kind < levels.length; kind++)
      if (levels[kind]! > 0) (byKind[kind] ??= new TopContributions()).add(levels[kind]!, contribution);
  }

  describe(
    { id, assignment, holds, counted }: ContributingAssignment,
    kind: number,
    holder: Holder,
  ): Contribution {
    const { scope, place, roleGuid, condition } = assignment;
    const isConditional = (this.calculator.table.kindsIn(counted.definite) & (1 << kind)) === 0;
    const role = this.tenant.role(roleGuid)!;
    return {
      id,
      scope,
      reach: scopeLevelOf(place)!,
      role: roleName(role.role),
      roleGuid,
      via: this.tenant.memberships.via(holder.principal, holds),
      condition: condition ?? null,
      isConditional,
      isPassing: this.tenant.isTimeBound(assignment),
      patterns: this.patternsOf(roleGuid, isConditional ? counted.possible : counted.definite, kind),
    };
  }

  /** The strings of a role that give something of a set that is of that kind; the ones that give most first. */
  patternsOf(roleGuid: string, set: PermissionSet, kind: number): readonly ContributingPattern[] {
    const byRole = getOrInsert(this.patterns, set, () => new Map());
    const byKind = getOrInsert(byRole, roleGuid, () => []);
    return (byKind[kind] ??= this.findPatterns(roleGuid, set, kind));
  }

  private findPatterns(roleGuid: string, set: PermissionSet, kind: number): readonly ContributingPattern[] {
    const { catalog, index } = this.tenant;
    const found = new Map<string, ContributingPattern>();
    for (const entry of this.tenant.role(roleGuid)!.entries) {
      for (const list of ['actions', 'dataActions'] as const) {
        const plane = planeOf[list];
        const wanted = this.calculator.table.operations(kind, plane).clone();
        wanted.keepAll(set[plane].known);
        wanted.keepAll(entry.set[plane].known);
        const unlisted = this.calculator.table
          .unlisted(kind, plane)
          .filter(lower => set[plane].unlisted.has(lower));
        if (wanted.isEmpty && unlisted.length === 0) continue;
        for (const { key, text } of entry.permission[list]) {
          const covered = wanted.clone();
          covered.keepAll(
            key.includes('*') ? index.expand(key) : only(catalog.operations.indexOf(key), index.size),
          );
          const operations = [
            ...namesOf(covered, maxOperations, catalog),
            ...unlisted.filter(lower => lower === key),
          ];
          if (operations.length === 0 || found.has(`${list} ${key}`)) continue;
          const count = Math.max(covered.size, operations.length);
          found.set(`${list} ${key}`, {
            pattern: text.trim(),
            list,
            count,
            operations: operations.slice(0, maxOperations),
          });
        }
      }
    }
    return [...found.values()].sort((a, b) => b.count - a.count || compareText(a.pattern, b.pattern));
  }
}

const maxOperations = 3;

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

/** An assignment that gives access, of one kind or several. */
export class ContributingAssignment {
  private text: string | undefined;

  constructor(
    readonly assignment: RoleAssignment,
    /** The group that has it, or the holder itself. */
    readonly holds: string,
    readonly counted: GuardedSet,
  ) {}

  /** The id of the assignment. It is worked out whenever it is asked for: here once for all kinds, and all members of a group. */
  get id(): string {
    return (this.text ??= this.assignment.id);
  }
}

/** The assignments that give most of one kind of access, the first of them by name. */
export class TopContributions {
  level = 0;
  readonly first: ContributingAssignment[] = [];
  /** How many give that level, and how many give any. */
  atLevel = 0;
  all = 0;

  add(level: number, contribution: ContributingAssignment): void {
    this.all++;
    if (level < this.level) return;
    if (level > this.level) this.startAt(level);
    this.atLevel++;
    if (this.first.length < maxNamed) this.first.push(contribution);
  }

  join(other: TopContributions): void {
    this.all += other.all;
    if (other.level < this.level) return;
    if (other.level > this.level) this.startAt(other.level);
    this.atLevel += other.atLevel;
    for (const contribution of other.first) if (this.first.length < maxNamed) this.first.push(contribution);
  }

  private startAt(level: number): void {
    this.level = level;
    this.atLevel = 0;
    this.first.length = 0;
  }
}

/** Who has more that give the same knows what to do. */
const maxNamed = 3;
