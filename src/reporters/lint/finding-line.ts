import type { Finding } from '../../lint/engine/finding.js';
import { shorten, visible } from '../../text/escape.js';
import { placeName } from '../../text/source-span.js';

/** A finding on one plain line: `file:line:column  severity  message (rule)`. */
export function findingLine(finding: Finding): string {
  const place = visible(placeName(finding.at));
  return `${place}  ${finding.severity}  ${visible(shorten(finding.message))} (${visible(finding.rule.id)})`;
}
