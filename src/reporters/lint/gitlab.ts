import type { Finding, LintResult } from '../../lint/engine/finding.js';
import type { Severity } from '../../lint/engine/rule.js';
import { shorten, visible } from '../../text/escape.js';
import { jsonText } from '../../text/json-text.js';
import { spanOf } from '../../text/source-span.js';

/** A GitLab code quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function reportGitlab(result: LintResult): string {
  return jsonText(result.findings.map(finding => issue(finding)));
}

const severityOf: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

function issue(finding: Finding): object {
  return {
    description: visible(shorten(finding.message)),
    check_name: finding.rule.id,
    fingerprint: finding.fingerprint,
    severity: severityOf[finding.severity],
    location: {
      path: finding.at.document.file,
      lines: { begin: spanOf(finding.at)?.line ?? 1 },
    },
  };
}
