import type { PendingFinding } from './pending-finding.js';

/**
 * In code, loops and modules make many roles of one text: what is found at one place for the same reason is one finding,
 * of the first role. A file that code reads may be a role of its own, too: then that one counts.
 */
export function withoutRepeats(pending: readonly PendingFinding[]): readonly PendingFinding[] {
  if (!pending.some(isOfCode)) return pending;
  const ofFiles = new Set(pending.filter(finding => !isOfCode(finding)).map(keyOf));
  const seen = new Set<string>();
  return pending.filter(finding => {
    if (!isOfCode(finding)) return true;
    const key = keyOf(finding);
    if (seen.has(key) || ofFiles.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isOfCode({ match }: PendingFinding): boolean {
  return match.role?.shape === 'code' || isAssignmentOfCode(match);
}

/** Assignments of a tenant have no text. */
function isAssignmentOfCode({ subject, at }: PendingFinding['match']): boolean {
  return subject?.kind.endsWith('-assignment') === true && at.range !== undefined;
}

function keyOf({ rule, match }: PendingFinding): string {
  const { variant, at, evidence } = match;
  // Whom it is for, and where, is what rounds of a loop differ in.
  const same = isAssignmentOfCode(match) ? evidence['roleName'] : evidence;
  return JSON.stringify([rule.id, variant, at.document.file, at.range?.start, at.range?.end, same]);
}
