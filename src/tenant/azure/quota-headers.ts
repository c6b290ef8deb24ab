/**
 * Milliseconds to keep still after an answer that says that little is left, so that Azure need not refuse.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling: 25 reads come back each second.
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export function pauseAfter(header: (name: string) => string | undefined): number {
  const reads = Math.min(...remainingReads.map(name => numberIn(header(name))));
  const byReads = reads < fewReads ? (fewReads - reads) * (1000 / 25) : 0;
  const queries = numberIn(header('x-ms-user-quota-remaining'));
  const byQueries = queries <= 0 ? millisecondsIn(header('x-ms-user-quota-resets-after')) : 0;
  return Math.max(byReads, byQueries);
}

const remainingReads = [
  'x-ms-ratelimit-remaining-subscription-reads',
  'x-ms-ratelimit-remaining-tenant-reads',
];

const fewReads = 10;

function numberIn(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

/** `hh:mm:ss` */
function millisecondsIn(text: string | undefined): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+)/.exec(text ?? '') ?? [];
  if (seconds === undefined) return 1_000;
  return Math.min(60_000, (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}
