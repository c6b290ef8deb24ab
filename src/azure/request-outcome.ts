import { AzureFailure, failureOf } from './azure-failure.js';
import type { Attempt } from './retry-policy.js';

/** An answer of success. */
export interface AzureAnswer {
  readonly status: number;
  /** Parsed JSON. */
  readonly body: unknown;
  header(name: string): string | undefined;
}

/** What came of an attempt at a request. */
export type Outcome =
  | { readonly kind: 'whole'; readonly answer: AzureAnswer }
  | (Attempt & { readonly failure: AzureFailure });

export function outcomeOf(
  status: number,
  text: string,
  header: (name: string) => string | undefined,
): Outcome {
  const body = parsed(text);
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess) return { kind: 'answer', status, header, failure: failureOf(status, body) };
  if (body !== undefined) return { kind: 'whole', answer: { status, body, header } };
  return { kind: 'broken', failure: new AzureFailure('exhausted', `${status} with a body that is no JSON`) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A subscription of another directory takes no token of this one, however new. */
export function isRenewable(outcome: Outcome): outcome is Exclude<Outcome, { kind: 'whole' | 'broken' }> {
  return (
    outcome.kind === 'answer' &&
    outcome.status === 401 &&
    outcome.failure.code !== 'InvalidAuthenticationTokenTenant'
  );
}

export function brokenBy(cause: unknown, isLate: boolean, patience: number): AzureFailure {
  const { code, message } = cause as { code?: string; message?: string };
  const reason = isLate
    ? `no answer within ${Math.ceil(patience / 1000)} s`
    : `the connection failed (${code ?? message ?? 'no reason is given'})`;
  return new AzureFailure('exhausted', reason, { cause });
}

export function givenUp(failure: AzureFailure, attempts: number): AzureFailure {
  const { status, code } = failure;
  return new AzureFailure('exhausted', `given up after ${attempts} attempts: ${failure.message}`, {
    ...(status !== undefined && { status }),
    code,
  });
}

/** https://learn.microsoft.com/entra/identity-platform/claims-challenge */
export function claimsAskedFor({ header }: { header(name: string): string | undefined }): string | undefined {
  const encoded = /\bclaims="([\w+/=-]+)"/.exec(header('www-authenticate') ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}
