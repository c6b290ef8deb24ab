import type { LintResult } from '../../lint/engine/finding.js';
import type { Report, Reporter, ReportOptions } from '../reporter.js';

export type { ReportOptions } from '../reporter.js';
export { formatNotice } from '../../text/notice.js';

/** The values of `--format`. */
export const reportFormats = [
  'text',
  'concise',
  'json',
  'sarif',
  'github',
  'azure',
  'gitlab',
  'markdown',
  'junit',
  'csv',
] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** The result as text in that format, with a newline at its end. Loads the code of that format alone. */
export async function formatReport(
  format: ReportFormat,
  result: LintResult,
  options: ReportOptions,
): Promise<string> {
  const report = await reportPieces(format, result, options);
  return typeof report === 'string' ? report : [...report].join('');
}

/** The same for whoever writes it on: in pieces, where it may be longer than a string. */
export async function reportPieces(
  format: ReportFormat,
  result: LintResult,
  options: ReportOptions,
): Promise<Report> {
  const report = await load[format]();
  return report(result, options);
}

// Start-up time counts: a run pays for the one format that it writes.
const load: Readonly<Record<ReportFormat, () => Promise<Reporter>>> = {
  text: async () => (await import('./text.js')).reportText,
  concise: async () => (await import('./concise.js')).reportConcise,
  json: async () => (await import('./json.js')).reportJson,
  sarif: async () => (await import('./sarif.js')).reportSarif,
  github: async () => (await import('./github.js')).reportGithub,
  azure: async () => (await import('./azure.js')).reportAzure,
  gitlab: async () => (await import('./gitlab.js')).reportGitlab,
  markdown: async () => (await import('./markdown.js')).reportMarkdown,
  junit: async () => (await import('./junit.js')).reportJunit,
  csv: async () => (await import('./csv.js')).reportCsv,
};
