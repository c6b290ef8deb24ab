import type { Plane } from '../../../src/rbac/model/role-definition.js';

// The rows of a tenant as Azure's REST interface answers them, as far as they decide access.

export type ConditionText = string | null | undefined;

export type PermissionRow = {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly condition?: ConditionText;
};

export type RoleRow = {
  readonly id: string;
  /** The GUID. */
  readonly name: string;
  readonly properties: {
    readonly roleName: string;
    readonly type: string;
    readonly assignableScopes: readonly string[];
    readonly permissions: readonly PermissionRow[];
  };
};

export type AssignmentRow = {
  readonly id: string;
  readonly name: string;
  readonly properties: {
    readonly roleDefinitionId: string;
    readonly principalId: string;
    readonly principalType?: string | undefined;
    readonly scope: string;
    readonly condition?: ConditionText;
  };
};

export type DenyRow = {
  readonly id: string;
  readonly name: string;
  readonly properties: {
    readonly denyAssignmentName: string;
    readonly scope: string;
    readonly doNotApplyToChildScopes?: boolean;
    readonly denyAssignmentEffect?: string;
    readonly permissions: readonly PermissionRow[];
    readonly principals: readonly DeniedRow[];
    readonly excludePrincipals: readonly DeniedRow[];
    readonly condition?: ConditionText;
  };
};

export type DeniedRow = { readonly id: string; readonly type?: string | undefined };

export type PrincipalRow = {
  readonly id: string;
  readonly type: string;
  readonly displayName: string;
  readonly memberOf: readonly string[];
};

/** Without `parent`, the row does not say what it is. */
export type ManagementGroupRow = { readonly id: string; readonly parent?: string | null };

export type SubscriptionRow = { readonly id: string; readonly managementGroup: string | null };

export type GapRow = { readonly what: string; readonly scope: string; readonly reason: string };

/** A tenant in plain rows. */
export type World = {
  /** Custom ones, and built-in ones where the snapshot has its own of them. */
  readonly roleDefinitions: readonly RoleRow[];
  readonly roleAssignments: readonly AssignmentRow[];
  readonly denyAssignments: readonly DenyRow[];
  readonly eligibleAssignments: readonly AssignmentRow[];
  readonly activeAssignments: readonly AssignmentRow[];
  readonly principals: readonly PrincipalRow[];
  readonly managementGroups: readonly ManagementGroupRow[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly gaps: readonly GapRow[];
  /** False where the end of the snapshot is missing. */
  readonly isComplete: boolean;
};

export type QuestionRow = {
  readonly principal: string;
  readonly operation: string;
  readonly plane: Plane;
  readonly scope: string;
};
