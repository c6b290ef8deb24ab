import type { AccessTestResult } from '../../analysis/access-tests/run-access-tests.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { UserError } from '../../errors.js';
import { escapeMarkdown, markdownCode, shorten } from '../../text/escape.js';
import { fitting, noticeSection } from '../lint/markdown-lists.js';
import { shownPrincipal, reasonLines } from '../access/decision-text.js';
import { faultOf, type TestReport, totalsLine } from './test-report.js';

/** GitHub-flavoured Markdown for a job summary: the counts, and a table of what did not come out as expected. */
export function testMarkdown(report: TestReport): string {
  const { results, inputErrors, notices, tenant } = report;
  const faults = results.filter(({ status }) => status !== 'pass');
  const parts = [`## azrbac test\n\n${totalsLine(report)}\n`];
  if (faults.length > 0) {
    const rows = fitting(faults, result => resultRow(result, tenant), 'more test');
    parts.push(
      `| Result | Test | Principal | Operation | Found | Why |\n| --- | --- | --- | --- | --- | --- |\n${rows}`,
    );
  }
  if (inputErrors.length > 0)
    parts.push(`### Mistakes\n\n${fitting(inputErrors, inputErrorItem, 'more mistake')}`);
  if (notices.length > 0) parts.push(noticeSection(notices));
  return parts.join('\n');
}

const longestCell = 1000;

function resultRow(result: AccessTestResult, tenant: Tenant): string {
  const { status, test, operation } = result;
  const cells = [
    status,
    cell(test.name),
    cell(shownPrincipal(test.principal.id, tenant)),
    `${markdownCode(shorten(operation.name))} at ${markdownCode(shorten(test.scope.text))}`,
    cell(faultOf(result) ?? ''),
    cell(reasonLines(result, tenant).join('; ').replaceAll('\n', ' ')),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function inputErrorItem({ message, hint = '' }: UserError): string {
  return `- ${cell(`${message} ${hint}`.trim())}\n`;
}

function cell(text: string): string {
  return escapeMarkdown(shorten(text, longestCell));
}
