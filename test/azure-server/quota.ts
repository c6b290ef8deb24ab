import { AzureError } from './azure-error.js';

/** How many queries a user may send to Resource Graph within some seconds. Azure's own: 15 in 5 seconds. */
export interface QuotaSize {
  readonly queries: number;
  readonly seconds: number;
}

/** https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests */
export class Quota {
  private used = 0;
  private windowEnds = 0;

  constructor(private readonly size: QuotaSize) {}

  /** Counts a query. @returns the headers that tell what is left. @throws AzureError once nothing is. */
  spend(now = Date.now()): Record<string, string> {
    if (now >= this.windowEnds) {
      this.used = 0;
      this.windowEnds = now + this.size.seconds * 1000;
    }
    const seconds = Math.ceil((this.windowEnds - now) / 1000);
    const headers = (remaining: number): Record<string, string> => ({
      'x-ms-user-quota-remaining': String(remaining),
      'x-ms-user-quota-resets-after': clock(seconds),
    });
    if (this.used >= this.size.queries)
      throw new AzureError(
        429,
        'RateLimiting',
        'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed.',
        { ...headers(0), 'retry-after': String(seconds) },
        true,
      );
    this.used++;
    return headers(this.size.queries - this.used);
  }
}

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
