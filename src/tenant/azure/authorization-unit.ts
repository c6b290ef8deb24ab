import type { SharedRow, UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import { AzureFailure } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import type { AzureList } from './azure-list.js';
import { type AuthorizationKind, AuthorizationLists } from './authorization-lists.js';
import { gapOf, isTransientGap } from './gap.js';
import type { AzureRow } from './list-page.js';

/** Reads one kind of row at one scope, as a unit of the work. */
export class AuthorizationReader {
  private readonly lists: AuthorizationLists;
  /** Knows whether a deny assignment is enforced or only audited; not every cloud serves it. */
  private readonly newerLists: AuthorizationLists;
  private hasNewer = true;

  constructor(
    http: AzureHttp,
    /** Whether the catalog knows that built-in role: then it need not be in the snapshot. */
    private readonly isKnownRole: (guid: string) => boolean,
  ) {
    this.lists = new AuthorizationLists(http);
    this.newerLists = new AuthorizationLists(http, '2024-07-01-preview');
  }

  /** What stands at a subscription or below it; what it inherits is shared with others. */
  async atSubscription(kind: AuthorizationKind, subscription: string): Promise<UnitResult> {
    const scope = `/subscriptions/${subscription}`;
    return resultOf(kind, scope, await this.list(kind, scope, undefined), subscription);
  }

  /** What stands at a management group or the root itself, or above. */
  async above(kind: AuthorizationKind, scope: string): Promise<UnitResult> {
    return resultOf(kind, scope, await this.list(kind, scope, 'atScope()'), undefined);
  }

  /** Built-in roles that the catalog does not know, since Azure gets new ones: the same at every scope. */
  async newBuiltInRoles(scope: string): Promise<UnitResult> {
    const list = await this.lists.read('roleDefinitions', scope, "type eq 'BuiltInRole'");
    const rows = list.rows.filter(({ name }) => !this.isKnownRole(String(name).toLowerCase()));
    return resultOf('roleDefinitions', scope, { ...list, rows }, undefined);
  }

  readOperations(): Promise<AzureList> {
    return this.lists.readOperations();
  }

  readRoles(scope: string): Promise<AzureList> {
    return this.lists.read('roleDefinitions', scope);
  }

  private list(kind: AuthorizationKind, scope: string, filter: string | undefined): Promise<AzureList> {
    if (kind === 'roleDefinitions') return this.customRoles(scope);
    if (kind === 'denyAssignments') return this.denyAssignments(scope, filter);
    return this.lists.read(kind, scope, filter);
  }

  private async denyAssignments(scope: string, filter: string | undefined): Promise<AzureList> {
    if (this.hasNewer) {
      const list = await this.newerLists.read('denyAssignments', scope, filter);
      if (list.failure?.kind !== 'unsupported') return list;
    }
    const older = await this.lists.read('denyAssignments', scope, filter);
    if (older.failure?.kind !== 'unsupported') this.hasNewer = false;
    return older;
  }

  /** Custom roles; those that can only be assigned below a scope are meant, too. */
  private async customRoles(scope: string): Promise<AzureList> {
    const list = await this.lists.read(
      'roleDefinitions',
      scope,
      "type eq 'CustomRole' and atScopeAndBelow()",
    );
    return list.failure?.kind === 'unsupported'
      ? this.lists.read('roleDefinitions', scope, "type eq 'CustomRole'")
      : list;
  }
}

/** `subscription` is in lower case; without one all rows are such that other units may find as well. */
export function resultOf(
  kind: AuthorizationKind,
  scope: string,
  { rows, failure }: AzureList,
  subscription: string | undefined,
): UnitResult {
  const own: WrittenRow[] = [];
  const shared: SharedRow[] = [];
  for (const row of rows) {
    if (kind === 'roleDefinitions') shared.push(...customRoleRows(row));
    else if (subscription !== undefined && subscriptionOf(row) === subscription) own.push(written(row));
    else if (subscriptionOf(row) === undefined) shared.push({ kind, ...written(row) });
  }
  return {
    rows: new Map([[kind, own]]),
    shared,
    gaps: failure === undefined ? [] : [gapOf(kind, scope, failure)],
    isOpen: failure !== undefined && isTransientGap(failure),
  };
}

export function written(row: AzureRow): WrittenRow {
  return { key: String(row['id']).toLowerCase(), json: JSON.stringify(row) };
}

/** The id that a role has everywhere: in lists it begins with the scope that was asked. */
export function customRoleRows(row: AzureRow): SharedRow[] {
  const asked = String(row['id']);
  const name = String(row['name'] ?? asked.slice(asked.lastIndexOf('/') + 1));
  const id = `/providers/Microsoft.Authorization/roleDefinitions/${name}`;
  return [{ kind: 'roleDefinitions', key: name.toLowerCase(), json: JSON.stringify({ ...row, id }) }];
}

/** The subscription that a row stands in, in lower case; undefined above all subscriptions. */
export function subscriptionOf(row: AzureRow): string | undefined {
  const properties = row['properties'] as AzureRow | undefined;
  const scope = properties?.['scope'];
  const found = /^\/subscriptions\/([^/]+)/i.exec(typeof scope === 'string' ? scope : String(row['id']))?.[1];
  return found?.toLowerCase();
}

export function failureIn(error: unknown): AzureFailure {
  if (error instanceof AzureFailure && error.kind !== 'stopped') return error;
  throw error;
}
