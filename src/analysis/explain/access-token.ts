import { knownAudience, type Service } from './audiences.js';

/** What an access token says of itself. Nothing of it was verified. */
export interface TokenClaims {
  readonly audience: string;
  /** Undefined where the audience is none that azrbac knows. */
  readonly service: Service | undefined;
  readonly objectId: string | null;
  readonly clientId: string | null;
  readonly name: string | null;
  /** `app` is a service principal or managed identity. */
  readonly kind: 'app' | 'user' | null;
  readonly tenant: string | null;
  /** The resource id of the managed identity, where it is one. */
  readonly managedIdentity: string | null;
  /** Seconds since 1970. */
  readonly notBefore: number | null;
  readonly expires: number | null;
}

/** Either what a token says, or a sentence on why it cannot be read. The sentence holds nothing of the token. */
export type ReadToken = { readonly claims: TokenClaims } | { readonly problem: string };

/** UTF-16 code units. Tokens with all groups of their owner stay below 20,000. */
export const longestToken = 100_000;

/**
 * Decodes an access token without verifying its signature: only its issuer's keys could tell whether it is genuine.
 * Takes the bare token, one behind `Bearer`, and the output of `az account get-access-token`.
 */
export function readAccessToken(text: string): ReadToken {
  if (text.length > longestToken) return { problem: 'The text is longer than any access token.' };
  const token = tokenIn(text.trim());
  if (token === '') return { problem: 'There is no token on standard input.' };
  const parts = token.split('.');
  if (parts.length === 5)
    return { problem: 'The token is encrypted; only the service that it is for can read it.' };
  if (parts.length !== 3) {
    return {
      problem:
        'This is not a Microsoft Entra access token: expected three parts separated by dots. It may be an endpoint key.',
    };
  }
  const [header, payload] = [parts[0]!, parts[1]!].map(objectIn);
  if (header === undefined || payload === undefined) {
    return { problem: 'This is not an access token: its parts are not JSON in base64url.' };
  }
  return claimsOf(payload);
}

/** JSON of the Azure CLI, a header, quotes. */
function tokenIn(text: string): string {
  const wrapped = text.startsWith('{') ? parseObject(text) : undefined;
  const inner = wrapped?.get('accessToken') ?? wrapped?.get('token') ?? wrapped?.get('access_token');
  const bare = typeof inner === 'string' ? inner : text;
  return bare
    .replace(/^(?:authorization:\s*)?bearer\s+/i, '')
    .replace(/^["']|["']$/g, '')
    .trim();
}

function objectIn(part: string): ReadonlyMap<string, unknown> | undefined {
  return /^[\w-]+={0,2}$/.test(part)
    ? parseObject(Buffer.from(part, 'base64url').toString('utf8'))
    : undefined;
}

/** The message of a syntax error quotes the text: it must not get out. */
function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function claimsOf(payload: ReadonlyMap<string, unknown>): ReadToken {
  const text = (...names: readonly string[]): string | null => {
    const found = names
      .map(name => payload.get(name))
      .find(value => typeof value === 'string' && value !== '');
    return typeof found === 'string' ? found : null;
  };
  const seconds = (name: string): number | null => {
    const value = payload.get(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const audience = text('aud') ?? firstText(payload.get('aud'));
  if (audience === null) return { problem: 'This is not an access token: it has no audience.' };
  return {
    claims: {
      audience,
      service: knownAudience(audience),
      objectId: text('oid'),
      clientId: text('appid', 'azp'),
      name: text('upn', 'unique_name', 'preferred_username', 'app_displayname'),
      kind: kindOf(payload),
      tenant: text('tid'),
      managedIdentity: text('xms_mirid'),
      notBefore: seconds('nbf'),
      expires: seconds('exp'),
    },
  };
}

function firstText(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof first === 'string' && first !== '' ? first : null;
}

/** Not every token says; one with delegated scopes is a user's. */
function kindOf(payload: ReadonlyMap<string, unknown>): TokenClaims['kind'] {
  const stated = payload.get('idtyp');
  if (stated === 'app' || stated === 'user') return stated;
  if (typeof payload.get('scp') === 'string' || typeof payload.get('upn') === 'string') return 'user';
  return payload.has('appid') || payload.has('azp') ? 'app' : null;
}
