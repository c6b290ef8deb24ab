import { UserError } from '../../errors.js';
import { isGuid } from '../../rbac/model/guid.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import { AzureFailure } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { readList } from './azure-list.js';
import type { Target } from './collection-request.js';
import { gapOf, isTransientGap, readPermissions } from './gap.js';
import { ancestorsOf, type FoundGroup, type GroupTree, textOrNull, groupTreeOf } from './group-tree.js';
import type { AzureRow } from './list-page.js';

export interface FoundSubscription {
  /** In lower case. */
  readonly id: string;
  readonly displayName: string | null;
  readonly managementGroup: string | null;
  readonly state: string | null;
}

/** Where things may lie: the management groups around and within what is collected, and its subscriptions. */
export interface ScopeHierarchy {
  readonly managementGroups: readonly FoundGroup[];
  readonly subscriptions: readonly FoundSubscription[];
  /** How many subscriptions of other directories are shown and were left out. */
  readonly foreign: number;
  readonly gaps: readonly SnapshotGap[];
  readonly isOpen: boolean;
}

/** Reads the tree of management groups and the subscriptions, as far as the target reaches. */
export async function readScopeHierarchy(
  http: AzureHttp,
  target: Target,
  tenantId: string,
): Promise<ScopeHierarchy> {
  const gaps: SnapshotGap[] = [];
  let isOpen = false;
  const note = (what: 'subscriptions' | 'managementGroups', scope: string, failure: AzureFailure): void => {
    gaps.push(gapOf(what, scope, failure));
    if (isTransientGap(failure)) isOpen = true;
  };
  const [listed, entities] = await Promise.all([
    readList(http, {
      method: 'GET',
      url: `${http.endpoints.arm}/subscriptions?api-version=${subscriptionsVersion}`,
    }),
    readList(http, {
      method: 'POST',
      url: `${http.endpoints.arm}/providers/Microsoft.Management/getEntities?api-version=2021-04-01`,
    }),
  ]);
  if (listed.failure !== undefined) note('subscriptions', '/', listed.failure);
  if (entities.failure !== undefined) note('managementGroups', '/', entities.failure);
  const tree = groupTreeOf(entities.rows, tenantId);
  const visible = new Map(
    listed.rows.flatMap(row => subscriptionIn(row, tenantId, tree)).map(one => [one.id, one]),
  );
  const subscriptions: FoundSubscription[] = [];
  let missing = 0;
  for (const id of wantedIds(target, visible, tree)) {
    const found = visible.get(id) ?? (await readSubscription(http, id, tenantId, tree));
    if (!(found instanceof AzureFailure)) subscriptions.push(found);
    else {
      note('subscriptions', `/subscriptions/${id}`, found);
      if (found.kind === 'missing') missing++;
      // Of another directory: who holds what there is a matter of principals that this one does not know.
      if (found.kind === 'unsupported') {
        gaps.push(gapOf('roleAssignments', `/subscriptions/${id}`, found));
        continue;
      }
      const managementGroup = tree.parents.get(id) ?? null;
      subscriptions.push({ id, displayName: null, managementGroup, state: null });
    }
  }
  refuseUnknown(target, { missing, found: subscriptions.length }, visible, tree);
  const managementGroups = groupsFor(target, subscriptions, tree);
  if (entities.failure === undefined) gaps.push(...missingPlaces(managementGroups, subscriptions));
  if (target.kind !== 'subscriptions' && subscriptions.length === 0 && listed.failure === undefined)
    gaps.push(noSubscription(target));
  const shown = new Set(listed.rows.map(({ subscriptionId }) => String(subscriptionId).toLowerCase()));
  const foreign = target.kind === 'subscriptions' ? 0 : shown.size - visible.size;
  return { managementGroups, subscriptions, foreign, gaps, isOpen };
}

/**
 * A name that stands for nothing is a mistake of whoever gave it, and no gap: nothing would be collected at all.
 * @throws UserError
 */
function refuseUnknown(
  target: Target,
  { missing, found }: { readonly missing: number; readonly found: number },
  visible: ReadonlyMap<string, FoundSubscription>,
  { groups }: GroupTree,
): void {
  if (target.kind === 'subscriptions' && missing === found && missing > 0) {
    const [first] = target.ids;
    throw new UserError(`Azure has no subscription "${first}" that you are shown.`, {
      hint: `You are shown: ${someOf([...visible.values()].map(({ id, displayName }) => (displayName === null ? id : `${id} (${displayName})`)))}.`,
    });
  }
  if (target.kind !== 'management-group' || found > 0 || groups.size === 0) return;
  if (groups.has(target.name.toLowerCase())) return;
  throw new UserError(`There is no management group "${target.name}" that you are shown.`, {
    hint: `You are shown, by their ids: ${someOf([...groups.values()].map(({ id }) => id))}.`,
  });
}

