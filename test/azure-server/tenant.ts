/** A tenant as the local Azure serves it. What lies in a subscription is made when it is asked for, and may be forgotten. */
export interface AzureTenant {
  readonly tenantId: string;
  readonly caller: Caller;
  readonly managementGroups: readonly ManagementGroup[];
  readonly subscriptions: readonly Subscription[];
  /** Built-in and custom ones; their ids are bare GUIDs, as each scope shows them under an id of its own. */
  readonly roleDefinitions: readonly RoleDefinitionRow[];
  /** What stands at `/` and at management groups. */
  readonly top: AuthorizationRows;
  /** What stands at a subscription or below. The same every time. */
  inSubscription(id: string): SubscriptionRows;
  readonly directory: Directory;
}

/** Who signs in. */
export interface Caller {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly objectId: string;
  /** Whether it may read what stands at `/`. */
  readonly isElevated: boolean;
}

export interface ManagementGroup {
  readonly name: string;
  readonly displayName: string;
  /** The name of the group around it; `null` at the root. */
  readonly parent: string | null;
}

export interface Subscription {
  readonly id: string;
  readonly displayName: string;
  readonly managementGroup: string;
  readonly state: 'Enabled' | 'Disabled' | 'Warned';
}

/** An object as ARM answers it. */
export interface ArmRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface RoleDefinitionRow {
  readonly guid: string;
  readonly properties: {
    readonly roleName: string;
    readonly type: 'BuiltInRole' | 'CustomRole';
    readonly description: string;
    readonly assignableScopes: readonly string[];
    readonly permissions: readonly Readonly<Record<string, unknown>>[];
  };
}

/** A row that stands at a scope: `properties.scope`. */
export interface ScopedRow extends ArmRow {
  readonly properties: Readonly<Record<string, unknown>> & { readonly scope: string };
}

export const authorizationKinds = [
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
] as const;
export type AuthorizationKind = (typeof authorizationKinds)[number];

export type AuthorizationRows = Readonly<Record<AuthorizationKind, readonly ScopedRow[]>>;

export interface SubscriptionRows extends AuthorizationRows {
  readonly resources: readonly ResourceRow[];
}

export interface ResourceRow extends ArmRow {
  readonly location: string;
  readonly kind?: string;
  readonly identity?: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Directory {
  readonly objects: ReadonlyMap<string, DirectoryObject>;
  /** Direct members of a group. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Of groups and service principals. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
}

/** As Graph answers it, with all the properties that it would answer if they were selected. */
export interface DirectoryObject {
  readonly '@odata.type':
    | '#microsoft.graph.user'
    | '#microsoft.graph.group'
    | '#microsoft.graph.servicePrincipal';
  readonly id: string;
  readonly displayName: string;
  readonly userType?: 'Member' | 'Guest';
  readonly accountEnabled?: boolean;
  readonly servicePrincipalType?: 'Application' | 'ManagedIdentity';
  readonly appId?: string;
  readonly userPrincipalName?: string;
  readonly securityEnabled?: boolean;
}
