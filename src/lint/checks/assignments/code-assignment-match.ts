import type { SourceRef } from '../../../input/source-document.js';
import type { CodeAssignment } from '../../../rbac/model/code-assignment.js';
import type { Evidence, Match } from '../match.js';

/** A match about an assignment of code, which the message may name as {assignment}. */
export function codeAssignmentMatch(
  { address, kind }: CodeAssignment,
  at: SourceRef,
  evidence: Evidence = {},
): Match {
  return {
    at,
    role: undefined,
    subject: { kind, id: address, name: address },
    evidence: { assignment: address, ...evidence },
  };
}
