import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCatalogFolder } from '../../../package/package-folder.js';

/**
 * What a method yields:
 * `assigned-roles` what its operation lets assign, within the conditions on it,
 * `any-role` any role at the scope,
 * `held-role` anything, at the scope where a custom role is held,
 * `eligible-roles` what PIM lets activate,
 * `owned-principals` the members' rights of an owned group, or an owned service principal,
 * `identity-of-resource` the managed identities of a resource.
 */
export type MethodGain =
  | 'assigned-roles'
  | 'any-role'
  | 'held-role'
  | 'eligible-roles'
  | 'owned-principals'
  | 'identity-of-resource';

/** A way to gain more than one holds: an entry of `role-catalog/escalation-methods.json`. */
export interface EscalationMethod {
  /** Kebab-case and stable: scripts look at it. */
  readonly id: string;
  /** What is done, as the end of a sentence that begins with a principal. */
  readonly does: string;
  readonly gains: MethodGain;
  /** The types of resources whose identities it yields, in lower case. */
  readonly resourceTypes?: readonly string[];
  /** Where the operations are done: at the resource itself, unless it says `parent`. */
  readonly at?: 'parent';
  /** Each is enough by itself. */
  readonly ways: readonly MethodWay[];
  /** Somewhere, all operations of one of these must be held as well. */
  readonly carriers?: readonly (readonly string[])[];
  readonly reference: string;
}

/** Operations that are needed together. */
export interface MethodWay {
  readonly control?: readonly string[];
  readonly data?: readonly string[];
  /** Why it may fail all the same, as a sentence without a full stop. */
  readonly doubt?: string;
}

/** What comes with azrbac. */
export function loadMethods(folder = shippedCatalogFolder()): readonly EscalationMethod[] {
  const text = readFileSync(join(folder, 'escalation-methods.json'), 'utf8');
  return (JSON.parse(text) as { readonly methods: readonly EscalationMethod[] }).methods;
}
