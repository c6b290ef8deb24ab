import type { AuditResult } from '../analysis/audit/audit-result.js';
import { type ReportFormat, reportPieces } from './index.js';
import type { Report, ReportOptions } from './reporter.js';

/**
 * An audit in one format. Those for people and scripts have all of it; those of CI systems and spreadsheets know findings
 * alone, and have those.
 */
export async function auditPieces(
  format: ReportFormat,
  result: AuditResult,
  options: ReportOptions,
): Promise<Report> {
  switch (format) {
    case 'text':
      return (await import('./audit-text.js')).reportAuditText(result, options);
    case 'json':
      return (await import('./audit-json.js')).reportAuditJson(result);
    case 'csv':
      return (await import('./audit-csv.js')).reportAuditCsv(result);
    case 'markdown':
      return (await import('./audit-markdown.js')).reportAuditMarkdown(result);
    case 'sarif':
    case 'github':
    case 'azure':
    case 'gitlab':
    case 'junit':
      return reportPieces(format, result.lint, options);
  }
}
