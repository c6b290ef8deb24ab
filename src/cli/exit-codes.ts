/** Exit code of a run that was done and found nothing to object to. */
export const exitSuccess = 0;

/** Exit code of a run that was done and found something: a finding, a failed expectation, a denial, a path. */
export const exitFindings = 1;

/** Exit code of a run that could not be done: a mistake of the user's, something unreadable, a bug of ours. */
export const exitFailure = 2;

/** Exit code of a run that was done, but what could not be looked at leaves the answer open. */
export const exitUnknown = 3;

/** What a run ends with, as docs/usage.md promises it. */
export type ExitCode = typeof exitSuccess | typeof exitFindings | typeof exitFailure | typeof exitUnknown;
