import type { SourceRef } from '../../input/source-document.js';

/** A finding that somebody accepts: where that is said, and of what. */
export type Suppression = ConfigSuppression | InlineSuppression;

interface SuppressionBase {
  readonly at: SourceRef;
  /** A rule id, or rule id and variant; empty where a comment names none. */
  readonly rule: string;
  readonly reason: string | undefined;
}

/** An entry of the configuration. What it does not name, it does not ask for. */
export interface ConfigSuppression extends SuppressionBase {
  readonly by: 'config';
  /** Name or GUID. */
  readonly role: string | undefined;
  /** A glob, relative to the configuration's folder. */
  readonly file: string | undefined;
  /** An action pattern. */
  readonly operation: string | undefined;
  /** Object id or display name, of findings about a tenant. */
  readonly principal: string | undefined;
  /** What is found at that scope and below it. */
  readonly scope: string | undefined;
  readonly owner: string | undefined;
  /** As written, `YYYY-MM-DD`: the last day on which it holds. */
  readonly expires: string | undefined;
}

/** A comment, about findings that start on one line of its document. */
export interface InlineSuppression extends SuppressionBase {
  readonly by: 'inline';
  readonly line: number;
}
