import type { OnProgress } from '../../tenant/azure/run-units.js';
import type { Progress } from '../../cli/progress.js';

/** Tells how far a collection is: `reading Azure: 37 of 120 parts (role assignments), 12,345 rows`. */
export function collectionProgress(progress: Progress): OnProgress {
  progress.stage('reading Azure');
  return ({ what, done, total, rows }) => {
    const read = `(${words.get(what) ?? what}), ${rows.toLocaleString('en-US')} rows`;
    progress.update(done, total === 0 ? undefined : total, `parts ${read}`);
  };
}

const words: ReadonlyMap<string, string> = new Map([
  ['roleAssignments', 'role assignments'],
  ['roleDefinitions', 'roles'],
  ['denyAssignments', 'deny assignments'],
  ['eligibleAssignments', 'eligible assignments'],
  ['activeAssignments', 'active assignments'],
  ['managementGroups', 'management groups'],
]);
