import { type ExitCode, exitSuccess, exitUnknown } from '../../cli/exit-codes.js';
import type { Verdict } from '../../tenant/access/decision.js';
import { whoCan } from '../../tenant/access/who-can.js';
import { formatNotice } from '../../text/notice.js';
import { whoCanObject } from '../../reporters/access/decision-json.js';
import { visible } from '../../text/escape.js';
import { count } from '../../reporters/lint/summary.js';
import { accessQuery } from '../access/access-query.js';
import type { whoCanDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import { shownPrincipal, reasonLines, verdictWords } from '../../reporters/access/decision-text.js';
import type { Io } from '../../cli/io.js';
import { loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { jsonPieces, printNotices, writeReport } from '../../cli/output.js';

/** `azrbac who-can` */
export async function run(
  { options }: CommandLine<typeof whoCanDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const workspace = await openWorkspace(options, io);
  const loaded = await loadTenant(options.snapshot, workspace, options);
  const { tenant } = loaded;
  const { question, notices: asked } = accessQuery(options, tenant);
  const found = whoCan(tenant, question);
  const notices = [...loaded.notices, ...asked, ...found.notices];
  const { operation, plane, scope } = question;
  const isAbsent = tenant.gaps.absentSubscription(scope) !== undefined;
  if (options.format === 'json') {
    writeReport(jsonPieces(whoCanObject(found.principals, question, notices)), options, io);
  } else {
    const blocks = found.principals.map(principal => [
      `${verdictWords[principal.decision]}: ${shownPrincipal(principal.id, tenant)}, ${visible(principal.type)}`,
      ...reasonLines(principal, tenant).map(line => `  ${line.replaceAll('\n', '\n  ')}`),
    ]);
    const what = `${visible(operation)} (${plane} plane) at ${visible(scope.text)}`;
    const isPartial = isAbsent || tenant.gaps.at(scope, 'grants').length > 0;
    const said = found.notices.map(({ message }) => visible(message));
    const [open, reached] = question.reach === 'out' ? [[], said] : [said, []];
    const lines = [...blocks.flat(), ...totalLines(found.principals, what, isPartial, open), ...reached];
    writeReport(`${lines.join('\n')}\n`, options, io);
  }
  printNotices(notices.map(formatNotice), options, io);
  return isAbsent ? exitUnknown : exitSuccess;
}

/** Nobody must not be read for "nobody at all" where not all could be read. */
function totalLines(
  principals: readonly { readonly decision: Verdict }[],
  what: string,
  isPartial: boolean,
  openGroups: readonly string[],
): string[] {
  const none = openGroups.length === 0 ? 'No principal' : 'No known principal';
  const total = principals.length === 0 ? none : count(principals.length, 'principal');
  const decisions = (['allowed', 'conditional', 'unknown'] as const).flatMap(decision => {
    const decided = principals.filter(principal => principal.decision === decision).length;
    return decided === 0 ? [] : [`${decided} ${verdictWords[decision]}`];
  });
  const parts =
    decisions.length > 1 || principals[0]?.decision === 'unknown' ? `: ${decisions.join(', ')}` : '';
  return [
    `${total} may do ${what}${parts}.`,
    ...openGroups,
    ...(isPartial ? ['Not everything was read: others may be able to do it.'] : []),
  ];
}
