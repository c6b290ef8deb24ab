import type { TokenCredential } from '@azure/identity';
import { UserError } from '../errors.js';
import { type AzureEndpoints, isKnownAuthority } from './clouds.js';
import { SignInClient } from './sign-in-client.js';

export const signInMethods = [
  'default',
  'cli',
  'managed-identity',
  'workload',
  'env',
  'device-code',
] as const;
export type SignInMethod = (typeof signInMethods)[number];

export interface SignIn {
  readonly method: SignInMethod;
  readonly endpoints: AzureEndpoints;
  /** The Entra tenant to sign in to; undefined for the one that the surroundings name. */
  readonly tenantId: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds within which something must come of a request. */
  readonly silence: number;
  /** Shows a person where to enter the code of a device. */
  prompt(message: string): void;
}

/**
 * Makes credentials for a way to sign in: a new one has no token kept from before. One way each: an audit must never run
 * as somebody else because the way that was meant failed.
 * @throws UserError where the surroundings lack what it needs.
 */
export async function credentialsFor(signIn: SignIn): Promise<() => TokenCredential> {
  requireSurroundings(signIn);
  const client = new SignInClient(signIn.endpoints.authorityHost, signIn.env, signIn.silence);
  const make = await credentialsThrough(client, signIn);
  return () => explained(make(), client);
}

/** The libraries do not tell why their client refused: it does so itself. */
function explained(credential: TokenCredential, client: SignInClient): TokenCredential {
  return {
    getToken: (scopes, options) =>
      credential.getToken(scopes, options).catch(cause => {
        throw client.refused ?? cause;
      }),
  };
}

async function credentialsThrough(httpClient: SignInClient, signIn: SignIn): Promise<() => TokenCredential> {
  const identity = await import('@azure/identity');
  const { endpoints, tenantId, env } = signIn;
  const { authorityHost } = endpoints;
  const options = {
    authorityHost,
    httpClient,
    // A host of one's own is asked itself, and not Microsoft whether it may be trusted.
    disableInstanceDiscovery: !isKnownAuthority(authorityHost),
    ...(tenantId !== undefined && { tenantId }),
  };
  const clientId = env['AZURE_CLIENT_ID'];
  switch (signIn.method) {
    case 'default':
      return () =>
        new identity.DefaultAzureCredential({
          ...options,
          ...(clientId !== undefined && { managedIdentityClientId: clientId }),
        });
    case 'cli':
      return () => new identity.AzureCliCredential(tenantId === undefined ? {} : { tenantId });
    case 'managed-identity':
      return () =>
        clientId === undefined
          ? new identity.ManagedIdentityCredential({ authorityHost, httpClient })
          : new identity.ManagedIdentityCredential({ authorityHost, httpClient, clientId });
    case 'workload':
      return () => new identity.WorkloadIdentityCredential(options);
    case 'env':
      return () => new identity.EnvironmentCredential(options);
    case 'device-code':
      return onlyOne(
        () =>
          new identity.DeviceCodeCredential({
            ...options,
            ...(clientId !== undefined && { clientId }),
            userPromptCallback: ({ message }) => signIn.prompt(message),
          }),
      );
  }
}

/** A person is asked once: what was signed in stays. */
function onlyOne(make: () => TokenCredential): () => TokenCredential {
  let made: TokenCredential | undefined;
  return () => (made ??= make());
}

function requireSurroundings({ method, env, tenantId }: SignIn): void {
  const needed: Readonly<Partial<Record<SignInMethod, readonly string[]>>> = {
    env: ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'],
    workload: ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'],
  };
  const missing = (needed[method] ?? []).filter(
    name => !env[name] && !(name === 'AZURE_TENANT_ID' && tenantId !== undefined && method === 'workload'),
  );
  if (missing.length > 0) {
    throw new UserError(`"--auth ${method}" needs ${missing.join(' and ')} in the environment.`, {
      hint: 'https://learn.microsoft.com/javascript/api/overview/azure/identity-readme#environment-variables',
    });
  }
}
