import type { SourceRef } from '../../input/source-document.js';

/** What an identity of an expectations file was found to hold, as far as rules speak of it. */
export interface ExpectationOutcome {
  /** As the file names it. */
  readonly identity: string;
  /** Where the file does. */
  readonly at: SourceRef;
  /** The object id. */
  readonly principal: string;
  readonly results: readonly ExpectedAtScope[];
  readonly wider: readonly WiderThanNeeded[];
}

/** One scope of it. */
export interface ExpectedAtScope {
  readonly scope: string;
  /** Ids of action sets; empty where nothing is needed. */
  readonly actionSets: readonly string[];
  /** Required, and not held. */
  readonly missing: readonly string[];
  /** Operations of them that deny assignments take away, whatever grants them. */
  readonly denied: readonly string[];
  /** Names of these deny assignments, or their ids. */
  readonly denials: readonly string[];
  /** Neither needed nor accepted; the forbidden included. Empty where excess is not looked at. */
  readonly excess: readonly string[];
  /** How many there are, where not all are listed. */
  readonly excessCount: number;
  readonly forbidden: readonly string[];
  /** Roles and scopes that the excess comes from, the most first. */
  readonly through: readonly string[];
}

/** An assignment at a scope that is wider than all needs that it serves. */
export interface WiderThanNeeded {
  readonly role: string;
  readonly scope: string;
  readonly narrower: string;
}
