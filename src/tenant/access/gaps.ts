import { parseScope, type Scope } from '../../rbac/model/scope.js';
import type { ScopeTree } from '../snapshot/scope-tree.js';
import type { Snapshot, SnapshotGap } from '../snapshot/snapshot.js';

/** What a part of the snapshot that is missing could have told: what is granted or denied at its scope, or who is in which group. */
export type GapEffect = 'grants' | 'denies' | 'directory';

/** What the collection could not read, by what it could have changed. */
export class Gaps {
  /** Groups and their members may be missing anywhere: a directory has no scopes. */
  readonly coverDirectory: boolean;
  private readonly placed: readonly PlacedGap[];
  private seen: ReadonlySet<string> | undefined;

  constructor(
    private readonly snapshot: GapSource,
    private readonly tree: ScopeTree,
  ) {
    this.coverDirectory =
      !snapshot.isComplete || snapshot.gaps.some(({ what }) => effectsOf(what).includes('directory'));
    this.placed = snapshot.gaps.flatMap(gap => {
      const effects = effectsOf(gap.what);
      return effects.length === 0 ? [] : [{ gap, key: parseScope(gap.scope).key, effects }];
    });
  }

  /** Gaps that leave open what is granted, or denied, at that scope. */
  at(scope: Scope, effect: GapEffect): readonly SnapshotGap[] {
    if (this.placed.length === 0 && this.snapshot.isComplete) return noGaps;
    const found = this.placed
      .filter(({ key, effects }) => effects.includes(effect) && this.tree.reach(key, scope) !== 'apart')
      .map(({ gap }) => gap);
    return this.snapshot.isComplete ? found : [truncated, ...found];
  }

  /** The subscription that the scope lies in, where the snapshot holds nothing of it: what was assigned there, nobody read. */
  absentSubscription({ key }: Pick<Scope, 'key'>): SnapshotGap | undefined {
    const subscription = subscriptionIn(key);
    if (subscription === undefined || this.snapshot.subscriptions.has(subscription)) return undefined;
    this.seen ??= subscriptionsSeen(this.snapshot);
    if (this.seen.has(subscription)) return undefined;
    return { what: 'the subscription', scope: `/subscriptions/${subscription}`, reason: notHeld };
  }

  /** Gaps that leave something of that kind open, wherever it is. */
  about(effect: GapEffect): readonly SnapshotGap[] {
    const found = this.placed.filter(({ effects }) => effects.includes(effect)).map(({ gap }) => gap);
    return this.snapshot.isComplete ? found : [truncated, ...found];
  }
}

type GapSource = Pick<
  Snapshot,
  | 'gaps'
  | 'isComplete'
  | 'subscriptions'
  | 'roleAssignments'
  | 'activeAssignments'
  | 'denyAssignments'
  | 'resources'
>;

/** Exports of the Azure CLI have no list of subscriptions: what they hold shows which were read. */
function subscriptionsSeen(snapshot: GapSource): ReadonlySet<string> {
  const { roleAssignments, activeAssignments, denyAssignments, resources } = snapshot;
  const seen = new Set<string>();
  const add = (key: string): void => {
    const subscription = subscriptionIn(key);
    if (subscription !== undefined) seen.add(subscription);
  };
  for (const list of [roleAssignments, activeAssignments, denyAssignments])
    for (const { place } of list) add(place.key);
  for (const { id } of resources) add(id.toLowerCase());
  return seen;
}

function subscriptionIn(key: string): string | undefined {
  if (!key.startsWith('/subscriptions/')) return undefined;
  return key.split('/', 3)[2];
}

const notHeld = 'the snapshot holds nothing of it';

const noGaps: readonly SnapshotGap[] = [];

interface PlacedGap {
  readonly gap: SnapshotGap;
  readonly key: string;
  readonly effects: readonly GapEffect[];
}

const truncated: SnapshotGap = {
  what: 'the rest of the snapshot',
  scope: '/',
  reason: 'the snapshot is not complete',
};

/** Gaps name a collection of the snapshot. One that names none of them may be about anything. */
function effectsOf(what: string): readonly GapEffect[] {
  return effects.get(what) ?? ['grants', 'denies', 'directory'];
}

const effects: ReadonlyMap<string, readonly GapEffect[]> = new Map([
  ['roleAssignments', ['grants']],
  ['denyAssignments', ['denies']],
  ['principals', ['directory']],
  // Neither says what anybody holds.
  ['resources', []],
  ['eligibleAssignments', []],
  // What PIM has activated is a role assignment, too, and was read with them.
  ['activeAssignments', []],
  // An assignment whose role is missing says so, and the scope tree sees what is missing of itself.
  ['roleDefinitions', []],
  ['managementGroups', []],
  ['subscriptions', []],
]);
