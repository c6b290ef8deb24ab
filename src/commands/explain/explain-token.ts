import { type ExitCode, exitSuccess, exitFindings } from '../../cli/exit-codes.js';
import { UserError } from '../../errors.js';
import { longestToken, readAccessToken, type TokenClaims } from '../../analysis/explain/access-token.js';
import { type ServiceCall, serviceNames } from '../../analysis/explain/audiences.js';
import { judgeToken, type TokenVerdict } from '../../analysis/explain/token-verdict.js';
import { shorten, visible } from '../../text/escape.js';
import { formatNotice } from '../../text/notice.js';
import type { Io } from '../../cli/io.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';
import { readStdin } from '../../cli/stdin.js';
import { today } from '../../cli/today.js';

export interface ExplainTokenOptions {
  readonly token: string;
  readonly for: ServiceCall | undefined;
  readonly format: 'text' | 'json' | undefined;
  readonly output: string | undefined;
  readonly quiet: boolean;
  readonly 'as-of': string | undefined;
}

/**
 * `azrbac explain --token -`: 0 where the token can be read and suits, 1 where not. Nothing of the token itself is
 * kept or shown: neither its encoded parts nor its signature.
 */
export async function explainToken(
  positionals: readonly string[],
  options: ExplainTokenOptions,
  io: Io,
): Promise<ExitCode> {
  refuseArguments(positionals, options.token);
  const now = secondsOf(options['as-of']);
  const bytes = await readStdin(io, longestToken);
  const text = bytes === 'too large' ? 'x'.repeat(longestToken + 1) : Buffer.from(bytes).toString('utf8');
  const read = readAccessToken(text.replace(/^\ufeff/, ''));
  if ('problem' in read) return reportProblem(read.problem, options, io);
  const verdict = judgeToken(read.claims, options.for, now);
  writeReport(
    options.format === 'json' ? jsonReport(read.claims, verdict) : textReport(read.claims, verdict),
    options,
    io,
  );
  return verdict.suits === false || verdict.state === 'expired' || verdict.state === 'not-yet-valid'
    ? exitFindings
    : exitSuccess;
}

/** The value is not repeated: it may be a token. */
function refuseArguments(positionals: readonly string[], token: string): void {
  if (token !== '-') {
    throw new UserError(
      'A token is read from standard input alone (--token -): arguments stay in the history of the shell and show in the list of processes.',
      {
        hint: 'If that was a token, it stays good until it expires. Next time: az account get-access-token | azrbac explain --token -',
      },
    );
  }
  if (positionals.length > 0)
    throw new UserError('"--token -" takes nothing else: the token comes through standard input.');
}

function secondsOf(asOf: string | undefined): number {
  return Math.floor((asOf === undefined ? Date.now() : Date.parse(`${today(asOf)}T00:00:00Z`)) / 1000);
}

function reportProblem(problem: string, options: ExplainTokenOptions, io: Io): ExitCode {
  const notices = [{ code: 'token-unreadable', message: problem }];
  if (options.format === 'json') writeReport(toJson({ version: 1, token: null, notices }), options, io);
  printNotices(notices.map(formatNotice), options, io);
  return exitFindings;
}

function jsonReport(claims: TokenClaims, { state, suits, reasons }: TokenVerdict): string {
  const { service, notBefore, expires, ...rest } = claims;
  const token = {
    ...rest,
    service: service ?? null,
    notBefore: isoDate(notBefore),
    expires: isoDate(expires),
    verified: false,
  };
  return toJson({ version: 1, token, state, suits, reasons, notices: [] });
}

function textReport(claims: TokenClaims, { state, reasons }: TokenVerdict): string {
  const { audience, service, objectId, clientId, name, kind, tenant, managedIdentity, expires } = claims;
  const rows: readonly (readonly [string, string | null])[] = [
    ['name', name],
    [
      'kind',
      kind === null ? null : kind === 'app' ? 'application (service principal or managed identity)' : 'user',
    ],
    ['object id', objectId],
    ['client id', clientId],
    ['identity', managedIdentity],
    ['tenant', tenant],
    ['audience', audience],
    ['service', service === undefined ? 'none that azrbac knows' : serviceNames[service]],
    ['expires', isoDate(expires) === null ? null : `${isoDate(expires)} (${state})`],
  ];
  const lines = rows.flatMap(([title, value]) =>
    value === null ? [] : [`${title.padEnd(10)} ${visible(shorten(value, 300))}`],
  );
  return [...lines, '', ...reasons, 'Decoded, not verified: who made the token was not checked.', ''].join(
    '\n',
  );
}

/** Dates that JavaScript cannot hold are no dates. */
function isoDate(seconds: number | null): string | null {
  if (seconds === null || Math.abs(seconds) > 8.64e12) return null;
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
