import type { IdentityPart } from '../../analysis/azure-ml/need.js';
import type { AzureMlResource, ResourceKindInFile } from '../../analysis/azure-ml/resource.js';
import type { SourceRef } from '../../input/source-document.js';
import type { IdentityNeeds } from './access-file.js';

/** Says which resource in a file has an identity of that name, or is why somebody needs access: the first that may be it. */
export function declaredPlaces(
  identities: readonly IdentityNeeds[],
  resources: readonly AzureMlResource[],
): (identity: string) => SourceRef | undefined {
  const parts = new Map(identities.map(({ name, needs }) => [name, needs[0]]));
  return name => {
    const need = parts.get(name);
    if (need === undefined) return undefined;
    const own = resources.filter(({ kind }) => kindsOf[need.identity].includes(kind));
    return (own.find(resource => resource.name?.value === need.which) ?? own[0])?.at;
  };
}

const endpoints: readonly ResourceKindInFile[] = ['online-endpoint', 'batch-endpoint'];

/** What describes an identity of a part, or what that works with. */
const kindsOf: Readonly<Record<IdentityPart, readonly ResourceKindInFile[]>> = {
  caller: endpoints,
  'credential-reader': endpoints,
  operator: [...endpoints, 'online-deployment', 'workspace'],
  endpoint: endpoints,
  compute: ['compute'],
  workspace: ['workspace'],
  'registry-identity': ['connection'],
  cluster: [],
  pod: [],
};
