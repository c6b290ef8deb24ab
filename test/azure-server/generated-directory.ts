import { seededRandom } from '../seeded.js';
import type { TenantSizes } from './generate-tenant.js';
import { guidOf, pick } from './ids.js';
import type { Directory, DirectoryObject } from './tenant.js';

export const userId = (seed: number, number: number): string => guidOf(`${seed} user`, number);
export const groupId = (seed: number, number: number): string => guidOf(`${seed} group`, number);
export const applicationId = (seed: number, number: number): string => guidOf(`${seed} application`, number);
export const managedIdentityId = (seed: number, number: number): string => guidOf(`${seed} identity`, number);

/** Users, groups in groups (two of them in a circle), applications and managed identities, with members and owners. */
export function generateDirectory(sizes: TenantSizes): Directory {
  const random = seededRandom(sizes.seed + 21);
  const users = numbered(sizes.users, number => user(sizes.seed, number));
  const groups = numbered(sizes.groups, number => group(sizes.seed, number));
  const applications = numbered(sizes.servicePrincipals, number => application(sizes.seed, number));
  const identities = numbered(sizes.managedIdentities, number => identity(sizes.seed, number));
  const individuals = [...users, ...applications, ...identities];
  const members = new Map(
    groups.map(({ id }, number) => [id, membersOf(random, number, groups, individuals)] as const),
  );
  const owners = new Map<string, readonly string[]>();
  for (const { id } of groups) if (random() < 0.5) owners.set(id, [pick(random, users).id]);
  for (const { id } of applications)
    if (random() < 0.5) owners.set(id, distinct([pick(random, users).id, pick(random, applications).id]));
  const objects = new Map([...individuals, ...groups].map(object => [object.id, object] as const));
  return { objects, members, owners };
}

/** Groups hold later ones; the last one holds the first, which closes a circle. One in eight is empty. */
function membersOf(
  random: () => number,
  number: number,
  groups: readonly DirectoryObject[],
  individuals: readonly DirectoryObject[],
): string[] {
  if (number % 8 === 5) return [];
  const found = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(random, individuals).id);
  if (number === groups.length - 1) found.push(groups[0]!.id);
  else if (random() < 0.5) found.push(pick(random, groups.slice(number + 1)).id);
  return distinct(found);
}

function user(seed: number, number: number): DirectoryObject {
  return {
    '@odata.type': '#microsoft.graph.user',
    id: userId(seed, number),
    displayName: number === 3 ? '<img src=x onerror=alert(1)>' : `User ${number} Ærøskøbing`,
    userPrincipalName: `user${number}@contoso.example`,
    userType: number % 6 === 5 ? 'Guest' : 'Member',
    accountEnabled: number % 11 !== 10,
  };
}

function group(seed: number, number: number): DirectoryObject {
  const displayName = `Group ${number}`;
  return {
    '@odata.type': '#microsoft.graph.group',
    id: groupId(seed, number),
    displayName,
    securityEnabled: true,
  };
}

function application(seed: number, number: number): DirectoryObject {
  return servicePrincipal(applicationId(seed, number), `app-${number}`, 'Application');
}

function identity(seed: number, number: number): DirectoryObject {
  return servicePrincipal(managedIdentityId(seed, number), `id-${number}`, 'ManagedIdentity');
}

function servicePrincipal(
  id: string,
  displayName: string,
  servicePrincipalType: 'Application' | 'ManagedIdentity',
): DirectoryObject {
  return {
    '@odata.type': '#microsoft.graph.servicePrincipal',
    id,
    displayName,
    accountEnabled: true,
    servicePrincipalType,
    appId: guidOf(`app of ${id}`, 0),
  };
}

function numbered<T>(length: number, make: (number: number) => T): T[] {
  return Array.from({ length }, (_, number) => make(number));
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
