import { getOrInsert } from '../../../maps.js';
import type { RoleSource } from '../../../tenant/access/role-source.js';
import { admittedAssignments } from '../../../rbac/conditions/role-assignment-guard.js';
import { holdsValue, type ValueSet } from '../../../rbac/conditions/admitted-values.js';
import type { ConditionExpression } from '../../../rbac/conditions/expression.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { RolePermissions, Witness } from '../../../rbac/permissions/role-permissions.js';
import type { CheckContext } from '../check-context.js';
import { contributorLike, percentOfChanges } from '../covers-built-in-role.js';
import { ByGuard, type Guarded } from './by-guard.js';
import { perRun } from './per-run.js';

/**
 * How much a role gives at its scope. `owner`: its holder can make anybody Owner there. `privileged`: the holder can
 * change nearly everything, or widen what roles grant. Operations and conditions decide, never the role's name.
 */
export type Power = 'owner' | 'privileged' | 'ordinary';

export interface JudgedPower {
  readonly power: Power;
  /** What it allows, such as `can assign any role`; empty for an ordinary role. */
  readonly because: string;
}

/** Which roles a condition lets their holder assign. */
export interface Delegation {
  readonly admitted: ValueSet;
  /** The strongest of the roles that it admits; of those that the tenant and Azure have now. */
  readonly strongest: JudgedPower & { readonly role: string };
}

/** A role that a condition lets its holder assign, and what its holders can do. */
export interface AdmittedRole extends JudgedPower {
  readonly guid: string;
  readonly role: string;
}

/** Judges roles by what they can do, under the conditions of their assignments and their own. */
export class RolePowers {
  /** One for all checks of a run. */
  static readonly of = perRun((roles: RoleSource, context: PowerContext) => new RolePowers(roles, context));

  private readonly byRole = new Map<string, JudgedPower>();
  private readonly byGuard = new ByGuard(({ roleGuid, condition }: Guarded) =>
    this.judge(roleGuid, condition, []),
  );
  private everyRole: readonly string[] | undefined;
  private powerful: readonly AdmittedRole[] | undefined;
  private readonly changes = new Map<string, number>();

  private constructor(
    private readonly roles: RoleSource,
    private readonly context: PowerContext,
  ) {}

  /** What the assignment gives whoever has it. A role that nobody knows is ordinary: another rule speaks of it. */
  ofAssignment(assignment: Guarded): JudgedPower {
    return this.byGuard.of(assignment);
  }

  /**
   * Which roles the holder may assign, if an assignment, or the role itself, has a condition on that. Undefined where it
   * may assign none, or any.
   */
  delegation({ roleGuid, condition }: Guarded): Delegation | undefined {
    const role = this.roles.role(roleGuid);
    const guards = role && this.guardsOfAssigning(role, condition);
    if (guards === undefined || guards.length === 0 || guards.includes(undefined)) return undefined;
    const admitted = guards.map(
      guard => admittedAssignments(guard?.expression, 'write', 'RoleDefinitionId').possible,
    );
    const all = admitted.reduce(union);
    return { admitted: all, strongest: this.strongestOf(all, withRole([], roleGuid, condition)) };
  }

  /** Roles of the admitted roles that are more than ordinary, worst first; of the ones that there are now. */
  powerfulIn(admitted: ValueSet): readonly AdmittedRole[] {
    if (admitted.kind === 'all-but') return this.allPowerful.filter(({ guid }) => holdsValue(admitted, guid));
    return this.powerfulAmong(admitted.values);
  }

  private judge(roleGuid: string, condition: string | undefined, above: readonly string[]): JudgedPower {
    const role = this.roles.role(roleGuid);
    if (role === undefined) return ordinary;
    const isGuarded = condition !== undefined || role.entries.some(({ permission }) => permission.condition);
    if (!isGuarded) return this.unguarded(roleGuid, role);
    return strongest([
      this.assigning(role, condition, withRole(above, roleGuid, condition)),
      this.changing(roleGuid, role, condition),
    ]);
  }

  private unguarded(roleGuid: string, role: RolePermissions): JudgedPower {
    return getOrInsert(this.byRole, roleGuid, () =>
      strongest([this.assigning(role, undefined, [roleGuid]), this.changing(roleGuid, role, undefined)]),
    );
  }

  private assigning(
    role: RolePermissions,
    condition: string | undefined,
    above: readonly string[],
  ): JudgedPower {
    const guards = this.guardsOfAssigning(role, condition);
    if (guards.length === 0) return ordinary;
    if (guards.includes(undefined)) return { power: 'owner', because: 'can assign any role' };
    // Roles that may assign each other lead to no more than they are.
    if (above.length > maxDelegations) return ordinary;
    const admitted = guards.map(
      guard => admittedAssignments(guard?.expression, 'write', 'RoleDefinitionId').possible,
    );
    const { power, role: name } = this.strongestOf(admitted.reduce(union), above);
    return power === 'ordinary' ? ordinary : { power, because: `can assign the role "${name}"` };
  }

