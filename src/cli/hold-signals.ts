import { setImmediate as nextTurn } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something that must not be left half done, such as writing beside a file and renaming. A signal that comes
 * meanwhile takes effect afterwards.
 */
export async function holdingSignals<Result>(work: () => Result): Promise<Result> {
  const release = holdSignals();
  try {
    return work();
  } finally {
    await release();
  }
}

/** The same for what cannot wait: signals are held until some time after the returned function was called. */
export function holdSignals(): () => Promise<void> {
  let caught: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    caught ??= signal;
  };
  for (const signal of signals) process.on(signal, hold);
  return async () => {
    // What came while nothing else could run is handed out in the turn after the next at the latest.
    await nextTurn();
    await nextTurn();
    for (const signal of signals) process.off(signal, hold);
    if (caught !== undefined) process.kill(process.pid, caught);
  };
}
