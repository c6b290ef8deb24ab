/**
 * Runs something long that stops by itself when somebody presses Ctrl-C or the system ends the process. A second signal
 * ends it at once.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
    release();
  };
  const release = (): void => {
    for (const name of signals) process.removeListener(name, stop);
  };
  for (const name of signals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;
