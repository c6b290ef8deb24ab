import { setMaxListeners } from 'node:events';
import type { TokenCredential } from '@azure/identity';
import { AccessTokens, type Caller } from './access-tokens.js';
import { AzureHttp } from './azure-http.js';
import type { Clock } from './clock.js';
import type { AzureEndpoints } from './clouds.js';
import type { SignInMethod } from './credentials.js';
import type { ListLimits } from './list-bounds.js';
import type { RetryLimits } from './retry-policy.js';

export interface ConnectionOptions {
  readonly endpoints: AzureEndpoints;
  newCredential(): TokenCredential;
  readonly method: SignInMethod | 'own';
  /** Requests at the same time. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly limits?: RetryLimits;
  readonly listLimits?: ListLimits;
}

/** Somebody who is signed in. */
export interface Connection {
  readonly http: AzureHttp;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** @throws UserError where nobody can sign in. */
export async function connect(options: ConnectionOptions): Promise<Connection> {
  const { endpoints, clock, signal, concurrency, method, limits, listLimits } = options;
  // Every request listens to it, and there are as many as there may be.
  setMaxListeners(0, signal);
  const tokens = new AccessTokens(
    () => options.newCredential(),
    method,
    endpoints.authorityHost,
    clock,
    signal,
  );
  const caller = await tokens.caller(endpoints.arm);
  const http = new AzureHttp({
    endpoints,
    tokens,
    concurrency,
    clock,
    signal,
    ...(limits && { limits }),
    ...(listLimits && { listLimits }),
  });
  return { http, caller, clock };
}