  private strongestOf(admitted: ValueSet, above: readonly string[]): Delegation['strongest'] {
    const candidates =
      admitted.kind === 'only' ? admitted.values : this.allRoles.filter(id => holdsValue(admitted, id));
    let found: Delegation['strongest'] = { ...ordinary, role: '' };
    for (const id of candidates) {
      if (above.includes(id) || found.power === 'owner') continue;
      const judged = this.judge(id, undefined, above);
      if (ranks.indexOf(judged.power) >= ranks.indexOf(found.power)) continue;
      const role = this.roles.role(id);
      found = { ...judged, role: role === undefined ? id : roleName(role.role) };
    }
    return found;
  }

  /** What guards each way in which the role grants the writing of role assignments; undefined where nothing does. */
  private guardsOfAssigning(role: RolePermissions, condition: string | undefined): (Guard | undefined)[] {
    const [operation] = this.context.group('role-assignment-writes').operations;
    return role
      .witnesses(operation!.operation, operation!.plane)
      .map(witness => this.guardOf(witness, condition))
      .filter(guard => guard?.isClosed !== true);
  }

  private guardOf({ permission }: Witness, condition: string | undefined): Guard | undefined {
    const texts = [permission.permission.condition?.value, condition].filter(text => text !== undefined);
    const parsed = texts.map(text => this.roles.conditions.read(text));
    const readable = parsed.flatMap(({ expression }) => expression ?? []);
    // What cannot be read may let anything through.
    if (readable.length < parsed.length) return { expression: undefined, isClosed: false };
    if (readable.length === 0) return undefined;
    const expression: ConditionExpression =
      readable.length === 1 ? readable[0]! : { kind: 'and', operands: readable, start: 0, end: 0 };
    const { definite, possible } = admittedAssignments(expression, 'write', 'RoleDefinitionId');
    if (definite.kind === 'all-but' && definite.values.length === 0) return undefined;
    return { expression, isClosed: possible.kind === 'only' && possible.values.length === 0 };
  }

  private changing(roleGuid: string, role: RolePermissions, condition: string | undefined): JudgedPower {
    const free = (group: string): boolean =>
      this.context
        .group(group)
        .operations.some(({ operation, plane }) =>
          role.witnesses(operation, plane).some(witness => this.isFree(operation, witness, condition)),
        );
    if (free('pim-management')) return { power: 'owner', because: 'can make anyone eligible for any role' };
    if (free('role-definition-writes'))
      return { power: 'privileged', because: 'can change what custom roles grant' };
    const percent = this.percentOf(roleGuid, role);
    if (percent < contributorLike) return ordinary;
    return {
      power: 'privileged',
      because: `can change or delete almost any resource (${percent} % of Contributor)`,
    };
  }

  private isFree(operation: string, { permission }: Witness, condition: string | undefined): boolean {
    const texts = [permission.permission.condition?.value, condition];
    const knowledge = {
      action: operation,
      subOperation: undefined,
      attribute: () => ({ kind: 'unknown' }) as const,
    };
    return this.roles.conditions.truthOf(texts, knowledge) === 'true';
  }

  private percentOf(roleGuid: string, role: RolePermissions): number {
    return getOrInsert(this.changes, roleGuid, () => percentOfChanges(role, 'Contributor', this.context));
  }

  private powerfulAmong(guids: readonly string[]): readonly AdmittedRole[] {
    const judged = guids.flatMap((guid): AdmittedRole[] => {
      const power = this.ofAssignment({ roleGuid: guid, condition: undefined });
      const role = this.roles.role(guid);
      return power.power === 'ordinary' || role === undefined
        ? []
        : [{ ...power, guid, role: roleName(role.role) }];
    });
    return judged.sort((a, b) => ranks.indexOf(a.power) - ranks.indexOf(b.power));
  }

  private get allPowerful(): readonly AdmittedRole[] {
    return (this.powerful ??= this.powerfulAmong(this.allRoles));
  }

  private get allRoles(): readonly string[] {
    return (this.everyRole ??= [...new Set(this.roles.roleGuids())].sort());
  }
}

type PowerContext = Pick<CheckContext, 'catalog' | 'index' | 'group' | 'permissionsOf'>;

/** The condition on one way to assign roles; without an expression where nobody can read it. */
interface Guard {
  readonly expression: ConditionExpression | undefined;
  /** Whether it lets no role through. */
  readonly isClosed: boolean;
}

/** One role lets assign another, and that one a third. */
const maxDelegations = 5;

/**
 * The roles that lead to this one, so that none is judged within itself. What an assignment's own condition guards is not
 * the role as it is without that: who may assign it may assign it unguarded.
 */
function withRole(
  above: readonly string[],
  roleGuid: string,
  condition: string | undefined,
): readonly string[] {
  return condition === undefined ? [...above, roleGuid] : above;
}

const ordinary: JudgedPower = { power: 'ordinary', because: '' };

const ranks: readonly Power[] = ['owner', 'privileged', 'ordinary'];

function strongest(judged: readonly JudgedPower[]): JudgedPower {
  return judged.reduce((best, next) => (ranks.indexOf(next.power) < ranks.indexOf(best.power) ? next : best));
}

function union(a: ValueSet, b: ValueSet): ValueSet {
  if (a.kind === 'only' && b.kind === 'only')
    return { kind: 'only', values: [...new Set([...a.values, ...b.values])] };
  if (a.kind === 'only')
    return { kind: 'all-but', values: b.values.filter(value => !a.values.includes(value)) };
  if (b.kind === 'only') return union(b, a);
  return { kind: 'all-but', values: a.values.filter(value => b.values.includes(value)) };
}
