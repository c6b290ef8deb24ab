import type { OnProgress } from '../azure/run-units.js';
import type { Io } from './io.js';

/** Tells on standard error how far a collection is: on a terminal alone, in one line that is written over. */
export interface ProgressLine {
  readonly onProgress: OnProgress;
  /** Takes the line away. */
  clear(): void;
}

export function progressLine(options: { readonly quiet: boolean }, io: Io, now = Date.now): ProgressLine {
  if (options.quiet || !io.stderr.isTTY) return { onProgress: () => {}, clear: () => {} };
  const started = now();
  let shownAt = 0;
  let isShown = false;
  return {
    onProgress({ what, done, total, rows }) {
      if (now() - shownAt < 100 && done < total) return;
      shownAt = now();
      isShown = true;
      const seconds = Math.round((now() - started) / 1000);
      const work = total === 0 ? '' : `, ${done} of ${total}`;
      const line = `Reading ${words.get(what) ?? what}${work}; ${rows.toLocaleString('en-US')} rows, ${seconds} s`;
      io.stderr.write(`\r${line.slice(0, (io.columns ?? 80) - 1)}\u001b[K`);
    },
    clear() {
      if (isShown) io.stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}

const words: ReadonlyMap<string, string> = new Map([
  ['roleAssignments', 'role assignments'],
  ['roleDefinitions', 'roles'],
  ['denyAssignments', 'deny assignments'],
  ['eligibleAssignments', 'eligible assignments'],
  ['activeAssignments', 'active assignments'],
]);
