// Random tenants, and what is held in them as a reference of a few lines sees it, which knows neither sets nor indexes.
import type { ActionSet } from '../../../src/rbac/action-sets/action-set.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { expectedReach } from '../../rbac/reach/reference.js';
import { definition, grants, type PlainPermission } from '../../laws/reference.js';
import {
  assignmentRow,
  endpoint,
  group,
  managementGroup,
  principal,
  roleRow,
  sets,
  subscription,
  workspace,
  type Row,
} from './access.js';

const scopes = [
  '/',
  managementGroup,
  subscription,
  group,
  workspace,
  endpoint,
  `${endpoint}x`,
  `${group}/providers/Microsoft.Storage/storageAccounts/s`,
];
/** Whether an assignment at the first scope is one at the second. Everything lies in the one management group. */
export function reaches(outer: string, inner: string): boolean {
  if (outer === inner || outer === '/') return true;
  if (outer === managementGroup) return inner !== '/';
  return inner.startsWith(`${outer}/`);
}

/** What the principal needs at the endpoint. */
export const set = sets.get('online-scoring-cli') as ActionSet;
const ml = 'Microsoft.MachineLearningServices/workspaces';
const patterns = [
  '*',
  '*/read',
  '*/action',
  `${ml}/*`,
  `${ml}/read`,
  `${ml}/*/read`,
  `${ml}/onlineEndpoints/*`,
  `${ml}/onlineEndpoints/score/action`,
  `${ml}/onlineEndpoints/read`,
  `${ml}/onlineEndpoints/write`,
  `${ml}/onlineEndpoints/*/action`,
  'Microsoft.Compute/virtualMachines/read',
];

/** Every operation of a few providers, in the plane that it has: what the reference looks at. */
export const universe = [
  'Microsoft.MachineLearningServices',
  'Microsoft.Compute',
  'Microsoft.Authorization',
  'Microsoft.KeyVault',
  'Microsoft.Storage',
  'Microsoft.ContainerRegistry',
  'Microsoft.ManagedIdentity',
]
  .flatMap(provider => {
    const section = shippedCatalog.operations.provider(provider.toLowerCase())!;
    return Array.from({ length: section.count }, (_, at) => shippedCatalog.operations.at(section.first + at));
  })
  .filter(({ plane }) => plane === 'control' || plane === 'both')
  .map(({ name }) => name)
  .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

/** A condition: none; one about some operations, which nobody can decide; one that rules them out; one that nobody can read. */
interface Guard {
  readonly kind: 'none' | 'about' | 'rules-out' | 'unreadable';
  readonly pattern: string;
}

type Truth = 'true' | 'false' | 'unknown';

function conditionOf({ kind, pattern }: Guard): string | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'about':
      return `(!(ActionMatches{'${pattern}'})) OR (@Resource[x] StringEquals 'y')`;
    case 'rules-out':
      return `!(ActionMatches{'${pattern}'})`;
    case 'unreadable':
      return 'x';
  }
}

function truthOf({ kind, pattern }: Guard, operation: string): Truth {
  if (kind === 'unreadable') return 'unknown';
  if (kind === 'none' || !definition(pattern.toLowerCase()).test(operation.toLowerCase())) return 'true';
  return kind === 'about' ? 'unknown' : 'false';
}

function all(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false';
  return truths.includes('unknown') ? 'unknown' : 'true';
}

function some(truths: readonly Truth[]): Truth {
  if (truths.includes('true')) return 'true';
  return truths.includes('unknown') ? 'unknown' : 'false';
}

interface Entry {
  readonly permission: PlainPermission;
  readonly guard: Guard;
}

interface Assigned {
  readonly role: number;
  readonly holder: string;
  readonly scope: string;
  readonly guard: Guard;
  /** In which lists of the snapshot it stands. */
  readonly lists: readonly ('roleAssignments' | 'activeAssignments' | 'eligibleAssignments')[];
}

