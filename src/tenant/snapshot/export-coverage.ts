import { firstFive } from '../../text/list.js';
import { bodyOf, type Row, textOf } from './row.js';
import type { SnapshotGap } from './snapshot.js';

/** What is made of exports that may leave out role assignments: a notice, nothing, or that "not granted" is unknown. */
export type ExportTrust = 'notice' | 'complete' | 'strict';

/**
 * What exports of role assignments show of how they were made. They never say it: `az role assignment list` leaves out
 * what is inherited from management groups and what is assigned below the subscription, unless it is asked for all.
 * A row of either kind shows that it was asked.
 */
export class ExportCoverage {
  private readonly files = new Map<string, FileCoverage>();
  private hasEmptyList = false;
  private hasOther = false;

  /** A role assignment of an export. */
  add(file: string, row: Row): void {
    const scope = (textOf(bodyOf(row), 'scope') ?? textOf(row, 'id') ?? '').toLowerCase();
    const coverage = this.coverageOf(file);
    const found = /^\/subscriptions\/([^/]+)(\/resourcegroups\/.)?/.exec(scope);
    if (found === null) coverage.showsInherited ||= /^\/(?:$|providers\/)/.test(scope);
    else if (found[2] !== undefined || !coverage.subscriptions.has(found[1]!))
      coverage.subscriptions.set(found[1]!, found[2] !== undefined);
  }

  /** An export that holds no role assignments; an empty list may be one of them all the same. */
  addOther(isEmpty: boolean): void {
    if (isEmpty) this.hasEmptyList = true;
    else this.hasOther = true;
  }

  /** Subscriptions of which no export shows both kinds, each with what is not shown. */
  private partial(): PartialExport[] {
    const files = [...this.files.values()];
    const isAboveListed = files.some(file => file.showsInherited && file.subscriptions.size === 0);
    const ids = [...new Set(files.flatMap(({ subscriptions }) => [...subscriptions.keys()]))];
    return ids.sort().flatMap(subscription => {
      const own = files.filter(({ subscriptions }) => subscriptions.has(subscription));
      const isInherited = isAboveListed || own.some(({ showsInherited }) => showsInherited);
      const isDeep = own.some(({ subscriptions }) => subscriptions.get(subscription));
      return isInherited && isDeep ? [] : [{ subscription, isInherited, isDeep }];
    });
  }

  /** The sentence of the notice; undefined where nothing is in doubt. */
  notice(): string | undefined {
    const partial = this.partial();
    if (partial.length === 0) return undefined;
    const isInherited = partial.every(each => each.isInherited);
    const isDeep = partial.every(each => each.isDeep);
    const above = 'inherited from a management group';
    const below = 'below the subscription';
    const missing = isInherited ? below : isDeep ? above : `${above} and none ${below}`;
    const which = `${partial.length === 1 ? 'subscription' : 'subscriptions'} ${firstFive(partial.map(({ subscription }) => subscription))}`;
    return `For ${which}, the export shows no role assignment ${missing}, so it may leave some out: see docs/snapshots.md#what-exports-leave-out, --assume-complete and --strict-exports.`;
  }

  /** What is not known where exports are not believed; and what no export holds at all. */
  gaps(trust: ExportTrust): SnapshotGap[] {
    if (trust === 'complete') return [];
    const isNone = this.files.size === 0 && this.hasOther && !this.hasEmptyList;
    const none = isNone ? [{ what, scope: '/', reason: 'no file holds role assignments' }] : [];
    const reason = 'the export may leave some out (--strict-exports)';
    const strict = trust === 'strict' ? this.partial() : [];
    return [
      ...none,
      ...strict.map(({ subscription }) => ({ what, scope: `/subscriptions/${subscription}`, reason })),
    ];
  }

  private coverageOf(file: string): FileCoverage {
    let coverage = this.files.get(file);
    if (coverage === undefined)
      this.files.set(file, (coverage = { showsInherited: false, subscriptions: new Map() }));
    return coverage;
  }
}

const what = 'roleAssignments';

interface FileCoverage {
  showsInherited: boolean;
  /** Each with whether something below it is in the file. */
  readonly subscriptions: Map<string, boolean>;
}

interface PartialExport {
  readonly subscription: string;
  readonly isInherited: boolean;
  readonly isDeep: boolean;
}
