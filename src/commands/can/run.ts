import { type ExitCode, exitSuccess, exitFindings, exitUnknown } from '../../cli/exit-codes.js';
import { Decider } from '../../tenant/access/decide.js';
import type { Verdict } from '../../tenant/access/decision.js';
import { formatNotice } from '../../text/notice.js';
import { canObject } from '../../reporters/access/decision-json.js';
import { visible } from '../../text/escape.js';
import { accessQuery } from '../access/access-query.js';
import type { canDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import { shownPrincipal, reasonLines, verdictWords } from '../../reporters/access/decision-text.js';
import type { Io } from '../../cli/io.js';
import { findPrincipal, loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';

/** `azrbac can` */
export async function run(
  { options }: CommandLine<typeof canDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const workspace = await openWorkspace(options, io);
  const loaded = await loadTenant(options.snapshot, workspace, options);
  const { tenant } = loaded;
  const principal = findPrincipal(options.principal, tenant);
  const { question, notices: asked } = accessQuery(options, tenant);
  const decided = new Decider(tenant, question).decide(principal);
  const notices = [...loaded.notices, ...asked];
  const { operation, plane, scope } = question;
  const lines = [
    `${verdictWords[decided.decision]}: ${shownPrincipal(principal, tenant)}`,
    `${visible(operation)} (${plane} plane) at ${visible(scope.text)}`,
    ...reasonLines(decided, tenant).map(line => `  ${line.replaceAll('\n', '\n  ')}`),
  ];
  const report =
    options.format === 'json'
      ? toJson(canObject(decided, principal, question, notices))
      : `${lines.join('\n')}\n`;
  writeReport(report, options, io);
  printNotices(notices.map(formatNotice), options, io);
  return exitCodeOfDecision(decided.decision, options);
}

/** What a script sees of a decision. */
export function exitCodeOfDecision(
  decision: Verdict,
  options: { readonly 'accept-conditional': boolean },
): ExitCode {
  if (decision === 'unknown') return exitUnknown;
  if (decision === 'conditional') return options['accept-conditional'] ? exitSuccess : exitFindings;
  return decision === 'allowed' ? exitSuccess : exitFindings;
}
