import { setMaxListeners } from 'node:events';
import type { TokenCredential } from '@azure/identity';
import { AccessTokens, type Caller } from './access-tokens.js';
import { AzureHttp } from './azure-http.js';
import type { Clock } from './clock.js';
import type { AzureEndpoints } from './clouds.js';
import type { SignInMethod } from './sign-in-method.js';
import type { ListLimits } from './list-bounds.js';
import { expectUsableProxy } from './proxy-variables.js';
import type { RetryLimits } from './retry-policy.js';
import { SecretsInUse } from './secrets-in-use.js';

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
  /** What the credentials sign in with, where that is known: never to be kept or shown, whoever repeats it. */
  readonly secrets?: readonly (string | undefined)[];
}

/** Somebody who is signed in. */
export interface AzureConnection {
  readonly http: AzureHttp;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** @throws UserError where nobody can sign in. */
export async function connect(options: ConnectionOptions): Promise<AzureConnection> {
  expectUsableProxy(process.env);
  const { endpoints, clock, signal, concurrency, method, limits, listLimits } = options;
  // Every request listens to it, and there are as many as there may be.
  setMaxListeners(0, signal);
  const secrets = new SecretsInUse();
  for (const secret of options.secrets ?? []) secrets.add(secret);
  const tokens = new AccessTokens({
    newCredential: () => options.newCredential(),
    method,
    authorityHost: endpoints.authorityHost,
    clock,
    signal,
    secrets,
  });
  const caller = await tokens.caller(endpoints.arm);
  const http = new AzureHttp({
    endpoints,
    tokens,
    concurrency,
    clock,
    signal,
    secrets,
    ...(limits && { limits }),
    ...(listLimits && { listLimits }),
  });
  return { http, caller, clock };
}
