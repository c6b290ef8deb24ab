import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { AccessCounter, type ChangedRole, type Holder } from './counted-access.js';
import type { KindTable } from './kind-table.js';
import { LevelTable, raiseAll } from './levels.js';
import type { NeededAccess } from './needed-access.js';
import { freeIn, noPart, numbersIn, type Part, Parts } from './assignment-ranges.js';
import { reachOf } from './reach.js';
import type { Sources } from './sources.js';
import { Strongest } from './strongest.js';

/** What somebody holds, kind by kind, told apart by what can be taken away. */
export interface Strength {
  readonly byAssignment: Strongest;
  readonly byGrant: Strongest;
  readonly byRole: Strongest;
}

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
export class Figures {
  readonly sources: Sources;
  private readonly counter: AccessCounter;
  private readonly levels: LevelTable;
  private readonly parts: Parts;
  private readonly groups = new Map<string, Strength>();
  private readonly asItIs: LessAccess = { touched: new Set(), levels: new Map() };

  constructor(
    private readonly tenant: Tenant,
    readonly table: KindTable,
    private readonly needed?: NeededAccess,
  ) {
    this.counter = new AccessCounter(tenant, needed);
    this.levels = new LevelTable(table);
    this.parts = new Parts(tenant, this.counter);
    this.sources = this.parts.sources;
  }

  holder(principal: string): Holder {
    return { principal, ...this.tenant.identityOf(principal) };
  }

  /** Whether the principal, or group, has an assignment of its own. */
  hasAny(id: string): boolean {
    return this.parts.of(id) !== noPart;
  }

  of(holder: Holder): Strength {
    const strength = this.nothing();
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const part = this.parts.of(id);
      if (part === noPart) continue;
      if (!isNeedy && id === holder.principal) this.takeFree(part, strength);
      else if (!isNeedy) join(this.ofGroup(id, part), strength);
      for (const number of isNeedy ? numbersIn(part) : part.depending)
        this.take(number, this.counted(this.sources.assignments[number]!, holder), strength);
    }
    return strength;
  }

  /** What a group gives all its members alike. */
  private ofGroup(id: string, part: Part): Strength {
    let strength = this.groups.get(id);
    if (strength === undefined) {
      strength = this.nothing();
      this.takeFree(part, strength);
      this.groups.set(id, strength);
    }
    return strength;
  }

  private takeFree(part: Part, into: Strength): void {
    for (const number of freeIn(part)) this.take(number, this.parts.granted(number), into);
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
      byAssignment: new Strongest(length),
      byGrant: new Strongest(length),
      byRole: new Strongest(length),
    };
  }

  /** The points that the holder would have, in twentieths. */
  pointsUnder(holder: Holder, less: LessAccess): number {
    const levels = new Uint8Array(this.table.kinds.length);
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const part = this.parts.of(id);
      if (part === noPart) continue;
      if (!isNeedy) raiseAll(levels, this.freeUnder(less.touched.has(id) ? less : this.asItIs, id));
      for (const number of isNeedy ? numbersIn(part) : part.depending)
        raiseAll(levels, this.levelsUnder(less, number, holder));
    }
    return this.pointsOf(levels);
  }

  /** Whether members of a group, or the principal, may have less then. Of those whose needs are known it says nothing. */
  mayLower(id: string, less: LessAccess): boolean {
    if (this.parts.of(id).depending.size > 0) return true;
    const levels = this.freeUnder(less, id);
    return this.freeUnder(this.asItIs, id).some((level, kind) => level > levels[kind]!);
  }

  /** What assignments of one principal, or group, would give anybody: worked out once for all members. */
  private freeUnder(less: LessAccess, id: string): Uint8Array {
    let levels = less.levels.get(id);
    if (levels === undefined) {
      levels = new Uint8Array(this.table.kinds.length);
      for (const number of freeIn(this.parts.of(id))) raiseAll(levels, this.levelsUnder(less, number));
      less.levels.set(id, levels);
    }
    return levels;
  }

  private levelsUnder({ changed }: LessAccess, number: number, holder?: Holder): Uint8Array {
    const assignment = this.sources.assignments[number]!;
    const isAsItIs = holder === undefined && assignment.roleGuid !== changed?.roleGuid;
    const counted = isAsItIs ? this.parts.granted(number) : this.counter.of(assignment, holder, changed);
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
    for (const number of freeIn(this.parts.of(id)))
      take(this.sources.assignments[number]!, this.parts.granted(number));
  }

  /** Those that do not give the holder what they give everybody. */
  eachDepending(id: string, holder: Holder, take: Take): void {
    const part = this.parts.of(id);
    for (const number of this.isNeedy(holder) ? numbersIn(part) : part.depending) {
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
    return this.parts.of(id).unread;
  }

  /** By kind, of an assignment that gives that; empty where it stands at no scope of Azure's. Not to be changed. */
  levelsOf({ place }: Pick<RoleAssignment, 'place'>, counted: GuardedSet | undefined): Uint8Array {
    const reach = reachOf(place);
    return counted === undefined || reach === undefined ? noLevels : this.levels.of(counted)[reach];
  }
}

function join(strength: Strength, into: Strength): void {
  into.byAssignment.join(strength.byAssignment);
  into.byGrant.join(strength.byGrant);
  into.byRole.join(strength.byRole);
}

const noLevels = new Uint8Array(0);
