import { AzureFailure, failureOf, isAnswer } from './azure-failure.js';
import type { Attempt } from './retry-policy.js';
import type { SecretsInUse } from './secrets-in-use.js';

/** An answer of success. */
export interface AzureAnswer {
  readonly status: number;
  /** Parsed JSON. */
  readonly body: unknown;
  /** Bytes that the body came in. */
  readonly size: number;
  header(name: string): string | undefined;
}

/** What came of an attempt at a request. */
export type Outcome =
  | { readonly kind: 'whole'; readonly answer: AzureAnswer }
  | (Attempt & { readonly failure: AzureFailure });

export interface WholeAnswer {
  readonly status: number;
  readonly bytes: Buffer;
  header(name: string): string | undefined;
}

/** `secrets` are not in what comes out, whoever repeats them. */
export function outcomeOf({ status, bytes, header }: WholeAnswer, secrets: SecretsInUse): Outcome {
  const text = decoded(bytes);
  const body = text === undefined ? undefined : parsed(text, secrets);
  if (!isAnswer(status)) return { kind: 'answer', status, header, failure: failureOf(status, body) };
  if (body !== undefined) return { kind: 'whole', answer: { status, body, size: bytes.length, header } };
  const reason = `${status} with a body that is no ${text === undefined ? 'UTF-8' : 'JSON'}`;
  return { kind: 'broken', failure: new AzureFailure('exhausted', reason) };
}

/** Bytes that are no text would become other names and ids without a word. */
function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(text: string, secrets: SecretsInUse): unknown {
  try {
    return secrets.removeFrom(JSON.parse(text), text);
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

/** `late` says that it was given up, and why. */
export function brokenBy(cause: unknown, late: string | undefined): AzureFailure {
  const { code, message } = cause as { code?: string; message?: string };
  const reason = late ?? `the connection failed (${code ?? message ?? 'no reason is given'})`;
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
