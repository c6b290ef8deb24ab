import { getOrInsert } from '../../maps.js';
import { providerOf } from '../model/provider-of.js';
import type { Plane, RoleDefinition } from '../model/role-definition.js';
import type { Bitset } from '../permissions/bitset.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { RolePermissions } from '../permissions/role-permissions.js';
import { matchesAction } from '../permissions/action-pattern.js';
import type { GrantingRole, RankingTools, WantedOperation } from './granting-role.js';

/** Numbers that are compared one after the other; lower is better. */
export type Rank = readonly number[];

/** What a rank depends on beside the role. */
export interface RankContext {
  readonly permissions: RolePermissions;
  readonly wanted: readonly WantedOperation[];
  /** Among the roles that documentation names, the best first; -1 where it does not name the role. */
  readonly place: number;
  readonly tools: RankingTools;
}

/** How well a role that grants what is wanted suits. */
export function rankOf(role: GrantingRole, context: RankContext): Rank {
  const { permissions, wanted, place, tools } = context;
  const { providers, readsOnly, excess } = standingOf(permissions, tools);
  return [
    Number(role.conditional),
    Number(role.purpose === 'service' || role.purpose === 'deprecated'),
    place < 0 ? Infinity : place,
    wanted.every(([name]) => isRead(name)) ? Number(!readsOnly) : 0,
    wanted.filter(operation => !readsWhatItChanges(permissions, operation, tools)).length,
    isOwnBusiness(providers, wanted) ? 0 : role.purpose === 'general' ? 1 : 2,
    excess,
    -sharedWords(role.name, wanted),
    providers.length,
    role.name.length,
  ];
}

/** What of a rank does not depend on what is wanted. */
interface Standing {
  /** The provider of each string that is no boilerplate. */
  readonly providers: readonly string[];
  /** Reads of the control plane and nothing else. */
  readonly readsOnly: boolean;
  readonly excess: number;
}

const standings = new WeakMap<RoleDefinition, Standing>();

function standingOf(permissions: RolePermissions, { index }: RankingTools): Standing {
  return getOrInsert(standings, permissions.role, () => {
    const { set } = permissions;
    const reads = index.expand('*/read');
    return {
      providers: providersOf(permissions.role),
      readsOnly: set.count('data') === 0 && set.control.known.isSubsetOf(reads),
      excess: excessOf(set, reads),
    };
  });
}

/** Negative where `a` is better. */
export function compareRanks(a: Rank, b: Rank): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? 0;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

/** A quarter of what the role lists, beside what nearly every role lists, is of the providers of what is wanted. */
function isOwnBusiness(listed: readonly string[], wanted: readonly WantedOperation[]): boolean {
  if (wanted.every(([name]) => boilerplate.some(pattern => matchesAction(pattern, name)))) return false;
  const providers = new Set(wanted.map(([name]) => providerOf(name).toLowerCase()));
  const own = listed.filter(provider => providers.has(provider)).length;
  return own > 0 && own * 4 >= listed.length;
}

function providersOf({ permissions }: RoleDefinition): string[] {
  return permissions
    .flatMap(({ actions, dataActions }) => [...actions, ...dataActions])
    .filter(({ text }) => !boilerplate.some(pattern => matchesAction(pattern, text)))
    .map(({ text }) => providerOf(text).toLowerCase());
}

/** What the portal adds to roles of all services. */
const boilerplate = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.Insights/diagnosticSettings/*',
  'Microsoft.ResourceHealth/*',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/*',
  'Microsoft.Support/*',
] as const;

function isRead(name: string): boolean {
  return /\/read$/i.test(name);
}

/** Nobody gets far with a write where the read of the same thing is missing; where there is such a read. */
function readsWhatItChanges(
  permissions: RolePermissions,
  [name, plane]: WantedOperation,
  { catalog }: RankingTools,
): boolean {
  if (isRead(name)) return true;
  const read = `${name.replace(/(?:\/[^/]+\/action|\/[^/]+)$/i, '')}/read`;
  const exists = catalog.findOperation(read) !== undefined || catalog.findOperation(name) === undefined;
  return !exists || permissions.witnesses(read, plane).length > 0;
}

/** What it grants, with weights: a change counts five times a read, what touches data three times. */
function excessOf(set: PermissionSet, reads: Bitset): number {
  const weigh = (plane: Plane): number => 5 * set.count(plane) - 4 * set[plane].known.sharedWith(reads);
  return weigh('control') + 3 * weigh('data');
}

/** How many words of its name are in what is wanted. */
function sharedWords(roleName: string, wanted: readonly WantedOperation[]): number {
  const text = wanted.map(([name]) => name.toLowerCase()).join(' ');
  const words = roleName.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return words.filter(word => text.includes(word)).length;
}
