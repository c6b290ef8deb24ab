import type { SourceRef } from '../../input/source-document.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';

/** What a check returns: where, and the values for the rule's message. Never prose, never a severity. */
export interface Match {
  readonly at: SourceRef;
  /** The object that the finding is about; undefined for a document as a whole. */
  readonly role: RoleDefinition | undefined;
  /** What it is about instead, where it is something of a tenant. */
  readonly subject?: TenantSubject;
  /** Picks the rule's variant: another wording and severity for a weaker or stronger form of the same fault. */
  readonly variant?: string;
  /** Fills the `{placeholders}` of the message, goes into the JSON output, and makes the fingerprint. */
  readonly evidence: Evidence;
  /** Makes the fingerprint in place of the evidence, where the evidence changes with the catalog. */
  readonly identity?: readonly string[];
  readonly related?: readonly RelatedPlace[];
  /** Conditions that the match depends on and that cannot be read: a notice says so. */
  readonly conditions?: readonly SourceRef[];
  /** An edit that mends it without judgement. Offered only if re-expansion proves it harmless. */
  readonly fix?: Fix;
}

/** Something of a tenant that a finding is about. */
export interface TenantSubject {
  readonly kind: 'role-assignment' | 'eligible-assignment' | 'deny-assignment' | 'principal' | 'scope';
  /** The ARM id of an assignment, the object id of a principal, or the scope. In lower case. */
  readonly id: string;
  /** As people know it; null where it has no name, or none is known. */
  readonly name: string | null;
  /** The role that an assignment is of. */
  readonly role?: RoleDefinition;
  /** The condition that it is about: many assignments have the same one. */
  readonly condition?: string;
}

export type Evidence = Readonly<Record<string, string | number | readonly string[]>>;

/** Another place that belongs to a finding, with a sentence of its own. */
export interface RelatedPlace {
  readonly at: SourceRef;
  readonly message: string;
  /** Where it is itself what a rule found: the id of that rule. */
  readonly ruleId?: string;
  /** Where it says what an operation is good for: both, apart. */
  readonly operation?: string;
  readonly meaning?: string;
  /** Where it only says why the role is looked at. */
  readonly isReason?: true;
}

/**
 * `remove`: take the entry out of its list. `replace`: write `text` in its place.
 * `move`: take it out and add it to the sibling list named `to`.
 * `effect` says what the proof must show: `none`, the effective sets stay equal; `intended`, they differ by just
 * what the fix is for (a mended typo, an operation on its right plane), and only `--fix` with consent applies it.
 */
export type Fix =
  | { readonly kind: 'remove'; readonly effect: 'none' | 'intended' }
  | { readonly kind: 'replace'; readonly text: string; readonly effect: 'none' | 'intended' }
  | {
      readonly kind: 'move';
      readonly to: 'actions' | 'notActions' | 'dataActions' | 'notDataActions';
      readonly effect: 'intended';
    };
