import type { AuditResult } from '../../analysis/audit/audit-result.js';
import { type ReportFormat, reportPieces } from '../lint/reporters.js';
import type { Report, ReportOptions } from '../reporter.js';

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
      return (await import('./text.js')).reportAuditText(result, options);
    case 'json':
      return (await import('./json.js')).reportAuditJson(result);
    case 'csv':
      return (await import('./csv.js')).reportAuditCsv(result);
    case 'markdown':
      return (await import('./markdown.js')).reportAuditMarkdown(result);
    case 'concise':
    case 'sarif':
    case 'github':
    case 'azure':
    case 'gitlab':
    case 'junit':
      return reportPieces(format, result.lint, options);
  }
}
