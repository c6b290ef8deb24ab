import type { Finding, LintResult } from '../../lint/engine/finding.js';
import type { Severity } from '../../lint/engine/rule.js';
import { escapeGithubMessage, escapeGithubProperty, shorten } from '../../text/escape.js';
import { findingLine } from './finding-line.js';
import { spanOf, type SourceSpan } from '../../text/source-span.js';
import { summaryLine, severitiesWorstFirst } from './summary.js';

/**
 * Workflow commands that GitHub Actions shows as annotations, worst first, then the summary.
 * GitHub shows ten of each level per step; what goes beyond stands in the log as plain lines.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function reportGithub(result: LintResult): string {
  const shown = { error: 0, warning: 0, notice: 0 };
  const lines = severitiesWorstFirst(result.findings).map(finding => {
    shown[levelOf[finding.severity]] += 1;
    return shown[levelOf[finding.severity]] > maxPerLevel ? findingLine(finding) : annotation(finding);
  });
  return [...lines, summaryLine(result)].join('\n') + '\n';
}

const maxPerLevel = 10;

const levelOf: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

function annotation(finding: Finding): string {
  const place = spanOf(finding.at);
  const properties = [
    `file=${escapeGithubProperty(finding.at.document.file)}`,
    ...(place === undefined ? [] : placeProperties(place)),
    `title=${escapeGithubProperty(finding.rule.id)}`,
  ];
  // %0A is the one line break that the command's reader knows.
  const message = [shorten(finding.message), finding.rule.fix].map(escapeGithubMessage).join('%0A');
  return `::${levelOf[finding.severity]} ${properties.join(',')}::${message}`;
}

/** GitHub takes columns only where the range stays on one line. */
function placeProperties({ line, column, endLine, endColumn }: SourceSpan): string[] {
  const lines = [`line=${line}`, `endLine=${endLine}`];
  return line === endLine ? [...lines, `col=${column}`, `endColumn=${endColumn}`] : lines;
}
