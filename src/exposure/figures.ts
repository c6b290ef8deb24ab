import type { GuardedSet } from '../access/guarded-set.js';
import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { AccessCounter, type Holder, type RoleOf } from './counted-access.js';
import type { KindTable } from './kind-table.js';
import { LevelTable, raiseAll } from './level-table.js';
import type { NeededAccess } from './needed-access.js';
import { reachOf } from './reach.js';
import { Sources } from './sources.js';
import { Strongest } from './strongest.js';

/** What somebody holds, kind by kind, told apart by what can be taken away. */
export interface Strength {
  readonly byAssignment: Strongest;
  readonly byGrant: Strongest;
  readonly byRole: Strongest;
}

/** What a tenant would be like where roles give less. */
export interface LessAccess {
  readonly role: RoleOf;
  /** Principals and groups with an assignment that it is about. */
  readonly touched: ReadonlySet<string>;
  /** What these, or others, give everybody by then, as it is worked out. */
  readonly levels: Map<string, Uint8Array>;
}

/** Works out how strong identities are. What a group gives all its members is worked out once. */
export class Figures {
  readonly sources: Sources;
  private readonly counter: AccessCounter;
  private readonly levels: LevelTable;
  private readonly parts = new Map<string, Part>();
  private readonly groups = new Map<string, Strength>();
  private readonly roleOf: RoleOf;
  private readonly asItIs: LessAccess;

  constructor(
    private readonly tenant: Tenant,
    readonly table: KindTable,
    private readonly needed?: NeededAccess,
  ) {
    this.sources = new Sources(tenant.assignments.length);
    this.counter = new AccessCounter(tenant, needed);
    this.levels = new LevelTable(table);
    this.roleOf = guid => tenant.role(guid);
    this.asItIs = { role: this.roleOf, touched: new Set(), levels: new Map() };
  }

  holder(principal: string): Holder {
    return { principal, ...this.tenant.identityOf(principal) };
  }

