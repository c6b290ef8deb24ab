import type { AzureTenant } from './tenant.js';

const managementGroupPrefix = '/providers/microsoft.management/managementgroups/';

/** How scopes of a tenant lie in each other. */
export class ScopeTree {
  private readonly parents: ReadonlyMap<string, string | null>;
  private readonly groupOfSubscription: ReadonlyMap<string, string>;

  constructor(tenant: Pick<AzureTenant, 'managementGroups' | 'subscriptions'>) {
    this.parents = new Map(
      tenant.managementGroups.map(({ name, parent }) => [key(name), parent && key(parent)]),
    );
    this.groupOfSubscription = new Map(
      tenant.subscriptions.map(({ id, managementGroup }) => [key(id), key(managementGroup)]),
    );
  }

  /** Whether Azure has that management group or subscription; what lies below a subscription is not looked up. */
  has(scope: string): boolean {
    if (scope === '') return true;
    const group = managementGroupOf(scope);
    if (group !== undefined) return this.parents.has(group);
    const subscription = subscriptionOf(scope);
    return subscription !== undefined && this.groupOfSubscription.has(subscription);
  }

  /** The scope itself and all around it, nearest first, in lower case; the root is the empty text. */
  around(scope: string): readonly string[] {
    const found: string[] = [];
    let rest = key(scope).replace(/\/+$/, '');
    while (rest.startsWith('/subscriptions/')) {
      found.push(rest);
      rest = outside(rest);
    }
    let group: string | null | undefined = rest.startsWith(managementGroupPrefix)
      ? rest.slice(managementGroupPrefix.length)
      : this.groupOfSubscription.get(subscriptionOf(scope) ?? '');
    for (; group; group = this.parents.get(group)) found.push(managementGroupPrefix + group);
    return [...found, ''];
  }

  /** Whether `inner` is `outer` or lies in it. */
  covers(outer: string, inner: string): boolean {
    return this.around(inner).includes(key(outer).replace(/\/+$/, ''));
  }

  /** Subscriptions in a management group, however deep; all of them at the root. */
  subscriptionsIn(scope: string): readonly string[] {
    const subscription = subscriptionOf(scope);
    if (subscription !== undefined) return [subscription];
    return [...this.groupOfSubscription.keys()].filter(id => this.covers(scope, `/subscriptions/${id}`));
  }

  /** Names of the groups around a management group or a subscription, nearest first. */
  managementGroupsAround(scope: string): readonly string[] {
    return this.around(scope).flatMap(around => managementGroupOf(around) ?? []);
  }
}

/** The id of the subscription that a scope is or lies in. */
export function subscriptionOf(scope: string): string | undefined {
  const [, kind, id] = scope.toLowerCase().split('/', 3);
  return kind === 'subscriptions' && id ? id : undefined;
}

export function managementGroupOf(scope: string): string | undefined {
  const text = scope.toLowerCase();
  const rest = text.startsWith(managementGroupPrefix) ? text.slice(managementGroupPrefix.length) : '';
  return rest === '' || rest.includes('/') ? undefined : rest;
}

function key(text: string): string {
  return text.toLowerCase();
}

/** Resource groups lie in subscriptions, resources in groups or in resources of another type of the same provider. */
function outside(scope: string): string {
  const parts = scope.split('/');
  if (parts.length <= 3) return '';
  const provider = parts.lastIndexOf('providers');
  if (provider < 0) return parts.slice(0, 3).join('/');
  return parts.slice(0, parts.length - provider > 4 ? -2 : provider).join('/');
}
