import type { LocatedValue, UnknownReason } from '../../input/located-value.js';
import type { Located, SourceRef } from '../../input/source-document.js';

/** A role assignment that code deploys, as far as it is known before that. */
export interface CodeAssignment {
  /** Held, or only to be activated through PIM. */
  readonly kind: 'role-assignment' | 'eligible-assignment';
  /** The name by which code speaks of it. */
  readonly address: string;
  /** What is deployed together with it: in it, what only the deployment knows is one thing. */
  readonly domain: string;
  readonly at: SourceRef;
  /** Where the GUID that is its name is written, and what makes two of them the same. */
  readonly name: AssignmentValue | undefined;
  readonly scope: AssignmentValue | undefined;
  /** An id of the role, or a reference to it. */
  readonly roleId: AssignmentValue | undefined;
  readonly roleName: AssignmentValue | undefined;
  readonly principal: AssignmentValue | undefined;
  /** As written; undefined where none is, or it is unknown. */
  readonly principalType: Located<string> | undefined;
  /** Whether the format leaves it to its author to say what the principal is, and the author does not. */
  readonly lacksPrincipalType: boolean;
  readonly condition: Located<string> | undefined;
  readonly conditionVersion: Located<string> | undefined;
  /** Whether PIM takes it back by itself. */
  readonly isPassing: boolean;
  readonly unknowns: readonly AssignmentUnknown[];
}

/** A value of an assignment and where it stands. */
export interface AssignmentValue {
  readonly value: LocatedValue;
  readonly at: SourceRef;
}

/** A part of an assignment without which it is not judged in whole, and why it is unknown. */
export interface AssignmentUnknown {
  readonly part: 'role' | 'scope' | 'condition' | 'presence';
  readonly reason: UnknownReason;
}