function someOf(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const more = names.length - maxNamed;
  return names.slice(0, maxNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const maxNamed = 5;

const subscriptionsVersion = '2022-12-01';

/** Finds a subscription; those of other tenants, which somebody else lets us manage, stand in their own tenant's tree. */
function subscriptionIn(row: AzureRow, tenantId: string, tree: GroupTree): FoundSubscription[] {
  const id = row['subscriptionId'];
  if (typeof id !== 'string' || !isGuid(id)) return [];
  const tenant = row['tenantId'];
  if (typeof tenant === 'string' && tenant.toLowerCase() !== tenantId) return [];
  return [
    {
      id: id.toLowerCase(),
      displayName: textOrNull(row['displayName']),
      managementGroup: tree.parents.get(id.toLowerCase()) ?? null,
      state: textOrNull(row['state']),
    },
  ];
}

async function readSubscription(
  http: AzureHttp,
  id: string,
  tenantId: string,
  tree: GroupTree,
): Promise<FoundSubscription | AzureFailure> {
  try {
    const url = `${http.endpoints.arm}/subscriptions/${id}?api-version=${subscriptionsVersion}`;
    const { body } = await http.send({ method: 'GET', url });
    const { displayName, state, tenantId: home } = (body ?? {}) as AzureRow;
    if (typeof home === 'string' && home.toLowerCase() !== tenantId)
      return new AzureFailure('unsupported', `it belongs to the directory ${home}: collect it there`);
    return {
      id,
      displayName: textOrNull(displayName),
      managementGroup: tree.parents.get(id) ?? null,
      state: textOrNull(state),
    };
  } catch (failure) {
    if (failure instanceof AzureFailure && failure.kind !== 'stopped') return failure;
    throw failure;
  }
}

/** A subscription that stands in the tree and not in the list is one that the caller may not read. */
function wantedIds(target: Target, visible: ReadonlyMap<string, unknown>, tree: GroupTree): string[] {
  if (target.kind === 'subscriptions') return [...new Set(target.ids.map(id => id.toLowerCase()))].sort();
  const known = [...new Set([...visible.keys(), ...tree.parents.keys()])].sort();
  if (target.kind === 'tenant') return known;
  return known.filter(id => ancestorsOf(tree.parents.get(id) ?? null, tree).has(target.name.toLowerCase()));
}

function groupsFor(
  target: Target,
  subscriptions: readonly FoundSubscription[],
  tree: GroupTree,
): FoundGroup[] {
  const wanted = new Set<string>();
  if (target.kind === 'tenant') for (const name of tree.groups.keys()) wanted.add(name);
  if (target.kind === 'management-group') {
    for (const name of ancestorsOf(target.name, tree)) wanted.add(name);
    for (const name of tree.groups.keys())
      if (ancestorsOf(name, tree).has(target.name.toLowerCase())) wanted.add(name);
  }
  for (const { managementGroup } of subscriptions)
    for (const name of ancestorsOf(managementGroup, tree)) wanted.add(name);
  return [...wanted]
    .sort()
    .map(name => tree.groups.get(name) ?? { id: name, displayName: null, parent: undefined });
}

/** Every subscription lies in a management group, be it the root group: where none is shown, nothing inherited is placed. */
function missingPlaces(
  groups: readonly FoundGroup[],
  subscriptions: readonly FoundSubscription[],
): SnapshotGap[] {
  const reason = `its place in the tree of management groups is not shown: needs ${readPermissions.managementGroups}`;
  const lost = subscriptions.filter(({ managementGroup }) => managementGroup === null);
  if (lost.length > 0 && groups.length === 0) return [{ what: 'managementGroups', scope: '/', reason }];
  const scopes = [
    ...lost.map(({ id }) => `/subscriptions/${id}`),
    ...groups
      .filter(({ parent }) => parent === undefined)
      .map(({ id }) => `/providers/Microsoft.Management/managementGroups/${id}`),
  ];
  return scopes.map(scope => ({ what: 'managementGroups', scope, reason }));
}

function noSubscription(target: Target): SnapshotGap {
  const scope =
    target.kind === 'management-group'
      ? `/providers/Microsoft.Management/managementGroups/${target.name}`
      : '/';
  return { what: 'subscriptions', scope, reason: `none is shown: needs ${readPermissions.subscriptions}` };
}
