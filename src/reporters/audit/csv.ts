import type { AuditResult } from '../../analysis/audit/audit-result.js';
import { csvColumns, csvPieces } from '../lint/csv.js';

/** The findings of an audit as those of a lint, each with the id of its cause behind them. */
export function reportAuditCsv({ lint, causes }: AuditResult): Iterable<string> {
  const causeOf = new Map(causes.flatMap(({ id, findings }) => findings.map(finding => [finding, id])));
  return csvPieces(lint.findings, [
    ...csvColumns,
    { name: 'cause', valueOf: finding => causeOf.get(finding) },
  ]);
}
