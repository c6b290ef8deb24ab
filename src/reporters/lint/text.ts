import type { SourceRef } from '../../input/source-document.js';
import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { shorten, visible } from '../../text/escape.js';
import { excerptOf } from './excerpt.js';
import { paintFor, type Paint } from '../paint.js';
import { placeName, spanOf } from '../../text/source-span.js';
import type { ReportOptions } from '../reporter.js';
import { summaryLine } from './summary.js';

/**
 * For people: per finding its place, message, source excerpt and rule, and at the first finding of a rule why it
 * matters and how to mend it. Notices are not in it: the command prints them apart.
 */
export async function reportText(
  result: LintResult,
  { color }: Pick<ReportOptions, 'color'>,
): Promise<Iterable<string>> {
  const page: Page = { paint: await paintFor(color), explained: new Set() };
  return textPieces(result, page);
}

function* textPieces(result: LintResult, page: Page): Generator<string> {
  for (const finding of result.findings) yield `${findingLines(finding, page).join('\n')}\n\n`;
  yield `${summaryLine(result)}\n`;
}

interface Page {
  readonly paint: Paint;
  /** Ids of the rules whose why and fix have been printed. */
  readonly explained: Set<string>;
}

function findingLines(finding: Finding, page: Page): string[] {
  const { paint } = page;
  const excerpt = excerptOf(finding.at);
  const gutter = ' '.repeat(excerpt === undefined ? 2 : String(excerpt.line).length);
  const bar = paint.muted(`${gutter} |`);
  const lines = [headline(finding, page)];
  if (excerpt !== undefined) {
    lines.push(bar);
    lines.push(`${paint.muted(`${excerpt.line} |`)} ${excerpt.text}`);
    lines.push(`${bar} ${paint.mark(excerpt.mark + excerpt.rest)}`);
  }
  return [...lines, ...notes(finding, page).map(note => `${gutter} ${note}`)];
}

function headline(finding: Finding, { paint }: Page): string {
  const place = paint.place(visible(placeName(finding.at)));
  const severity = paint.severity(finding.severity, finding.severity);
  return `${place}  ${severity}  ${visible(shorten(finding.message))}`;
}

function notes(finding: Finding, page: Page): string[] {
  const { rule } = finding;
  const { paint } = page;
  const lines = relatedNotes(finding, page);
  if (!page.explained.has(rule.id)) {
    page.explained.add(rule.id);
    lines.push(`${paint.muted('why ')} ${visible(rule.why)}`, `${paint.muted('fix ')} ${visible(rule.fix)}`);
  }
  lines.push(`${paint.muted('rule')} ${visible(rule.id)}`);
  return lines;
}

function relatedNotes({ at, related }: Finding, { paint }: Page): string[] {
  const also = paint.muted('also');
  const lines = related.slice(0, maxRelated).map(({ at: other, message }) => {
    return `${also} ${nearbyPlace(other, at)}${visible(shorten(message))}`;
  });
  return related.length > maxRelated ? [...lines, `${also} ${related.length - maxRelated} more`] : lines;
}

/** Says of another place only what the reader does not know from the finding's own: often nothing. */
function nearbyPlace(other: SourceRef, own: SourceRef): string {
  const name = placeName(other);
  if (name === placeName(own)) return '';
  const place = spanOf(other);
  if (place === undefined || other.document !== own.document) return `${visible(name)}  `;
  return `${place.line}:${place.column}  `;
}

const maxRelated = 5;
