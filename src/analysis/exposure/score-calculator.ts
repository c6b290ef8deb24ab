import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { AccessCounter, type ChangedRole, type Holder, type NeededAccess } from './counted-access.js';
import type { KindTable } from './kind-table.js';
import { LevelTable, raiseAll } from './levels.js';
import { scopeLevelOf } from './scope-level.js';
import {
  freeIn,
  noRange,
  numbersIn,
  type AssignmentRange,
  AssignmentRanges,
  type RemovableSources,
} from './assignment-ranges.js';
import { TopTwo, type Strength } from './leave-one-out.js';

/** What a tenant would be like where a role gives less. */
export interface LessAccess {
  /** Undefined where all is as it is. */
  readonly changed?: ChangedRole;
  /** Principals and groups that have it. */
  readonly touched: ReadonlySet<string>;
  /** What these give everybody by then, as it is worked out. */
  readonly levels: Map<string, Uint8Array>;
}

/** Takes an assignment and what it gives: undefined where nobody knows its role. */
type Take = (assignment: RoleAssignment, counted: GuardedSet | undefined) => void;

/** Works out how strong identities are. What a group gives all its members is worked out once. */
export class ScoreCalculator {
  readonly sources: RemovableSources;
  private readonly counter: AccessCounter;
  private readonly levels: LevelTable;
  private readonly ranges: AssignmentRanges;
  private readonly groups = new Map<string, Strength>();
  private readonly current: LessAccess = { touched: new Set(), levels: new Map() };

  constructor(
    private readonly tenant: Tenant,
    readonly table: KindTable,
    private readonly needed?: NeededAccess,
  ) {
    this.counter = new AccessCounter(tenant, needed);
    this.levels = new LevelTable(table);
    this.ranges = new AssignmentRanges(tenant, this.counter);
    this.sources = this.ranges.sources;
  }

  holder(principal: string): Holder {
    return { principal, ...this.tenant.identityOf(principal) };
  }

  /** Whether the principal, or group, has an assignment of its own. */
  hasAny(id: string): boolean {
    return this.ranges.of(id) !== noRange;
  }

  of(holder: Holder): Strength {
    const strength = this.nothing();
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const range = this.ranges.of(id);
      if (range === noRange) continue;
      if (!isNeedy && id === holder.principal) this.takeFree(range, strength);
      else if (!isNeedy) join(this.ofGroup(id, range), strength);
      for (const number of isNeedy ? numbersIn(range) : range.depending)
        this.take(number, this.counted(this.sources.assignments[number]!, holder), strength);
    }
    return strength;
  }

  /** What a group gives all its members alike. */
  private ofGroup(id: string, range: AssignmentRange): Strength {
    let strength = this.groups.get(id);
    if (strength === undefined) {
      strength = this.nothing();
      this.takeFree(range, strength);
      this.groups.set(id, strength);
    }
    return strength;
  }

  private takeFree(range: AssignmentRange, into: Strength): void {
    for (const number of freeIn(range)) this.take(number, this.ranges.granted(number), into);
  }

  private take(number: number, counted: GuardedSet | undefined, into: Strength): void {
    const { assignments, grantOf, roleOf } = this.sources;
    const levels = this.levelsOf(assignments[number]!, counted);
    for (let kind = 0; kind < levels.length; kind++) {
      const level = levels[kind]!;
      if (level === 0) continue;
      into.byAssignment.add(kind, level, number);
      into.byGrant.add(kind, level, grantOf[number]!);
      into.byRole.add(kind, level, roleOf[number]!);
    }
  }

  private nothing(): Strength {
    const { length } = this.table.kinds;
    return {
      byAssignment: new TopTwo(length),
      byGrant: new TopTwo(length),
      byRole: new TopTwo(length),
    };
  }

  /** The points that the holder would have, in twentieths. */
  pointsUnder(holder: Holder, less: LessAccess): number {
    const levels = new Uint8Array(this.table.kinds.length);
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const range = this.ranges.of(id);
      if (range === noRange) continue;
      if (!isNeedy) raiseAll(levels, this.freeUnder(less.touched.has(id) ? less : this.current, id));
      for (const number of isNeedy ? numbersIn(range) : range.depending)
        raiseAll(levels, this.levelsUnder(less, number, holder));
    }
    return this.pointsOf(levels);
  }

  /** Whether members of a group, or the principal, may have less then. Of those whose needs are known it says nothing. */
  mayLower(id: string, less: LessAccess): boolean {
    if (this.ranges.of(id).depending.size > 0) return true;
    const levels = this.freeUnder(less, id);
    return this.freeUnder(this.current, id).some((level, kind) => level > levels[kind]!);
  }

  /** What assignments of one principal, or group, would give anybody: worked out once for all members. */
  private freeUnder(less: LessAccess, id: string): Uint8Array {
    let levels = less.levels.get(id);
    if (levels === undefined) {
      levels = new Uint8Array(this.table.kinds.length);
      for (const number of freeIn(this.ranges.of(id))) raiseAll(levels, this.levelsUnder(less, number));
      less.levels.set(id, levels);
    }
    return levels;
  }

  private levelsUnder({ changed }: LessAccess, number: number, holder?: Holder): Uint8Array {
    const assignment = this.sources.assignments[number]!;
    const isAsItIs = holder === undefined && assignment.roleGuid !== changed?.roleGuid;
    const counted = isAsItIs ? this.ranges.granted(number) : this.counter.of(assignment, holder, changed);
    return this.levelsOf(assignment, counted);
  }

  pointsOf(levels: Uint8Array): number {
    return this.table.kinds.reduce((sum, { weight }, kind) => sum + weight * levels[kind]!, 0);
  }

  /** Whether it is known what it needs. */
  isNeedy({ principal }: Holder): boolean {
    return this.needed?.knows(principal) === true;
  }

  /** The assignments of a principal, or group, that give everybody the same. */
  eachFree(id: string, take: Take): void {
    for (const number of freeIn(this.ranges.of(id)))
      take(this.sources.assignments[number]!, this.ranges.granted(number));
  }

  /** Assignments that do not give the holder what they give everybody. */
  eachDepending(id: string, holder: Holder, take: Take): void {
    const range = this.ranges.of(id);
    for (const number of this.isNeedy(holder) ? numbersIn(range) : range.depending) {
      const assignment = this.sources.assignments[number]!;
      take(assignment, this.counted(assignment, holder));
    }
  }

  /** What an assignment gives the holder, or would give; undefined where nobody knows its role. */
  counted(assignment: RoleAssignment, holder: Holder): GuardedSet | undefined {
    return this.counter.of(assignment, holder);
  }

  /** What it gives before anything is denied. */
  granted(assignment: RoleAssignment): GuardedSet | undefined {
    return this.counter.of(assignment, undefined);
  }

  /** Assignments of that principal, or group, of which nobody knows what they give. */
  unreadOf(id: string): readonly RoleAssignment[] {
    return this.ranges.of(id).unread;
  }

  /** Levels by kind of an assignment that gives that; empty where it stands at no scope of Azure's. Not to be changed. */
  levelsOf({ place }: Pick<RoleAssignment, 'place'>, counted: GuardedSet | undefined): Uint8Array {
    const reach = scopeLevelOf(place);
    return counted === undefined || reach === undefined ? noLevels : this.levels.of(counted)[reach];
  }
}

function join(strength: Strength, into: Strength): void {
  into.byAssignment.join(strength.byAssignment);
  into.byGrant.join(strength.byGrant);
  into.byRole.join(strength.byRole);
}

const noLevels = new Uint8Array(0);
