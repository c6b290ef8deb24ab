import { AzureFailure } from './azure-failure.js';

/** Time as requests see it; tests have one of their own. */
export interface Clock {
  now(): number;
  /** Between 0 and 1. */
  random(): number;
  /** @throws AzureFailure once the signal says that nobody waits any more. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds within which something must come of a request. */
  readonly patience: number;
}

/**
 * The real one. `AZRBAC_WAIT_SCALE=0.01` makes all waiting a hundred times as short: for tests against a server that
 * throttles and stalls, never for Azure.
 */
export function realClock(env: Readonly<Record<string, string | undefined>>): Clock {
  const scale = scaleOf(env['AZRBAC_WAIT_SCALE']);
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    wait: (milliseconds, signal) => wait(milliseconds * scale, signal),
    patience: scale === 1 ? longestSilence : Math.max(shortestSilence, longestSilence * scale),
  };
}

const longestSilence = 60_000;
const shortestSilence = 1_500;

function scaleOf(text: string | undefined): number {
  const scale = Number(text ?? 1);
  return scale >= 0 && scale <= 1 ? scale : 1;
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(stopped());
    const stop = (): void => {
      clearTimeout(timer);
      reject(stopped());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}

export function stopped(): AzureFailure {
  return new AzureFailure('stopped', 'the collection was stopped');
}
