import { UserError } from '../../errors.js';
import { replaceFile } from '../../cli/replace-file.js';
import { encodeBaseline, updateBaseline } from '../../lint/engine/baseline.js';
import type { LintResult } from '../../lint/engine/finding.js';
import { shownPath } from '../../lint/engine/load-config.js';
import { runCoverageOf } from '../../lint/engine/run.js';
import { type BaselineOptions, baselinePath } from '../../workspace/lint-baseline.js';
import type { LintInput } from '../../workspace/lint-input.js';
import type { LintSession } from '../../workspace/lint-session.js';
import { withSnapshotKey } from '../../lint/engine/snapshot-key.js';
import type { Workspace } from '../../workspace/workspace.js';

/** Writes the baseline that accepts all that the session finds, and gives the result as it is under it. */
export function acceptAll(
  session: LintSession,
  { problems: [problem] }: Pick<LintInput, 'problems'>,
  options: BaselineOptions,
  workspace: Workspace,
): LintResult {
  if (problem !== undefined) {
    throw new UserError(`The baseline was not updated: ${problem.message}`, {
      hint: 'What cannot be read would be forgotten.',
    });
  }
  const path = baselinePath(options, workspace);
  if (path === undefined) {
    throw new UserError('"--update-baseline" needs a file to write.', { hint: 'Name it: --baseline FILE' });
  }
  const { request } = session;
  const baseline = updateBaseline(session.lint(), {
    before: request.baseline?.baseline,
    asOf: request.asOf,
    fileKey: withSnapshotKey(request.fileKey ?? (file => file), request.tenant?.snapshot.source),
    reach: runCoverageOf(request),
  });
  const file = shownPath(path, workspace.cwd);
  replaceFile({ path, shown: file }, encodeBaseline(baseline));
  return session.under({ file, baseline }).lint();
}
