import type { AccessToken, TokenCredential } from '@azure/identity';
import { UserError } from '../../errors.js';
import { type Clock, stopped } from './clock.js';
import type { SignInMethod } from './sign-in-method.js';
import { isUnreachable, unreachable, whyUnreachable } from './unreachable-host.js';
import type { SecretsInUse } from './secrets-in-use.js';
import { isNetworkFailure, isTransientSignInFailure, signInFailure } from './sign-in-failure.js';

/** Who the caller is, as the access token says it. The signature is Azure's business. */
export interface Caller {
  readonly objectId: string | undefined;
  readonly tenantId: string | undefined;
  readonly applicationId: string | undefined;
  /** A name that a person knows: of a user; applications have none in their tokens. */
  readonly name: string | undefined;
}

export interface TokenOptions {
  /** A new credential for the same identity; some have no other way to forget a token. */
  newCredential(): TokenCredential;
  readonly method: SignInMethod | 'own';
  readonly authorityHost: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Gets to know every token. */
  readonly secrets: SecretsInUse;
}

/** Access tokens, one per endpoint, renewed before they expire and when Azure no longer takes them. */
export class AccessTokens {
  private credential: TokenCredential;
  private readonly kept = new Map<string, AccessToken>();
  private readonly coming = new Map<string, Promise<AccessToken>>();

  constructor(private readonly options: TokenOptions) {
    this.credential = options.newCredential();
  }

  /** @throws UserError where nobody can sign in. */
  async of(endpoint: string): Promise<string> {
    const kept = this.kept.get(endpoint);
    if (kept !== undefined && kept.expiresOnTimestamp - Date.now() > margin) return kept.token;
    return (await this.fetch(endpoint)).token;
  }

  /** Another token instead of one that was refused; `claims` is what Azure asks for in it, if it does. */
  async renew(endpoint: string, refused: string, claims: string | undefined): Promise<string> {
    const kept = this.kept.get(endpoint);
    if (kept !== undefined && kept.token !== refused) return kept.token;
    this.kept.delete(endpoint);
    if (!this.coming.has(endpoint)) this.credential = this.options.newCredential();
    return (await this.fetch(endpoint, claims)).token;
  }

  async caller(endpoint: string): Promise<Caller> {
    const claims = claimsIn(await this.of(endpoint));
    return {
      objectId: textIn(claims, 'oid'),
      tenantId: textIn(claims, 'tid')?.toLowerCase(),
      applicationId: textIn(claims, 'appid') ?? textIn(claims, 'azp'),
      name: textIn(claims, 'upn') ?? textIn(claims, 'preferred_username') ?? textIn(claims, 'unique_name'),
    };
  }

  private fetch(endpoint: string, claims?: string): Promise<AccessToken> {
    let coming = this.coming.get(endpoint);
    if (coming === undefined) {
      coming = this.ask(endpoint, claims).finally(() => this.coming.delete(endpoint));
      this.coming.set(endpoint, coming);
    }
    return coming;
  }

  private async ask(endpoint: string, claims: string | undefined): Promise<AccessToken> {
    const { method, authorityHost, clock, signal, secrets } = this.options;
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw stopped();
      try {
        const token = await this.credential.getToken(`${endpoint}/.default`, {
          abortSignal: signal,
          ...(claims !== undefined && { claims }),
        });
        if (typeof token?.token !== 'string') throw new Error('there is none');
        secrets.addToken(token.token);
        this.kept.set(endpoint, token);
        return token;
      } catch (cause) {
        if (signal.aborted) throw stopped();
        if (cause instanceof UserError) throw cause;
        const silence = await this.silenceOf(cause);
        const isLast = attempt >= maxAttempts || !isTransientSignInFailure(cause, method);
        if (silence !== undefined && (isLast || isUnreachable(silence)))
          throw unreachable(authorityHost, silence);
        if (isLast) throw signInFailure(cause, method, secrets);
        await clock.wait(500 * 2 ** attempt * (0.5 + clock.random() / 2), signal);
        this.credential = this.options.newCredential();
      }
    }
  }

  /**
   * Why the host that is signed in at gives no answer, which the libraries do not tell. Other ways to sign in ask a
   * program, or a host of this machine.
   */
  private async silenceOf(cause: unknown): Promise<unknown> {
    const { method, authorityHost } = this.options;
    const asksAuthority = method === 'env' || method === 'workload' || method === 'device-code';
    return asksAuthority && isNetworkFailure(cause) ? whyUnreachable(authorityHost, 5_000) : undefined;
  }
}

const maxAttempts = 5;

/** Milliseconds before its end from which a token is not used any more. */
const margin = 120_000;

function claimsIn(token: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textIn(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
