import { createHmac, randomBytes } from 'node:crypto';
import { AzureError, refusal } from './azure-error.js';
import type { AzureTenant } from './tenant.js';

/** Access tokens look like Azure's, so that whatever reads their claims can; only the signature is our own. */
export class Tokens {
  private readonly key = randomBytes(32);
  private readonly expiredEarly = new Set<string>();
  /** All that were given out: what must never be seen again but in an Authorization header. */
  readonly issued: string[] = [];

  constructor(
    private readonly tenant: AzureTenant,
    private readonly lifetimeSeconds: number,
  ) {}

  issue(audience: string): { access_token: string; expires_in: number; token_type: 'Bearer' } {
    const now = Math.floor(Date.now() / 1000);
    const { tenantId, caller } = this.tenant;
    const claims = {
      aud: audience,
      iss: `https://sts.windows.net/${tenantId}/`,
      iat: now,
      exp: now + this.lifetimeSeconds,
      appid: caller.clientId,
      oid: caller.objectId,
      tid: tenantId,
      idtyp: 'app',
      uti: randomBytes(8).toString('hex'),
    };
    const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
    const token = `${signed}.${this.sign(signed)}`;
    this.issued.push(token);
    return { access_token: token, expires_in: this.lifetimeSeconds, token_type: 'Bearer' };
  }

  /** Makes all tokens of today those of yesterday. */
  expireAll(): void {
    for (const token of this.issued) this.expiredEarly.add(token);
  }

  /** @throws AzureError unless it is a token of ours, for that audience, and still good. */
  check(authorization: string | undefined, audience: string, authority: string): void {
    const challenge = (error: string, description: string): Record<string, string> => ({
      'www-authenticate': `Bearer authorization_uri="${authority}/${this.tenant.tenantId}", error="${error}", error_description="${description}"`,
    });
    const failed = (code: string, description: string, isLegitimate = false): AzureError =>
      new AzureError(401, code, description, challenge('invalid_token', description), isLegitimate);
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw failed(
        'AuthenticationFailed',
        "Authentication failed. The 'Authorization' header is missing or invalid.",
      );
    const [header, payload, signature] = token.split('.');
    if (signature !== this.sign(`${header}.${payload}`))
      throw failed('InvalidAuthenticationToken', 'The access token is invalid.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { aud: string; exp: number };
    if (claims.aud !== audience)
      throw failed(
        'InvalidAuthenticationTokenAudience',
        `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should match '${audience}'.`,
      );
    if (this.expiredEarly.has(token) || claims.exp * 1000 < Date.now())
      throw failed('ExpiredAuthenticationToken', 'The access token has expired.', true);
  }

  private sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

/** `https://host/.default` is what a token for that host is asked for with. */
export function audienceOf(scope: string, known: readonly string[]): string {
  const wanted = scope.split(' ').filter(part => !['openid', 'profile', 'offline_access'].includes(part));
  const audience = known.find(url => wanted.length === 1 && wanted[0] === `${url}/.default`);
  if (audience === undefined)
    throw refusal(
      400,
      'invalid_scope',
      `AADSTS70011: The provided value for the input parameter 'scope' is not valid: ${scope}`,
    );
  return audience;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
