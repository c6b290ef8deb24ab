/** Who needs something, by the part that it plays. */
export const identityParts = [
  'caller',
  'credential-reader',
  'operator',
  'endpoint',
  'compute',
  'workspace',
  'registry-identity',
  'cluster',
  'pod',
] as const;

export type IdentityPart = (typeof identityParts)[number];

/** What an identity must be able to do, at one scope. */
export interface IdentityNeed {
  readonly identity: IdentityPart;
  /** Which one, where the files name several of a part: an ARM id, or the name of a compute. */
  readonly which: string | undefined;
  /** Id of an action set that stands at one scope. */
  readonly actionSet: string;
  /** Id of the composite whose part it plays: what that forbids, the identity must not hold. */
  readonly partOf?: string;
  /** The name of the scope, such as `container-registry`. */
  readonly at: string;
  /** Undefined where no file and no option names it. */
  readonly scope: string | undefined;
  /** What the resource is called, where a file names it without its id. */
  readonly resourceName?: string | undefined;
  /**
   * `azure`: Azure assigns the role when it creates the resource. `hand`: somebody has to. `none`: the set asks for no
   * permission, and all that is held there is surplus.
   */
  readonly grantedBy: 'azure' | 'hand' | 'none';
  /** Undefined where it is needed in any case; else when it is. */
  readonly when: string | undefined;
  /** The number of the requirement in docs/coverage.md. */
  readonly requirement: string;
}

/** The scopes that a run knows by name, as ARM ids. */
export interface NamedScopes {
  readonly workspace: string | undefined;
  readonly 'storage-account': string | undefined;
  readonly 'container-registry': string | undefined;
  readonly 'key-vault': string | undefined;
  readonly 'machine-learning-registry': string | undefined;
  /** Further accounts: those that scripts read, and those of datastores. */
  readonly dataStorageAccounts: readonly string[];
  /** Registries beside that of the workspace: Azure assigns nothing there. */
  readonly privateRegistries: readonly string[];
  readonly 'node-resource-group': string | undefined;
  /** The registry uses ABAC repository permissions and ignores AcrPull. */
  readonly registryMode: 'registry' | 'repository';
}

/** The one of that name among ids of resources. */
export function idNamed(name: string, ids: readonly (string | undefined)[]): string | undefined {
  return ids.find(id => id !== undefined && nameIn(id).toLowerCase() === name.toLowerCase());
}

/** The last part of an ARM id. */
export function nameIn(id: string): string {
  return id.replace(/\/$/, '').replace(/^.*\//, '');
}

/** The id of the resource group that a resource lies in; undefined where the id is none of a resource. */
export function resourceGroupOf(id: string | undefined): string | undefined {
  return id && /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/i.exec(id)?.[0];
}
