import { AzureFailure } from '../tenant/azure/azure-failure.js';
import { UserError } from '../errors.js';

/**
 * Runs something long that stops by itself when somebody presses Ctrl-C or the system ends the process. A second signal
 * ends it at once.
 * @throws UserError where it was stopped.
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
  } catch (error) {
    if (!isStop(error)) throw error;
    throw new UserError('It was interrupted before it was done.');
  } finally {
    release();
  }
}

export function isStop(error: unknown): boolean {
  return error instanceof AzureFailure && error.kind === 'stopped';
}

const signals = ['SIGINT', 'SIGTERM'] as const;
