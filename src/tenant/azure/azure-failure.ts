import { redact } from './redact.js';

/**
 * `refused`: the caller lacks a permission. `missing`: nothing is there. `unsupported`: Azure does not serve what was
 * asked. `exhausted`: it went on failing. `broken-list`: the rows, or the way to the next page, are not such as Azure makes.
 * `endless`: the list is longer than any of Azure's. `stopped`: nobody wants the answer any more.
 */
export type FailureKind =
  | 'refused'
  | 'missing'
  | 'unsupported'
  | 'exhausted'
  | 'broken-list'
  | 'endless'
  | 'stopped';

/**
 * Whether that is an answer. Whatever azrbac asks for, Azure answers with 200 or refuses; of 202, 203 and 206, as some
 * proxies make them, nobody knows what they leave out.
 */
export function isAnswer(status: number): boolean {
  return status === 200;
}

/** A request that came to nothing. The message says nothing that is secret. */
export class AzureFailure extends Error {
  override readonly name = 'AzureFailure';
  readonly status: number | undefined;
  /** As Azure calls the error, such as `AuthorizationFailed`. */
  readonly code: string | undefined;
  /** The operation that the caller may not do, where Azure names it. */
  readonly action: string | undefined;

  constructor(
    readonly kind: FailureKind,
    message: string,
    details: {
      status?: number;
      code?: string | undefined;
      action?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(redact(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.status = details.status;
    this.code = details.code;
    this.action = details.action;
  }
}

/** What an answer that is no success says. */
export function failureOf(status: number, body: unknown): AzureFailure {
  if (status >= 200 && status < 300)
    return new AzureFailure('broken-list', `answered with the status ${status} instead of 200`, { status });
  const { code, message } = errorIn(body);
  const action = /action '([\w.*/-]{3,200})'/.exec(message)?.[1];
  const label = [status, code].filter(part => part !== undefined && part !== '').join(' ');
  const text = message === '' ? label : `${label}: ${message.trim().replace(/\.$/, '')}`;
  return new AzureFailure(kindOf(status), text, { status, code, action });
}

/** As a gap gives its reason: in short, with the permission that is missing. */
export function failureReason(failure: AzureFailure, permission: string): string {
  const label = [failure.status, failure.code].filter(part => part !== undefined && part !== '').join(' ');
  if (failure.kind === 'refused' && failure.status !== 401)
    return `${label}: needs ${failure.action ?? permission}`;
  return failure.message;
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'refused';
  if (status === 404 || status === 410) return 'missing';
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
    ? 'exhausted'
    : 'unsupported';
}

/** ARM and Graph: `{ error: { code, message } }`. */
function errorIn(body: unknown): { code: string | undefined; message: string } {
  const error = memberOf(body, 'error');
  const code = memberOf(error, 'code');
  const message = memberOf(error, 'message');
  return {
    code: typeof code === 'string' ? redact(code).slice(0, 80) : undefined,
    message: typeof message === 'string' ? message : '',
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
