import { createHash } from 'node:crypto';
import type { UnitResult } from '../snapshot-writer/unit-result.js';
import type { AuthorizationKind } from './authorization-lists.js';
import type { ScopeHierarchy, FoundSubscription } from './scope-hierarchy.js';
import { type PlanOptions, type Readers, resourcesThroughGraph, throughGraph } from './graph-units.js';

/** A piece of the work. Its name is the same each time the same is collected. */
export interface Unit {
  readonly name: string;
  /** For progress: what is being read. */
  readonly what: string;
  run(): Promise<UnitResult>;
}

/**
 * The work that the containers call for, in the order that the snapshot has it in. What stands above subscriptions comes
 * first: most of it need not be kept again when subscriptions show it.
 */
export function planUnits(
  { managementGroups, subscriptions }: ScopeHierarchy,
  readers: Readers,
  options: PlanOptions,
): Unit[] {
  const { authorization } = readers;
  const root = assignmentKinds.map(kind => unit(`/ ${kind}`, kind, () => authorization.above(kind, '/')));
  const groups = managementGroups.flatMap(({ id }) => {
    const scope = `/providers/Microsoft.Management/managementGroups/${encodeURIComponent(id)}`;
    return allKinds.map(kind => unit(`${scope} ${kind}`, kind, () => authorization.above(kind, scope)));
  });
  const below =
    options.engine === 'arm'
      ? bySubscription(subscriptions, readers)
      : byGraph(subscriptions, readers, options);
  const [first] = subscriptions;
  const anywhere = first === undefined ? '/' : `/subscriptions/${first.id}`;
  const builtIn = unit('built-in roles', 'roleDefinitions', () => authorization.newBuiltInRoles(anywhere));
  return [...root, ...groups, builtIn, ...below];
}

const assignmentKinds = [
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
] as const;
const allKinds: readonly AuthorizationKind[] = ['roleDefinitions', ...assignmentKinds];
/** What Resource Graph does not hold. */
const onlyInArm: readonly AuthorizationKind[] = [
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
];

function bySubscription(subscriptions: readonly FoundSubscription[], readers: Readers): Unit[] {
  return subscriptions.flatMap(({ id }) => [
    ...allKinds.map(kind => inSubscription(kind, id, readers)),
    unit(`/subscriptions/${id} resources`, 'resources', () => readers.resources.inSubscription(id)),
  ]);
}

function byGraph(
  subscriptions: readonly FoundSubscription[],
  readers: Readers,
  options: PlanOptions,
): Unit[] {
  const ids = subscriptions.map(({ id }) => id);
  return chunks(ids, chunkSize).flatMap(chunk => [
    unit(`${nameOf(chunk)} roleDefinitions`, 'roleDefinitions', () =>
      throughGraph('roleDefinitions', chunk, readers, options),
    ),
    unit(`${nameOf(chunk)} roleAssignments`, 'roleAssignments', () =>
      throughGraph('roleAssignments', chunk, readers, options),
    ),
    ...chunk.flatMap(id => onlyInArm.map(kind => inSubscription(kind, id, readers))),
    unit(`${nameOf(chunk)} resources`, 'resources', () => resourcesThroughGraph(chunk, readers, options)),
  ]);
}

/** All of them count: where more subscriptions are found when a collection is resumed, others come together. */
function nameOf(chunk: readonly string[]): string {
  return `graph ${createHash('sha256').update(chunk.join()).digest('hex').slice(0, 32)}`;
}

/** Some 30 subscriptions with 200 assignments each are six pages: enough to be quick, little enough to be kept in memory. */
const chunkSize = 30;

function inSubscription(kind: AuthorizationKind, id: string, { authorization }: Readers): Unit {
  return unit(`/subscriptions/${id} ${kind}`, kind, () => authorization.atSubscription(kind, id));
}

function unit(name: string, what: string, run: () => Promise<UnitResult>): Unit {
  return { name, what, run };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
