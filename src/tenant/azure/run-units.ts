import type { Journal } from '../snapshot-writer/journal.js';
import type { Unit } from './plan.js';

/** How far a collection is. */
export interface UnitProgress {
  /** The collection that is being read, such as `roleAssignments`. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly rows: number;
}

export type OnProgress = (progress: UnitProgress) => void;

/**
 * Does the work that the journal does not hold yet, so many units at a time, and keeps what comes of each. Where one
 * fails in a way that nobody expected, the others are not begun any more.
 */
export async function runUnits(
  units: readonly Unit[],
  journal: Journal,
  options: { readonly concurrency: number; readonly firstOrder: number; readonly onProgress: OnProgress },
): Promise<void> {
  const open = [...units.keys()].filter(at => !journal.units.has(units[at]!.name));
  let done = units.length - open.length;
  let next = 0;
  let failed: { readonly error: unknown } | undefined;
  const work = async (): Promise<void> => {
    while (next < open.length && failed === undefined) {
      const at = open[next++]!;
      const unit = units[at]!;
      try {
        await journal.append(unit.name, options.firstOrder + at, await unit.run());
        options.onProgress({ what: unit.what, done: ++done, total: units.length, rows: journal.rows });
      } catch (error) {
        failed ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  if (failed !== undefined) throw failed.error;
}
