import type { Tenant } from '../../tenant/access/tenant.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { Inventory } from '../../rbac/model/inventory.js';
import type { RoleDefinition, RoleUnknown } from '../../rbac/model/role-definition.js';
import type { CheckContext } from './check-context.js';
import type { Conditioned } from './conditions/conditioned.js';
import type { ExpectationOutcome } from './expectation-outcome.js';
import type { Match } from './match.js';
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
  /** What checks on roles need: the parts that must be known, since what is missing from them could make a match wrong. */
  readonly needs?: readonly RoleUnknown['part'][];
  /**
   * How checks on tenants look at code: whether what they find among the assignments of code is so whatever else is in the tenant. `each` looks
   * at one after the other, `together` compares them, and so needs those that are deployed for certain.
   */
  readonly inCode?: 'each' | 'together';
  evaluate(subject: Subjects[Kind], options: Options, context: CheckContext): Iterable<Match>;
}
