import type { Finding, LintResult } from '../../lint/engine/finding.js';
import type { Severity } from '../../lint/engine/rule.js';
import { escapeAzureMessage, escapeAzureProperty, shorten } from '../../text/escape.js';
import { findingLine } from './finding-line.js';
import { spanOf } from '../../text/source-span.js';
import { summaryLine, severitiesWorstFirst } from './summary.js';

/**
 * Logging commands that Azure Pipelines shows as issues of the run, worst first, then the summary.
 * There is no level below a warning: findings of severity `info` stand in the log as plain lines.
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function reportAzure(result: LintResult): string {
  const lines = severitiesWorstFirst(result.findings).map(finding => {
    const type = typeOf[finding.severity];
    return type === undefined ? findingLine(finding) : issue(finding, type);
  });
  return [...lines, summaryLine(result)].join('\n') + '\n';
}

type IssueType = 'error' | 'warning';

const typeOf: Readonly<Record<Severity, IssueType | undefined>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: undefined,
};

function issue(finding: Finding, type: IssueType): string {
  const place = spanOf(finding.at);
  const properties = [
    `type=${type}`,
    `sourcepath=${escapeAzureProperty(finding.at.document.file)}`,
    ...(place === undefined ? [] : [`linenumber=${place.line}`, `columnnumber=${place.column}`]),
    `code=${escapeAzureProperty(finding.rule.id)}`,
  ];
  return `##vso[task.logissue ${properties.join(';')};]${escapeAzureMessage(shorten(finding.message))}`;
}
