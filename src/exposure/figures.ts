import type { GuardedSet } from '../access/guarded-set.js';
import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { AccessCounter, type Holder, type RoleOf } from './counted-access.js';
import type { KindTable } from './kind-table.js';
import type { NeededAccess } from './needed-access.js';
import { reachOf, twentieths, underCondition } from './reach.js';
import { type NumberedAssignment, Sources } from './sources.js';
import { Strongest } from './strongest.js';

/** What somebody holds, kind by kind, told apart by what can be taken away. */
export interface Strength {
  readonly byAssignment: Strongest;
  readonly byGrant: Strongest;
  readonly byRole: Strongest;
}

/** What a tenant would be like with less in it. */
export interface LessAccess {
  readonly removed?: ReadonlySet<RoleAssignment>;
  readonly role?: RoleOf;
  /** Principals and groups with an assignment that it is about. */
  readonly touched: ReadonlySet<string>;
  /** What these give by then, as it is worked out. */
  readonly levels: Map<string, Uint8Array>;
}

/** Works out how strong identities are. What a group gives all its members is worked out once. */
export class Figures {
  readonly sources = new Sources();
  private readonly counter: AccessCounter;
  private readonly parts = new Map<string, Part>();
  private readonly roleOf: RoleOf;

  constructor(
    private readonly tenant: Tenant,
    readonly table: KindTable,
    private readonly needed?: NeededAccess,
  ) {
    this.counter = new AccessCounter(tenant, needed);
    this.roleOf = guid => tenant.role(guid);
  }

  holder(principal: string): Holder {
    return { principal, ...this.tenant.identityOf(principal) };
  }

  of(holder: Holder): Strength {
    const strength = this.nothing();
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const part = this.part(id);
      if (!isNeedy) for (const key of keys) strength[key].join(part.free[key]);
      for (const numbered of isNeedy ? part.all : part.depending) this.take(numbered, holder, strength);
    }
    return strength;
  }

  /** The points that the holder would have, in twentieths. */
  pointsUnder(holder: Holder, less: LessAccess): number {
    const levels = new Uint8Array(this.table.kinds.length);
    const isNeedy = this.isNeedy(holder);
    for (const id of holder.ids) {
      const part = this.part(id);
      const isTouched = less.touched.has(id);
      if (!isNeedy) raiseAll(levels, isTouched ? this.levelsUnder(less, id) : part.free.byAssignment.level);
      for (const { assignment } of isNeedy ? part.all : part.depending)
        if (less.removed?.has(assignment) !== true)
          this.raise(levels, assignment, holder, less.role ?? this.roleOf);
    }
    return this.pointsOf(levels);
  }

  /** What assignments of one principal, or group, would give anybody: worked out once for all members. */
  private levelsUnder(less: LessAccess, id: string): Uint8Array {
    let levels = less.levels.get(id);
    if (levels === undefined) {
      levels = new Uint8Array(this.table.kinds.length);
      const { all, depending } = this.part(id);
      const dependent = new Set(depending.map(({ assignment }) => assignment));
      for (const { assignment } of all) {
        if (dependent.has(assignment) || less.removed?.has(assignment) === true) continue;
        this.raise(levels, assignment, undefined, less.role ?? this.roleOf);
      }
      less.levels.set(id, levels);
    }
    return levels;
  }

  private raise(
    levels: Uint8Array,
    assignment: RoleAssignment,
    holder: Holder | undefined,
    roleOf: RoleOf,
  ): void {
    const counted = this.counter.of(assignment, holder, roleOf);
    this.eachLevel(assignment, counted, (kind, level) => {
      if (level > levels[kind]!) levels[kind] = level;
    });
  }

  pointsOf(levels: Uint8Array): number {
    return this.table.kinds.reduce((sum, { weight }, kind) => sum + weight * levels[kind]!, 0);
  }

  /** Whether it is known what it needs. */
  isNeedy({ principal }: Holder): boolean {
    return this.needed?.knows(principal) === true;
  }

  /** Those of a principal, or group, that do not give the holder what they give everybody. */
  dependingOf(id: string, holder: Holder): readonly RoleAssignment[] {
    const { all, depending } = this.part(id);
    return (this.isNeedy(holder) ? all : depending).map(({ assignment }) => assignment);
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

  /** The levels that an assignment of theirs gives, or would give. */
  eachLevel(
    { place }: Pick<RoleAssignment, 'place'>,
    counted: GuardedSet | undefined,
    take: (kind: number, level: number) => void,
  ): void {
    const reach = reachOf(place);
    if (counted === undefined || reach === undefined) return;
    const full = twentieths[reach];
    const certain = this.table.kindsIn(counted.certain);
    const conditional = this.table.kindsIn(counted.perhaps) & ~certain;
    for (let kind = 0; certain >> kind > 0; kind++) if ((certain >> kind) & 1) take(kind, full);
    for (let kind = 0; conditional >> kind > 0; kind++)
      if ((conditional >> kind) & 1) take(kind, underCondition(full));
  }

  private take(
    { assignment, numbers }: NumberedAssignment,
    holder: Holder | undefined,
    into: Strength,
  ): void {
    const counted = this.counter.of(assignment, holder, this.roleOf);
    this.eachLevel(assignment, counted, (kind, level) => {
      keys.forEach((key, i) => into[key].add(kind, level, numbers[i]!));
    });
  }

  private part(id: string): Part {
    let part = this.parts.get(id);
    if (part === undefined) this.parts.set(id, (part = this.make(id)));
    return part;
  }

  private make(id: string): Part {
    const own = this.tenant.assignmentsOf(id);
    if (own.length === 0)
      return (this.emptyPart ??= { free: this.nothing(), depending: [], all: [], unread: [] });
    const all = this.sources.number(own);
    const free = this.nothing();
    const depending: NumberedAssignment[] = [];
    const unread: RoleAssignment[] = [];
    for (const numbered of all) {
      const { assignment } = numbered;
      if (this.tenant.role(assignment.roleGuid) === undefined || reachOf(assignment.place) === undefined)
        unread.push(assignment);
      else if (this.counter.dependsOnHolder(assignment)) depending.push(numbered);
      else this.take(numbered, undefined, free);
    }
    return { free, depending, all, unread };
  }

  private emptyPart: Part | undefined;

  private nothing(): Strength {
    const { length } = this.table.kinds;
    return {
      byAssignment: new Strongest(length),
      byGrant: new Strongest(length),
      byRole: new Strongest(length),
    };
  }
}

const keys = ['byAssignment', 'byGrant', 'byRole'] as const;

/** What assignments of one principal, or group, give. */
interface Part {
  /** All that does not depend on who has them. */
  readonly free: Strength;
  /** Those of which it does: something is denied there. */
  readonly depending: readonly NumberedAssignment[];
  readonly all: readonly NumberedAssignment[];
  readonly unread: readonly RoleAssignment[];
}

function raiseAll(levels: Uint8Array, others: Uint8Array): void {
  for (let kind = 0; kind < levels.length; kind++)
    if (others[kind]! > levels[kind]!) levels[kind] = others[kind]!;
}
