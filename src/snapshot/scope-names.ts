import type { Snapshot } from './snapshot.js';

/** What people call the subscription or management group that a scope is, or lies in. */
export class ScopeNames {
  constructor(private readonly names: Pick<Snapshot, 'subscriptionNames' | 'managementGroupNames'>) {}

  /** Undefined where the scope lies in neither, or the name is not known. Not escaped. */
  of(scope: string): string | undefined {
    const [, first = '', second = '', third = '', fourth = ''] = scope.toLowerCase().split('/', 5);
    if (first === 'subscriptions') return this.names.subscriptionNames.get(second);
    const isManagementGroup =
      first === 'providers' && second === 'microsoft.management' && third === 'managementgroups';
    return isManagementGroup ? this.names.managementGroupNames.get(fourth) : undefined;
  }

  /** All subscriptions that have one. */
  get subscriptions(): ReadonlyMap<string, string> {
    return this.names.subscriptionNames;
  }

  /** All management groups that have one. */
  get managementGroups(): ReadonlyMap<string, string> {
    return this.names.managementGroupNames;
  }
}
