import { AzureFailure } from './azure-failure.js';
import type { AzureEndpoints } from './clouds.js';

/** The endpoint that it lies at. @throws AzureFailure where that is none: a token would go to a stranger. */
export function endpointOf(url: string, { arm, graph }: Pick<AzureEndpoints, 'arm' | 'graph'>): string {
  const sameHost = [arm, graph].filter(endpoint => isAt(url, endpoint));
  // Both may be at one host: then the path tells them apart, and which token is meant.
  const found = sameHost.find(endpoint => url.startsWith(`${endpoint}/`)) ?? sameHost[0];
  if (found !== undefined) return found;
  throw new AzureFailure('broken-list', `a link leads to another host: ${hostOf(url)}`);
}

/** Whether the URL lies at the endpoint: the same host and port, and https as all endpoints are. */
export function isAt(url: string, endpoint: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  return (
    origin === new URL(endpoint).origin && username === '' && password === '' && url.startsWith('https:')
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no URL';
}

/** What Azure counts requests by. */
export function laneOf(url: string, endpoint: string, { graph }: AzureEndpoints): string {
  if (endpoint === graph) return 'microsoft-graph';
  if (/\/providers\/microsoft\.resourcegraph\//i.test(url)) return 'resource-graph';
  return /\/subscriptions\/([0-9a-f-]{36})/i.exec(url)?.[1]?.toLowerCase() ?? 'tenant';
}
