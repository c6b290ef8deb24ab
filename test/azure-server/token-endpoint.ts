import { refusal, type AzureError } from './azure-error.js';
import type { Answer, AzureRequest } from './request.js';
import type { AzureTenant } from './tenant.js';
import { audienceOf, type Tokens } from './tokens.js';

export interface TokenEndpointOptions {
  readonly tenant: AzureTenant;
  readonly tokens: Tokens;
  /** ARM and Graph: what a token may be for. */
  readonly audiences: readonly string[];
  /** What the file of a workload's federated token holds. */
  readonly federatedToken: string;
  /** The header that tells an App Service's own code from others. */
  readonly identityHeader: string;
}

/** MSAL still sends the short form. */
const deviceCodeGrants = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'];
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow, …device-code, and App Service's identity endpoint. */
export class TokenEndpoint {
  /** Codes for which nobody has signed in yet. The first question of a device is too early. */
  private readonly pendingCodes = new Map<string, 'waiting' | 'signed in'>();

  constructor(private readonly options: TokenEndpointOptions) {}

  answer(request: AzureRequest): Answer {
    const { tenantId } = this.options.tenant;
    const route = `${request.method} ${request.path}`;
    if (route === `GET /${tenantId}/v2.0/.well-known/openid-configuration`)
      return this.configuration(request);
    if (route === `POST /${tenantId}/oauth2/v2.0/token`) return this.token(new URLSearchParams(request.body));
    if (route === `POST /${tenantId}/oauth2/v2.0/devicecode`) return this.deviceCode(request);
    if (route === 'GET /msi/token') return this.managedIdentity(request);
    throw refusal(404, 'not_found', `AADSTS900144: There is no ${route}.`);
  }

  private configuration({ origin }: AzureRequest): Answer {
    const base = `${origin}/${this.options.tenant.tenantId}`;
    return {
      status: 200,
      body: {
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      },
    };
  }

  private token(form: URLSearchParams): Answer {
    const { caller } = this.options.tenant;
    const grant = form.get('grant_type') ?? '';
    if (deviceCodeGrants.includes(grant)) return this.redeemCode(form);
    if (form.get('client_id') !== caller.clientId)
      throw denied('unauthorized_client', 'AADSTS700016: Application was not found in the directory.');
    if (grant !== 'client_credentials')
      throw denied('unsupported_grant_type', 'AADSTS70003: The grant type is not supported.');
    if (!this.isCaller(form))
      throw denied('invalid_client', 'AADSTS7000215: Invalid client secret provided.');
    return { status: 200, body: this.issue(form.get('scope') ?? '') };
  }

  private isCaller(form: URLSearchParams): boolean {
    const secret = form.get('client_secret');
    if (secret !== null) return secret === this.options.tenant.caller.clientSecret;
    return (
      form.get('client_assertion_type') === jwtBearer &&
      form.get('client_assertion') === this.options.federatedToken
    );
  }

  private issue(scope: string): ReturnType<Tokens['issue']> {
    return this.options.tokens.issue(audienceOf(scope, this.options.audiences));
  }

  private deviceCode({ origin }: AzureRequest): Answer {
    const code = `code-${this.pendingCodes.size + 1}`;
    this.pendingCodes.set(code, 'waiting');
    return {
      status: 200,
      body: {
        device_code: code,
        user_code: 'ABCD1234',
        verification_uri: `${origin}/device`,
        expires_in: 60,
        interval: 1,
        message: `To sign in, open the page ${origin}/device and enter the code ABCD1234.`,
      },
    };
  }

  private redeemCode(form: URLSearchParams): Answer {
    const code = form.get('device_code') ?? '';
    const state = this.pendingCodes.get(code);
    if (state === undefined) throw denied('bad_verification_code', 'AADSTS70019: The code is not known.');
    if (state === 'waiting') {
      this.pendingCodes.set(code, 'signed in');
      return {
        status: 400,
        body: { error: 'authorization_pending', error_description: 'AADSTS70016: Nobody has signed in yet.' },
      };
    }
    const { objectId } = this.options.tenant.caller;
    const { tenantId } = this.options.tenant;
    return {
      status: 200,
      body: {
        ...this.issue(form.get('scope') ?? ''),
        scope: form.get('scope'),
        client_info: Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString('base64url'),
      },
    };
  }

  /** https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
  private managedIdentity({ headers, query }: AzureRequest): Answer {
    if (headers['x-identity-header'] !== this.options.identityHeader)
      throw refusal(401, 'invalid_header', 'The X-IDENTITY-HEADER is missing or wrong.');
    if (query.get('api-version') !== '2019-08-01')
      throw refusal(400, 'invalid_version', 'The api-version is not supported.');
    const { expires_in, ...token } = this.issue(`${query.get('resource') ?? ''}/.default`);
    const expires = Math.floor(Date.now() / 1000) + expires_in;
    return {
      status: 200,
      body: { ...token, expires_on: String(expires), resource: query.get('resource') },
    };
  }
}

function denied(code: string, message: string): AzureError {
  return refusal(400, code, message);
}
