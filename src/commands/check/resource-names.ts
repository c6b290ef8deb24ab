import type { AzureMlResource } from '../../analysis/azure-ml/resource.js';
import { isOfKind, resourceTypeOf } from '../../rbac/action-sets/resource-kind.js';
import type { ResourceKind } from '../../rbac/action-sets/action-set.js';
import { parseScope } from '../../rbac/model/scope.js';
import type { Snapshot } from '../../tenant/snapshot/snapshot.js';

/**
 * ARM ids of resources by their names, from what a snapshot holds: its resources, and the scopes of role assignments. Names of
 * storage accounts, registries and key vaults are unique in Azure; of other kinds, a name that two have tells nothing.
 */
export class ResourceNames {
  private readonly byName: ReadonlyMap<string, readonly string[]>;

  constructor({ resources, roleAssignments }: Pick<Snapshot, 'resources' | 'roleAssignments'>) {
    const byName = new Map<string, Map<string, string>>();
    const note = (text: string): void => {
      for (const id of resourceIdsIn(text)) {
        const name = lastPart(id).toLowerCase();
        const known = byName.get(name);
        if (known === undefined) byName.set(name, new Map([[id.toLowerCase(), id]]));
        else if (!known.has(id.toLowerCase())) known.set(id.toLowerCase(), id);
      }
    };
    for (const scope of new Set(roleAssignments.map(({ scope: text }) => text))) note(scope);
    for (const { id } of resources) note(id);
    this.byName = new Map([...byName].map(([name, ids]) => [name, [...ids.values()]]));
  }

  /** Undefined where there is none of that kind and name, or several. */
  find(kind: ResourceKind, name: string): string | undefined {
    return this.only(name, id => isOfKind(parseScope(id), kind));
  }

  /** The same by the type of the resource. */
  findOfType(type: string, name: string): string | undefined {
    const wanted = type.toLowerCase();
    return this.only(name, id => resourceTypeOf(parseScope(id))?.toLowerCase() === wanted);
  }

  private only(name: string, isMeant: (id: string) => boolean): string | undefined {
    const found = (this.byName.get(name.toLowerCase()) ?? []).filter(isMeant);
    return found.length === 1 ? found[0] : undefined;
  }
}

/**
 * The workspace that files are about: that of the name in its own file, else the one below which endpoints and computes of those
 * names lie. Undefined where the snapshot knows none, or where several may be meant.
 */
export function workspaceNamed(
  resources: readonly AzureMlResource[],
  names: ResourceNames,
): string | undefined {
  const ids = resources.flatMap(({ kind, name }) => {
    if (name === undefined) return [];
    if (kind === 'workspace') return names.find('workspace', name.value) ?? [];
    const type = typesBelow[kind];
    return type === undefined
      ? []
      : (names.findOfType(type, name.value)?.replace(/\/[^/]+\/[^/]+$/, '') ?? []);
  });
  const [first, ...others] = ids;
  return others.every(id => id.toLowerCase() === first?.toLowerCase()) ? first : undefined;
}

const typesBelow: Partial<Record<AzureMlResource['kind'], string>> = {
  'online-endpoint': 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
  'batch-endpoint': 'Microsoft.MachineLearningServices/workspaces/batchEndpoints',
  compute: 'Microsoft.MachineLearningServices/workspaces/computes',
};

/** The id itself, and those of the resources that it lies in. */
function resourceIdsIn(text: string): string[] {
  const start = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+/i.exec(text)?.[0];
  if (start === undefined) return [];
  const parts = text
    .slice(start.length)
    .split('/')
    .filter(part => part !== '');
  const ids: string[] = [];
  for (let at = 2; at <= parts.length && at <= deepest; at += 2)
    ids.push(`${start}/${parts.slice(0, at).join('/')}`);
  return ids;
}

/** Types below types: none of the kinds lies deeper. */
const deepest = 8;

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
