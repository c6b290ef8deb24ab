import { createDefaultHttpClient, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline';
import { UserError } from '../../errors.js';
import { isAnswer } from './azure-failure.js';
import { authorityOrigins } from './clouds.js';
import { Patience } from './patience.js';
import { readBody } from './read-body.js';

type PipelineRequest = Parameters<HttpClient['sendRequest']>[0];

/**
 * What Azure's libraries sign in through. An authority says itself where tokens are asked for, and may lead there: the
 * secret goes to its own host or to one of Microsoft's, whatever it says. It answers in time, and no more than a token.
 */
export class SignInClient implements HttpClient {
  /** Why it did not ask, or did not take the answer; the libraries tell no more than that something failed. */
  refused: UserError | undefined;
  private readonly client = createDefaultHttpClient();
  private readonly trusted: ReadonlySet<string>;

  constructor(
    private readonly authorityHost: string,
    env: Readonly<Record<string, string | undefined>>,
    private readonly silence: number,
  ) {
    const named = identityEndpoints.flatMap(name => originOf(env[name] ?? '') ?? []);
    this.trusted = new Set([new URL(authorityHost).origin, ...authorityOrigins, ...machineOrigins, ...named]);
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    this.expectTrusted(request.url);
    const patience = new Patience(this.silence, request.abortSignal as AbortSignal | undefined);
    try {
      // The libraries send the same request again: it stays as it is.
      const { readableStreamBody, ...response } = await this.client.sendRequest({
        ...request,
        abortSignal: patience.signal,
        streamResponseStatusCodes: everyStatus,
      });
      const bytes = await readBody(readableStreamBody, patience.signal, () => patience.renew());
      if (response.status < 300 && !isAnswer(response.status))
        throw this.refuse(statusError(request.url, response));
      return { ...response, bodyAsText: bytes.toString('utf8') };
    } finally {
      patience.close();
    }
  }

  private expectTrusted(url: string): void {
    const { origin, host, hostname } = new URL(url);
    // https://learn.microsoft.com/entra/msal/dotnet/acquiring-tokens/web-apps-apis/client-credential-flows: a region's own host
    const isRegion = origin.startsWith('https:') && hostname.endsWith('.login.microsoft.com');
    if (this.trusted.has(origin) || isRegion) return;
    throw this.refuse(
      new UserError(`${new URL(this.authorityHost).host} leads to another host to sign in at, ${host}.`, {
        hint: 'Nothing was sent there. --authority-host names the host that is meant.',
      }),
    );
  }

  private refuse(error: UserError): UserError {
    this.refused ??= error;
    return error;
  }
}

function statusError(url: string, { status }: { readonly status: number }): UserError {
  return new UserError(`${new URL(url).host} answered with the status ${status} instead of 200.`, {
    hint: 'Is there a proxy that changes answers?',
  });
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

const everyStatus = new Set([Number.POSITIVE_INFINITY]);

/** Where a machine, an app or a function gets the token of its managed identity. */
const identityEndpoints = [
  'IDENTITY_ENDPOINT',
  'MSI_ENDPOINT',
  'IMDS_ENDPOINT',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
];
const machineOrigins = ['http://169.254.169.254', 'http://localhost:40342', 'http://127.0.0.1:40342'];
