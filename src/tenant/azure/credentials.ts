import { closeSync } from 'node:fs';
import type { TokenCredential } from '@azure/identity';
import { reasonOfError, UserError } from '../../errors.js';
import { FileRefusal, openRegularFile } from '../../input/regular-file.js';
import { type AzureEndpoints, isKnownAuthority } from './clouds.js';
import { SignInClient } from './sign-in-client.js';
import { signInFailure } from './sign-in-failure.js';
import type { SignInMethod } from './sign-in-method.js';

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
  requireFiles(signIn);
  const client = new SignInClient(signIn.endpoints.authorityHost, signIn.env, signIn.silence);
  const make = await credentialsThrough(client, signIn);
  return () => {
    try {
      return explained(make(), client);
    } catch (cause) {
      // The libraries have looked at the variables of the environment.
      throw signInFailure(cause, signIn.method);
    }
  };
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

/** The libraries would wait for ever on a pipe that nobody writes to. */
function requireFiles({ method, env }: SignIn): void {
  for (const name of filesOf[method] ?? []) {
    const path = env[name];
    if (!path) continue;
    try {
      closeSync(openRegularFile(path).descriptor);
    } catch (cause) {
      // What is not there is passed over, and the next way to sign in is tried.
      if (method === 'default' && !(cause instanceof FileRefusal)) continue;
      throw new UserError(`The file that ${name} names cannot be read: ${reasonOfError(cause)}.`, { cause });
    }
  }
}

const filesOf: Readonly<Partial<Record<SignInMethod, readonly string[]>>> = {
  default: ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'],
  env: ['AZURE_CLIENT_CERTIFICATE_PATH'],
  workload: ['AZURE_FEDERATED_TOKEN_FILE'],
};
