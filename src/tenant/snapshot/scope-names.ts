import type { Snapshot } from './snapshot.js';

export interface NamedScope {
  readonly kind: 'subscription' | 'management group';
  /** The GUID of a subscription, the id of a management group, in lower case. */
  readonly id: string;
  readonly name: string;
}

/** What people call the subscription or management group that a scope is, or lies in. */
export class ScopeDisplayNames {
  constructor(private readonly names: Pick<Snapshot, 'subscriptionNames' | 'managementGroupNames'>) {}

  /** Undefined where the scope lies in neither, or the name is not known. Not escaped. */
  around(scope: string): NamedScope | undefined {
    const [, first, second = '', third, fourth = ''] = scope.toLowerCase().split('/', 5);
    if (first === 'subscriptions') return named('subscription', second, this.names.subscriptionNames);
    return first === 'providers' && second === 'microsoft.management' && third === 'managementgroups'
      ? named('management group', fourth, this.names.managementGroupNames)
      : undefined;
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

function named(
  kind: NamedScope['kind'],
  id: string,
  names: ReadonlyMap<string, string>,
): NamedScope | undefined {
  const name = names.get(id);
  return name === undefined ? undefined : { kind, id, name };
}
