import type { SourceRef } from '../../input/source-document.js';

/** A suppression after the findings were looked at: what became of it. */
export interface SuppressionUse {
  readonly by: 'config' | 'inline';
  readonly at: SourceRef;
  /** As written: a rule id, perhaps with a variant; empty where a comment names none. */
  readonly rule: string;
  readonly isKnownRule: boolean;
  /** The known rule id nearest to an unknown one. */
  readonly suggestion: string | undefined;
  readonly reason: string | undefined;
  /** As written: the last day on which it holds. */
  readonly expires: string | undefined;
  /** `bad-date`: what is written is no date, and counts as past. */
  readonly expiry: 'none' | 'to-come' | 'past' | 'bad-date';
  /** `not-looked-for`: its rule is off, or what it names was not part of the run. */
  readonly use: 'used' | 'unused' | 'not-looked-for';
}
