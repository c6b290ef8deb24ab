import type { RoleSource } from '../../tenant/access/role-source.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { SourceDocument, SourceRef } from '../../input/source-document.js';
import type { Inventory } from '../../rbac/model/inventory.js';
import type { RoleDefinition, RoleUnknown } from '../../rbac/model/role-definition.js';
import type { RolePermissions } from '../../rbac/permissions/effective.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { Conditioned } from './conditions/conditioned.js';
import type { ExpectationOutcome } from './expectation-outcome.js';
import type { OperationGroup } from './operation-group.js';
import type { SuppressionUse } from './suppression-use.js';

/** The kinds of thing that a check can look at. */
export interface Subjects {
  document: SourceDocument;
  'role-definition': RoleDefinition;
  inventory: Inventory;
  /** What was collected, where a run was given a snapshot. */
  tenant: Tenant;
  /** An identity of an expectations file, where a run was given one. */
  expectation: ExpectationOutcome;
  /** In a role definition, and where a run was given a snapshot, on an assignment. */
  condition: Conditioned;
  /** Offered last: whether it was needed shows when all else was looked at. */
  suppression: SuppressionUse;
}

export type SubjectKind = keyof Subjects;

/**
 * Code that finds matches. Pure: the same subject, options and context give the same matches in the same order.
 * Several rules may share one check; their options tell them apart.
 */
export interface Check<Kind extends SubjectKind = SubjectKind, Options = unknown> {
  readonly subject: Kind;
  /** JSON Schema of `options` in a rule file that names this check. Names of operation groups have the format `operation-group`. */
  readonly optionsSchema: object;
  /** Of checks on roles: the parts that must be known, since what is missing from them could make a match wrong. */
  readonly needs?: readonly RoleUnknown['part'][];
  evaluate(subject: Subjects[Kind], options: Options, context: CheckContext): Iterable<Match>;
}

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

/** What a check may ask. Everything is memoised for the run. */
export interface CheckContext {
  readonly catalog: Catalog;
  readonly inventory: Inventory;
  /** From patterns to the operations of {@link catalog}; its expansions are kept for the run. */
  readonly index: OperationIndex;
  /** Roles by GUID: of the tenant, or of the files and built in. */
  readonly roles: RoleSource;
  /** The day the run is about, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly groups: readonly OperationGroup[];
  /** The operation group of that name. @throws Error if there is none: rules are validated before a run. */
  group(name: string): OperationGroup;
  /** What the role grants. */
  permissionsOf(role: RoleDefinition): RolePermissions;
  /** Whether placeholders belong in the document: by its name, or because the configuration says so. */
  isTemplate(document: SourceDocument): boolean;
}