interface Denied {
  readonly scope: string;
  readonly principals: readonly string[];
  readonly excluded: readonly string[];
  readonly isForChildren: boolean;
  readonly isAudit: boolean;
  readonly entry: Entry;
  readonly guard: Guard;
}

/** Roles, who has them, and what is denied. */
export interface World {
  readonly roles: readonly (readonly Entry[])[];
  readonly assigned: readonly Assigned[];
  readonly denied: readonly Denied[];
}

const everyone = '00000000-0000-0000-0000-000000000000';
/** The principal is in the first, that and the second lie in each other, and the third is apart. */
export const groups = [1, 2, 3].map(number => `eeeeeeee-1111-2222-3333-44444444440${number}`) as [
  string,
  string,
  string,
];
const [inner, outer, foreign] = groups;
const principals = [
  { id: principal, type: 'ServicePrincipal', memberOf: [inner] },
  { id: inner, type: 'Group', memberOf: [outer] },
  { id: outer, type: 'Group', memberOf: [inner] },
  { id: foreign, type: 'Group', memberOf: [] },
];
const ids = [principal, inner, outer];

function granted({ roles, assigned }: World, operation: string, place: string): Truth {
  return some(
    assigned
      .filter(({ holder, scope, lists }) => {
        const isHeld = reaches(scope, place) && !lists.includes('eligibleAssignments');
        const hasEffect = [scope, place].every(at => expectedReach(at, operation, 'control') === 'in');
        return ids.includes(holder) && isHeld && hasEffect;
      })
      .flatMap(({ role, guard }) =>
        roles[role]!.map(entry => all([given(entry, operation), truthOf(guard, operation)])),
      ),
  );
}

function denied(world: World, operation: string, place: string): Truth {
  return some(
    world.denied
      .filter(({ scope, principals: named, excluded, isForChildren, isAudit }) => {
        return (
          !isAudit &&
          (scope === place || (isForChildren && reaches(scope, place))) &&
          named.some(id => id === everyone || ids.includes(id)) &&
          !excluded.some(id => ids.includes(id))
        );
      })
      .map(({ entry, guard }) => all([given(entry, operation), truthOf(guard, operation)])),
  );
}

function given({ permission, guard }: Entry, operation: string): Truth {
  return grants([permission], operation, 'control') ? truthOf(guard, operation) : 'false';
}

function heldIn(world: World, operation: string, place: string): Truth {
  const deny = denied(world, operation, place);
  if (deny === 'true') return 'false';
  const grant = granted(world, operation, place);
  return deny === 'unknown' && grant === 'true' ? 'unknown' : grant;
}

/** What the evaluation should find at the endpoint. */
export function reference(world: World) {
  const required = set.required.control!;
  const held = universe.filter(operation => heldIn(world, operation, endpoint) !== 'false');
  const that = (truth: Truth): string[] =>
    required.filter(operation => heldIn(world, operation, endpoint) === truth);
  const [covered, conditional, missing] = [that('true'), that('unknown'), that('false')];
  const forbidden = held.filter(
    operation => within(set.forbidden.control!, operation) && !required.includes(operation),
  );
  const excess = held.filter(
    operation =>
      !required.includes(operation) &&
      (forbidden.includes(operation) || !within(set.tolerated.control ?? [], operation)),
  );
  const fails = missing.length + conditional.length + forbidden.length > 0;
  return {
    covered,
    conditional,
    missing,
    denied: missing.filter(operation => denied(world, operation, endpoint) === 'true'),
    forbidden,
    excess,
    status: fails ? 'fail' : excess.length > 0 ? 'excess' : 'pass',
  };
}

function within(lists: readonly string[], operation: string): boolean {
  return grants([{ ...nothing, actions: lists }], operation, 'control');
}

/** What is held at a scope of which no need is declared: all of it is excess, but what is needed or harmless further in. */
export function excessAt(world: World, place: string): string[] {
  const isNeeded = (operation: string): boolean =>
    reaches(place, endpoint) &&
    within([...set.required.control!, ...(set.tolerated.control ?? [])], operation);
  return universe.filter(operation => heldIn(world, operation, place) !== 'false' && !isNeeded(operation));
}

