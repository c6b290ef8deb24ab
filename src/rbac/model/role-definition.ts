import type { UnknownReason } from '../../input/located-value.js';
import type { Located, SourceRef } from '../../input/source-document.js';

/** The four lists of a permission, as Azure names them. */
export type ActionList = 'actions' | 'notActions' | 'dataActions' | 'notDataActions';

/** Which half of Azure an operation belongs to: Azure Resource Manager, or a service's own endpoint. */
export type Plane = 'control' | 'data';

/** The plane that each list speaks of. */
export const planeOf: Readonly<Record<ActionList, Plane>> = {
  actions: 'control',
  notActions: 'control',
  dataActions: 'data',
  notDataActions: 'data',
};

/** One string of one list. */
export interface ActionEntry {
  /** As written: blanks and case kept. */
  readonly text: string;
  /** As compared: see `action-key.ts`. Every rule asks for it. */
  readonly key: string;
  readonly list: ActionList;
  /** Index of the permission in {@link RoleDefinition.permissions}. */
  readonly permissionIndex: number;
  readonly at: SourceRef;
}

/**
 * One entry of a role's `permissions[]`. Never merge two: NotActions subtract inside their own entry only
 * (https://learn.microsoft.com/azure/role-based-access-control/role-definitions).
 */
export interface Permission {
  readonly at: SourceRef;
  readonly actions: readonly ActionEntry[];
  readonly notActions: readonly ActionEntry[];
  readonly dataActions: readonly ActionEntry[];
  readonly notDataActions: readonly ActionEntry[];
  /** A condition (ABAC) guards this entry alone. */
  readonly condition: Located<string> | undefined;
  readonly conditionVersion: Located<string> | undefined;
}

/**
 * The shapes in which people keep role definitions:
 * `cli` flat lists with a display name (input of `az role definition create`; PowerShell up to Az 15),
 * `powershell` `Permissions: [{ Actions }]` (Az 16 and newer),
 * `cli-list` output of `az role definition list`, `rest` `properties.permissions[]`, `code` a resource of Terraform,
 * ARM or Bicep, `catalog` our own.
 */
export type RoleShape = 'cli' | 'powershell' | 'cli-list' | 'rest' | 'code' | 'catalog';

/** A role definition, whatever shape it was written in. */
export interface RoleDefinition {
  readonly at: SourceRef;
  readonly shape: RoleShape;
  readonly name: Located<string> | undefined;
  /** As written: a GUID or a full ARM id. */
  readonly id: Located<string> | undefined;
  /** The trailing GUID of `id`, in lower case; undefined where there is none. */
  readonly guid: string | undefined;
  readonly description: Located<string> | undefined;
  readonly roleType: 'CustomRole' | 'BuiltInRole';
  readonly assignableScopes: readonly Located<string>[];
  /** The list itself, where one is written. */
  readonly assignableScopesAt: SourceRef | undefined;
  readonly permissions: readonly Permission[];
  readonly defects: readonly RoleDefect[];
  /** The name by which code speaks of it, where it is a resource of code. */
  readonly address?: string;
  /** Where its GUID is unknown: equal for what will be the same. */
  readonly identity?: string | undefined;
  /** The parts of it that nobody knows before the code is deployed. It is judged by the others. */
  readonly unknowns?: readonly RoleUnknown[];
}

/** A part of a role that is unknown, wholly or in part, and why. */
export interface RoleUnknown {
  readonly part:
    | ActionList
    | 'permissions'
    | 'condition'
    | 'name'
    | 'id'
    | 'description'
    | 'assignableScopes'
    | 'presence';
  readonly reason: UnknownReason;
}

/** What the reading of a role saw that is wrong with its form. The rules of the document category report them. */
export interface RoleDefect {
  readonly kind: RoleDefectKind;
  readonly at: SourceRef;
  /** Picks the rule's variant, such as `near-match` for an unknown property close to a known one. */
  readonly variant?: string;
  /** Values for the rule's message. */
  readonly evidence: Readonly<Record<string, string | number>>;
}

export type RoleDefectKind =
  | 'missing-name'
  | 'missing-permissions'
  | 'missing-assignable-scopes'
  | 'unknown-property'
  | 'wrong-type'
  | 'mixed-shapes'
  | 'nested-pascal-case'
  | 'duplicate-key';
