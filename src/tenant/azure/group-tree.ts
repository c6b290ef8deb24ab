import { isGuid } from '../../rbac/model/guid.js';
import type { AzureRow } from './list-page.js';

export interface FoundGroup {
  readonly id: string;
  readonly displayName: string | null;
  /** `null` for the root group; undefined where it is not shown. */
  readonly parent: string | null | undefined;
}

/** Management groups and what lies in them. */
export interface GroupTree {
  /** Groups by lower-case name. */
  readonly groups: ReadonlyMap<string, FoundGroup>;
  /** Names of management groups as written, by what lies in them: a subscription's id in lower case. */
  readonly parents: ReadonlyMap<string, string>;
}

/** https://learn.microsoft.com/rest/api/managementgroups/entities/list */
export function groupTreeOf(rows: readonly AzureRow[], tenantId: string): GroupTree {
  const groups = new Map<string, FoundGroup>();
  const parents = new Map<string, string>();
  for (const { name, type, properties } of rows) {
    if (typeof name !== 'string') continue;
    const body = (properties ?? {}) as AzureRow;
    const parentId = (body['parent'] as AzureRow | null | undefined)?.['id'];
    const parent = typeof parentId === 'string' ? parentId.slice(parentId.lastIndexOf('/') + 1) : null;
    if (/managementgroups$/i.test(String(type)))
      groups.set(name.toLowerCase(), {
        id: name,
        displayName: textOrNull(body['displayName']),
        // The root group alone lies in none, and has the id of the tenant for its name.
        parent: parent ?? (name.toLowerCase() === tenantId ? null : undefined),
      });
    else if (parent !== null && isGuid(name)) parents.set(name.toLowerCase(), parent);
  }
  return { groups, parents };
}

/** The group itself and those around it, in lower case. */
export function ancestorsOf(group: string | null, tree: GroupTree): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = group?.toLowerCase(); at !== undefined && !names.has(at); ) {
    names.add(at);
    at = tree.groups.get(at)?.parent?.toLowerCase();
  }
  return names;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