  of(holder: Holder): Strength {
    const strength = this.nothing();
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const part = this.part(id);
      if (part === noPart) continue;
      if (isNeedy) {
        for (const number of numbersOf(part)) this.take(number, holder, strength);
        continue;
      }
      if (id === holder.principal) this.takeFree(part, strength);
      else join(this.ofGroup(id, part), strength);
      for (const number of part.depending) this.take(number, holder, strength);
    }
    return strength;
  }

  /** The points that the holder would have, in twentieths. */
  pointsUnder(holder: Holder, less: LessAccess): number {
    const levels = new Uint8Array(this.table.kinds.length);
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const part = this.part(id);
      if (part === noPart) continue;
      if (!isNeedy) raiseAll(levels, this.freeUnder(less.touched.has(id) ? less : this.asItIs, id));
      for (const number of isNeedy ? numbersOf(part) : part.depending)
        this.raise(levels, number, holder, less);
    }
    return this.pointsOf(levels);
  }

  /** What assignments of one principal, or group, would give anybody: worked out once for all members. */
  private freeUnder(less: LessAccess, id: string): Uint8Array {
    let levels = less.levels.get(id);
    if (levels === undefined) {
      levels = new Uint8Array(this.table.kinds.length);
      const part = this.part(id);
      for (const number of numbersOf(part))
        if (!part.depending.has(number)) this.raise(levels, number, undefined, less);
      less.levels.set(id, levels);
    }
    return levels;
  }

  private raise(levels: Uint8Array, number: number, holder: Holder | undefined, { role }: LessAccess): void {
    const assignment = this.sources.assignments[number]!;
    raiseAll(levels, this.levelsOf(assignment, this.counter.of(assignment, holder, role)));
  }

  pointsOf(levels: Uint8Array): number {
    return this.table.kinds.reduce((sum, { weight }, kind) => sum + weight * levels[kind]!, 0);
  }

  /** Whether it is known what it needs. */
  isNeedy({ principal }: Holder): boolean {
    return this.needed?.knows(principal) === true;
  }

  /** Those of a principal, or group, that give everybody the same. */
  *freeOf(id: string): Generator<RoleAssignment> {
    const part = this.part(id);
    for (const number of numbersOf(part))
      if (!part.depending.has(number)) yield this.sources.assignments[number]!;
  }

  /** Those that do not give the holder what they give everybody. */
  *dependingOf(id: string, holder: Holder): Generator<RoleAssignment> {
    const part = this.part(id);
    const numbers = this.isNeedy(holder) ? numbersOf(part) : part.depending;
    for (const number of numbers) yield this.sources.assignments[number]!;
  }

  /** What an assignment gives the holder; undefined where nobody knows its role, or where it stands. */
  counted(assignment: RoleAssignment, holder: Holder): GuardedSet | undefined {
    return reachOf(assignment.place) && this.counter.of(assignment, holder, this.roleOf);
  }

  /** What it gives before anything is denied. */
  granted(assignment: RoleAssignment): GuardedSet | undefined {
    return reachOf(assignment.place) && this.counter.of(assignment, undefined, this.roleOf);
  }

  /** Assignments of that principal, or group, of which nobody knows what they give. */
  unreadOf(id: string): readonly RoleAssignment[] {
    return this.part(id).unread;
  }

  /** The levels that an assignment of theirs gives, or would give, by kind. Not to be changed by the caller. */
  levelsOf({ place }: Pick<RoleAssignment, 'place'>, counted: GuardedSet | undefined): Uint8Array {
    const reach = reachOf(place);
    return counted === undefined || reach === undefined ? noLevels : this.levels.of(counted, reach);
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

  /** What the assignments give whoever has them. */
  private takeFree(part: Part, into: Strength): void {
    for (const number of numbersOf(part)) if (!part.depending.has(number)) this.take(number, undefined, into);
  }

  private take(number: number, holder: Holder | undefined, into: Strength): void {
    const { assignments, grantOf, roleOf } = this.sources;
    const assignment = assignments[number]!;
    const levels = this.levelsOf(assignment, this.counter.of(assignment, holder, this.roleOf));
    for (let kind = 0; kind < levels.length; kind++) {
      const level = levels[kind]!;
      if (level === 0) continue;
      into.byAssignment.add(kind, level, number);
      into.byGrant.add(kind, level, grantOf[number]!);
      into.byRole.add(kind, level, roleOf[number]!);
    }
  }

  private part(id: string): Part {
    let part = this.parts.get(id);
    if (part === undefined) this.parts.set(id, (part = this.make(this.tenant.assignmentsOf(id))));
    return part;
  }

  private make(own: readonly RoleAssignment[]): Part {
    if (own.length === 0) return noPart;
    const first = this.sources.assignments.length;
    this.sources.number(own);
    const depending: number[] = [];
    const unread: RoleAssignment[] = [];
    own.forEach((assignment, i) => {
      if (this.tenant.role(assignment.roleGuid) === undefined || reachOf(assignment.place) === undefined)
        unread.push(assignment);
      else if (this.counter.dependsOnHolder(assignment)) depending.push(first + i);
    });
    return {
      first,
      end: first + own.length,
      depending: depending.length === 0 ? none : new Set(depending),
      unread: unread.length === 0 ? noPart.unread : unread,
    };
  }

  private nothing(): Strength {
    const { length } = this.table.kinds;
    return {
      byAssignment: new Strongest(length),
      byGrant: new Strongest(length),
      byRole: new Strongest(length),
    };
  }
}

function join(strength: Strength, into: Strength): void {
  into.byAssignment.join(strength.byAssignment);
  into.byGrant.join(strength.byGrant);
  into.byRole.join(strength.byRole);
}

/** The assignments of one principal, or group: their numbers go from `first` up to and without `end`. */
interface Part {
  readonly first: number;
  readonly end: number;
  /** Those that do not give everybody the same: something is denied there. */
  readonly depending: ReadonlySet<number>;
  /** Those of which nobody knows what they give. */
  readonly unread: readonly RoleAssignment[];
}

const none: ReadonlySet<number> = new Set();
const noPart: Part = { first: 0, end: 0, depending: none, unread: [] };
const noLevels = new Uint8Array(0);

function* numbersOf({ first, end }: Part): Generator<number> {
  for (let number = first; number < end; number++) yield number;
}
