import type { ActionSet, CompositeActionSet } from '../../rbac/action-sets/action-set.js';
import type { Located } from '../../input/source-document.js';
import type { Scope } from '../../rbac/model/scope.js';

/** What identities must be able to do, and must not: the file that `azrbac check` is given. */
export interface Expectations {
  readonly identities: readonly ExpectedIdentity[];
}

export interface ExpectedIdentity {
  readonly name: Located<string>;
  /** The object id in lower case, or the role that it will get: one of them. */
  readonly principal: Located<string> | undefined;
  /** A role file, built-in name or GUID, for what is not deployed yet; taken to be assigned at every scope of its needs. */
  readonly role: Located<string> | undefined;
  /** Undefined where nothing is said: then what it holds is held against `never` alone. */
  readonly needs: readonly ExpectedNeed[] | undefined;
  /** Patterns of operations that it must hold nowhere. */
  readonly never: readonly ForbiddenPattern[];
  readonly accepted: readonly AcceptedExcess[];
}

/** One action set at one scope; composites are taken apart when the file is read. */
export interface ExpectedNeed {
  readonly set: ActionSet;
  /** The composite that it is a part of. */
  readonly partOf: CompositeActionSet | undefined;
  /** Undefined for an identity that is a role, which may have no scope yet, and where nobody knows it. */
  readonly scope: Located<Scope> | undefined;
  /** Why nobody can tell yet whether it is met. */
  readonly open?: OpenNeed | undefined;
}

/** A need whose scope is not known, or that holds under a condition of which nobody said whether it holds. */
export interface OpenNeed {
  readonly reason: 'scope-unknown' | 'conditional';
  /** The name of the scope, where it is not known. */
  readonly at: string | undefined;
  /** The condition, where there is one. */
  readonly when: string | undefined;
}

export interface ForbiddenPattern {
  readonly pattern: Located<string>;
  readonly plane: 'control' | 'data' | 'both';
}

/** Excess that somebody decided to live with. */
export interface AcceptedExcess {
  /** All that this built-in or custom role grants, by name, GUID or file. */
  readonly role: Located<string> | undefined;
  /** Or what these patterns cover, on both planes. */
  readonly operations: readonly Located<string>[];
  readonly reason: string;
}
