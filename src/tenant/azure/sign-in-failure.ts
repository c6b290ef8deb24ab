import { UserError } from '../../errors.js';
import type { SignInMethod } from './sign-in-method.js';
import { SecretsInUse } from './secrets-in-use.js';
import { redact } from './redact.js';

/** What to tell a person when nobody could sign in: what was tried, what Entra said in one line, and what helps. */
export function signInFailure(
  cause: unknown,
  method: SignInMethod | 'own',
  secrets: SecretsInUse = new SecretsInUse(),
): UserError {
  const tried = method === 'own' ? 'The credential gave no token' : `Signing in with --auth ${method} failed`;
  return new UserError(`${tried}: ${reasonIn(secrets.removedFrom(textOf(cause)))}`, { hint: hints[method] });
}

/** Whether the libraries had no answer at all, whatever they make of it. */
export function isNetworkFailure(cause: unknown): boolean {
  return networkFailure.test(textOf(cause)) && !/AADSTS\d/.test(textOf(cause));
}

const networkFailure =
  /ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOTFOUND|socket hang up|network_error|endpoints_resolution_error|REQUEST_SEND_ERROR/i;

/** Whether the token endpoint may answer the next time. */
export function isTransientSignInFailure(cause: unknown, method: SignInMethod | 'own'): boolean {
  const { statusCode } = cause as { statusCode?: number };
  if (statusCode === 429 || (statusCode !== undefined && statusCode >= 500)) return true;
  // Where there is no managed identity, nothing answers either: the libraries have tried often enough.
  return method !== 'default' && method !== 'managed-identity' && isNetworkFailure(cause);
}

/** The libraries answer with a page: a code of Entra's and its sentence are what a person can look up. */
function reasonIn(text: string): string {
  const entra = entraSentence(text);
  if (entra !== undefined) return sentence(entra);
  if (text.startsWith('ChainedTokenCredential'))
    return 'neither the environment, a workload or managed identity, Visual Studio Code, the Azure CLI, Azure PowerShell nor the Azure Developer CLI is signed in.';
  const lines = text.split('\n').filter(line => line.trim() !== '' && !line.startsWith('More details'));
  return sentence(/"error_description"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? lines[0] ?? 'no reason is given');
}

/** From its code up to the ids that Entra writes behind it. */
function entraSentence(text: string): string | undefined {
  const start = text.search(/AADSTS\d+: /);
  if (start < 0) return undefined;
  const rest = text.slice(start);
  let end = rest.search(/Trace ID|Correlation ID|Timestamp|[\r\n]|$/);
  while (/[\s-]/.test(rest[end - 1]!)) end--;
  return rest.slice(0, end);
}

function sentence(text: string): string {
  const plain = redact(text)
    .replace(/\s*To troubleshoot, visit \S+/, '')
    .slice(0, longest);
  return /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}

const longest = 300;

function textOf(cause: unknown): string {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return typeof message === 'string'
    ? `${message}${typeof code === 'string' ? `\n${code}` : ''}`
    : String(cause);
}

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