/** The scopes at which the principal holds a role, and those among them that have one in them. */
export function heldScopes({ assigned }: World): string[] {
  const held = assigned.filter(
    ({ holder, lists }) => ids.includes(holder) && !lists.includes('eligibleAssignments'),
  );
  return [...new Set(held.map(({ scope }) => scope))];
}

const nothing: PlainPermission = { actions: [], notActions: [], dataActions: [], notDataActions: [] };

/** The tenant as a snapshot has it. */
export function rowsOf({ roles, assigned, denied: denials }: World): Record<string, Row[]> {
  const rows: Record<string, Row[]> = {
    principals,
    roleDefinitions: roles.map((entries, at) => roleRow(at, entries.map(permissionRow))),
    denyAssignments: denials.map((deny, at) => ({
      id: `${deny.scope === '/' ? '' : deny.scope}/providers/Microsoft.Authorization/denyAssignments/dddddddd-1111-2222-3333-00000000000${at}`,
      properties: {
        scope: deny.scope,
        doNotApplyToChildScopes: !deny.isForChildren,
        denyAssignmentEffect: deny.isAudit ? 'audit' : 'enforced',
        principals: deny.principals.map(id => ({ id })),
        excludePrincipals: deny.excluded.map(id => ({ id })),
        permissions: [permissionRow(deny.entry)],
        condition: conditionOf(deny.guard),
      },
    })),
    roleAssignments: [],
    activeAssignments: [],
    eligibleAssignments: [],
  };
  for (const { role, holder, scope, guard, lists } of assigned) {
    const principalType = holder === principal ? 'ServicePrincipal' : 'Group';
    const row = assignmentRow(role, scope, {
      principalId: holder,
      principalType,
      condition: conditionOf(guard),
    });
    for (const list of lists) rows[list]!.push(row);
  }
  return rows;
}

function permissionRow({ permission, guard }: Entry): Row {
  return { ...permission, condition: conditionOf(guard), conditionVersion: '2.0' };
}

/** Makes tenants by chance. */
export class Dice {
  constructor(private readonly random: () => number) {}

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.upTo(items.length - 1)]!;
  }

  list<T>(length: number, make: () => T): T[] {
    return Array.from({ length }, make);
  }

  guard(): Guard {
    const kind = this.chance(0.7) ? 'none' : this.pick(['about', 'rules-out', 'unreadable'] as const);
    return { kind, pattern: this.pick(patterns) };
  }

  entry(actions: () => readonly string[]): Entry {
    const notActions = this.list(this.upTo(1), () => this.pick(patterns));
    return { permission: { ...nothing, actions: actions(), notActions }, guard: this.guard() };
  }

  world(): World {
    const some = (most: number) => this.list(this.upTo(most), () => this.pick(patterns));
    return {
      roles: this.list(3, () =>
        this.list(1 + this.upTo(1), () =>
          this.entry(() => (this.chance(0.4) ? set.required.control! : some(2))),
        ),
      ),
      assigned: this.list(1 + this.upTo(3), () => ({
        role: this.upTo(2),
        holder: this.pick([principal, principal, inner, outer, foreign]),
        scope: this.pick(scopes),
        guard: this.guard(),
        lists: this.pick([
          ['roleAssignments'],
          ['roleAssignments'],
          ['activeAssignments'],
          ['roleAssignments', 'activeAssignments'],
          ['eligibleAssignments'],
        ] as const),
      })),
      denied: this.list(this.chance(0.5) ? 0 : 1 + this.upTo(1), () => ({
        scope: this.pick(scopes),
        principals: this.list(1, () => this.pick([principal, inner, outer, foreign, everyone])),
        excluded: this.chance(0.8) ? [] : [this.pick([principal, outer, foreign])],
        isForChildren: this.chance(0.8),
        isAudit: this.chance(0.1),
        entry: this.entry(() => some(2)),
        guard: this.guard(),
      })),
    };
  }
}
