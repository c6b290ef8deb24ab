/** What came of one attempt at a request. */
export type Attempt =
  | { readonly kind: 'answer'; readonly status: number; header(name: string): string | undefined }
  /** The connection broke, nothing came in time, or what came is not whole. */
  | { readonly kind: 'broken' };

export interface RetryLimits {
  readonly attempts: number;
  /** Milliseconds that one request may take together, with all waiting and the attempts that came to nothing. */
  readonly waiting: number;
}

/** A request is given up after some minutes, not before: a throttled tenant answers in the end. */
export const defaultLimits: RetryLimits = { attempts: 10, waiting: 300_000 };

/**
 * Milliseconds to wait before the next attempt; undefined where another one would come to the same. Azure says how long
 * with most answers 429 and 503, but not with all.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function delayBefore(
  next: number,
  attempt: Attempt,
  { now, random }: { readonly now: number; readonly random: number },
): number | undefined {
  if (attempt.kind === 'answer' && !isTransient(attempt.status)) return undefined;
  const backoff = Math.min(longestBackoff, firstBackoff * 2 ** (next - 2));
  const jittered = backoff * (0.5 + random / 2);
  const asked = attempt.kind === 'answer' ? askedDelay(attempt, now) : undefined;
  // A little more than asked for, and not the same for all: else everybody is back at the same moment.
  return asked === undefined ? jittered : asked + random * Math.min(1_000, firstBackoff + asked / 10);
}

const firstBackoff = 500;
const longestBackoff = 30_000;

/** Whether the same request may be answered the next time. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** What the answer itself asks for: seconds, a date, or milliseconds in one of two headers of Azure's own. */
export function askedDelay(
  { header }: { header(name: string): string | undefined },
  now: number,
): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = Number(header(name) || Number.NaN);
    if (milliseconds >= 0) return milliseconds;
  }
  const text = header('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
