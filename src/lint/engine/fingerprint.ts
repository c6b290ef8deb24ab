import { compareText } from '../../compare-text.js';
import { shortSha256 } from '../../sha256.js';
import type { PendingFinding } from './pending-finding.js';

/**
 * A name for each finding that outlives moved lines and reordered entries: 16 hexadecimal digits of rule, role GUID or
 * name, evidence (or what the match gives in its place) and file, with an ordinal for equals.
 * `fileKey` makes a file's path relative to the configuration, so that it does not depend on where azrbac was started.
 */
export function fingerprints(
  pending: readonly PendingFinding[],
  fileKey: (file: string) => string,
): string[] {
  const seen = new Map<string, number>();
  return pending.map(finding => {
    const identity = identityOf(finding, fileKey);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return shortSha256(`${identity}\n${ordinal}`);
  });
}

function identityOf({ rule, match }: PendingFinding, fileKey: (file: string) => string): string {
  const { role, subject, evidence, identity, at } = match;
  const values = identity ?? Object.entries(evidence).sort(([a], [b]) => compareText(a, b));
  return JSON.stringify([
    rule.id,
    subject?.id ?? role?.guid ?? role?.name?.value ?? role?.address ?? '',
    values,
    fileKey(at.document.file),
  ]);
}
