import type { LintResult } from '../lint/engine/finding.js';
import type { Severity } from '../lint/engine/rule.js';

/**
 * Writes a result in one format. Pure: the same result and options give the same text, which ends in a newline. Formats
 * without a limit of their own give it piece by piece: a million findings are more than one string may hold.
 */
export type Reporter = (result: LintResult, options: ReportOptions) => Report | Promise<Report>;

export type Report = string | Iterable<string>;

/** What a report depends on besides the result. */
export interface ReportOptions {
  /** How much colour the terminal shows, in chalk's levels: 0 none, 1 basic, 2 256, 3 all. Only `text` uses it. */
  readonly color: 0 | 1 | 2 | 3;
  /** The version of azrbac, for formats that name the tool. */
  readonly version: string;
  /** From which severity on a finding fails the run. `junit` shows milder ones as passed. */
  readonly failOn: Severity | 'never';
  /** The command whose report it is, for formats that name it; `azrbac lint` unless told. */
  readonly command?: string | undefined;
  /** The width of the terminal; 80 where there is none. Only `text` uses it. */
  readonly columns?: number | undefined;
  /** The order within a file: `severity` unless told. Only `text` and `concise` use it. */
  readonly sort?: 'severity' | 'position' | undefined;
  /** Whether `text` says why each finding matters. */
  readonly verbose?: boolean | undefined;
  /** Whether `text` leaves out how many findings there are. */
  readonly withoutSummary?: boolean | undefined;
  /** Whether something that was asked for could not be read: then nothing passed. */
  readonly isIncomplete?: boolean | undefined;
}
