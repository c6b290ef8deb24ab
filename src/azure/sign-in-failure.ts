import { UserError } from '../errors.js';
import type { SignInMethod } from './credentials.js';
import { withoutSecrets } from './without-secrets.js';

/** What to tell a person when nobody could sign in: what was tried, what Entra said in one line, and what helps. */
export function signInFailure(cause: unknown, method: SignInMethod | 'own'): UserError {
  const reason = firstSentence(cause);
  const tried = method === 'own' ? 'The credential gave no token' : `Signing in with --auth ${method} failed`;
  return new UserError(`${tried}: ${reason}`, { hint: hints[method] });
}

/** Whether the token endpoint may answer the next time. */
export function isPassingSignInFailure(cause: unknown): boolean {
  const { statusCode, code, message } = cause as { statusCode?: number; code?: string; message?: string };
  if (statusCode !== undefined) return statusCode === 429 || statusCode >= 500;
  return /ECONNRESET|ETIMEDOUT|EPIPE|EAI_AGAIN|socket hang up|network_error|request_send_error/i.test(
    `${code} ${message}`,
  );
}

/** The libraries answer with a page: a code of Entra's and its sentence are what a person can look up. */
function firstSentence(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const entra = /AADSTS\d+: [^\n]*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|\r|\n|$))/.exec(text)?.[0];
  const known =
    entra ?? described(text) ?? text.split('\n').find(line => line.trim() !== '') ?? 'no reason is given';
  const sentence = withoutSecrets(known).slice(0, longest);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

function described(text: string): string | undefined {
  return /"error_description"\s*:\s*"([^"]+)"/.exec(text)?.[1];
}

const longest = 300;

const hints: Readonly<Record<SignInMethod | 'own', string>> = {
  default:
    'Sign in with "az login", or say which identity to take: --auth cli, env, workload, managed-identity or device-code.',
  cli: 'Sign in with "az login", or "az login --tenant TENANT" for another directory; "az account show" tells who you are.',
  'managed-identity':
    'It works on Azure resources that have a managed identity; AZURE_CLIENT_ID names one of several.',
  workload:
    'AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE name the application, which must trust that token.',
  env: 'AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH) name the application.',
  'device-code':
    'Run the command again and enter the code in time; --tenant-id names the directory to sign in to.',
  own: 'The credential was handed over by the program that called azrbac.',
};
