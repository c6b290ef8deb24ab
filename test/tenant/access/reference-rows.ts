import type { Truth } from '../../../src/rbac/conditions/truth.js';
import type { QuestionRow, World } from './world-rows.js';

// Who a caller is, what lies in what, and what nobody read: by walking rows. See reference.ts.

/** What the token of a caller carries: its id and those of its groups, and of the groups that these are in. */
export interface Caller {
  readonly ids: readonly string[];
  /** These are all. */
  readonly isComplete: boolean;
}

export function callerOf(world: World, question: QuestionRow): Caller {
  const ids = [bare(question.principal)];
  let isComplete = !isMissing(world, 'principals', question);
  for (let at = 0; at < ids.length; at++) {
    const row = world.principals.find(principal => bare(principal.id) === ids[at]);
    if (row === undefined) isComplete = false;
    for (const group of row?.memberOf ?? []) if (!ids.includes(bare(group))) ids.push(bare(group));
  }
  return { ids, isComplete };
}

/** Whether an id is the caller or a group that it is in. What nobody calls a user, a service principal or a device may be a group. */
export function isAbout(world: World, id: string, type: string | undefined, caller: Caller): Truth {
  if (caller.ids.includes(bare(id))) return 'true';
  if (caller.isComplete) return 'false';
  const known = world.principals.find(principal => bare(principal.id) === bare(id))?.type;
  const types = [known, type];
  const isSingle = types.includes('User') || types.includes('ServicePrincipal') || known === 'Device';
  return isSingle ? 'false' : 'unknown';
}

/** Segment by segment; management groups are climbed row by row. */
export function reaches(world: World, outer: string, inner: string): Truth {
  const [around, within] = [segments(outer), segments(inner)];
  if (isSame(around, within.slice(0, around.length))) return 'true';
  if (managementGroupIn(around) === undefined || around.length > 4) return 'false';
  const isSubscription = within[0] === 'subscriptions';
  let group = managementGroupIn(within);
  if (!isSubscription && group === undefined) return 'false';
  if (isSubscription) {
    const row = world.subscriptions.find(subscription => subscription.id.toLowerCase() === within[1]);
    if (row?.managementGroup == null) return 'unknown';
    group = row.managementGroup.toLowerCase();
  }
  // As many steps as there are groups: more would be a circle.
  for (let step = 0; step <= world.managementGroups.length; step++) {
    if (group === managementGroupIn(around)) return 'true';
    const row = world.managementGroups.find(({ id }) => id.toLowerCase() === group);
    if (row?.parent === undefined) return 'unknown';
    if (row.parent === null) return 'false';
    group = row.parent.toLowerCase();
  }
  return 'unknown';
}

export function segments(scope: string): string[] {
  return scope
    .toLowerCase()
    .split('/')
    .filter(segment => segment !== '');
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((segment, at) => segment === b[at]);
}

function managementGroupIn([first, second, third, name]: readonly string[]): string | undefined {
  const isOne = first === 'providers' && second === 'microsoft.management' && third === 'managementgroups';
  return isOne ? name : undefined;
}

function bare(id: string): string {
  return id.toLowerCase().replace(/-/g, '');
}

/** What was not collected where it matters. A gap of no known name, or a file that ends too early, may be about anything. */
export function isMissing(world: World, what: string, { scope }: QuestionRow): boolean {
  if (!world.isComplete) return true;
  if (what !== 'principals' && isOfAbsentSubscription(world, scope)) return true;
  return world.gaps.some(gap => {
    const isAbout = gap.what === what || !knownGaps.includes(gap.what);
    return isAbout && (what === 'principals' || reaches(world, gap.scope, scope) !== 'false');
  });
}

/** Nothing in the world is of that subscription. */
export function isOfAbsentSubscription(world: World, scope: string): boolean {
  const [first, subscription] = segments(scope);
  if (first !== 'subscriptions') return false;
  if (world.subscriptions.some(({ id }) => id.toLowerCase() === subscription)) return false;
  const rows = [...world.roleAssignments, ...world.activeAssignments, ...world.denyAssignments];
  return !rows.some(({ properties }) => segments(properties.scope)[1] === subscription);
}

// A role, a group or a subscription that was not read is missed where something names it. What is active in PIM is a
// role assignment, too.
const knownGaps = [
  'roleDefinitions',
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
  'principals',
  'managementGroups',
  'subscriptions',
  'resources',
];
