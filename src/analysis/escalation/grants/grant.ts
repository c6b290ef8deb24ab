import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { AssignableRoles } from './delegations.js';
import type { GrantedOperations } from './grant-evaluator.js';

/** Something that gives operations of methods at a scope and below. */
export interface MethodGrant {
  /** Equal for what gives the same at the same scope. */
  readonly key: string;
  readonly scope: Scope;
  readonly granted: GrantedOperations;
  readonly source: GrantSource;
}

/** An assignment that stands in the snapshot, or what somebody gave themselves on the way. */
export type GrantSource =
  | AssignmentSource
  | {
      readonly kind: 'gained';
      readonly roles: AssignableRoles | 'any';
      /** The custom role that was edited to grant it. */
      readonly edited?: HeldCustomRole;
    };

/** What somebody gave themselves. */
export function gainedGrant(
  scope: Scope,
  granted: GrantedOperations,
  roles: AssignableRoles | 'any',
  edited?: HeldCustomRole,
): MethodGrant {
  const source =
    edited === undefined
      ? ({ kind: 'gained', roles } as const)
      : ({ kind: 'gained', roles, edited } as const);
  return new GainedGrant(scope, granted, source);
}

/** Most are found to add nothing before anybody asks for their key. */
class GainedGrant implements MethodGrant {
  constructor(
    readonly scope: Scope,
    readonly granted: GrantedOperations,
    readonly source: Extract<GrantSource, { kind: 'gained' }>,
  ) {}

  get key(): string {
    const { number, guards } = this.granted;
    const { roles } = this.source;
    const from = roles === 'any' ? '*' : roles.number;
    return [this.scope.key, number, from, guards.map(guard => guard.number).join()].join(':');
  }
}

/** An assignment, and who has it: the principal itself, or a group. */
export interface AssignmentSource {
  readonly kind: 'role-assignment' | 'eligible-assignment';
  readonly assignment: RoleAssignment;
  readonly holder: string;
}

/** A custom role that somebody holds, and could edit. */
export interface HeldCustomRole {
  readonly roleGuid: string;
  readonly scope: Scope;
  readonly condition: string | undefined;
  readonly assignableScopes: readonly Scope[];
  /** Nodes of these: the same list for all who hold the role. */
  readonly assignableNodes: readonly ScopeNode[];
  /** Undefined for one that was gained on the way. */
  readonly held: AssignmentSource | undefined;
  /**
   * Numbers of places around one of the assignable scopes that are not around where it is held: whoever can do anything
   * there may gain by editing it. Empty for most roles, which are held below their one assignable scope.
   */
  readonly crossing: readonly number[];
}
