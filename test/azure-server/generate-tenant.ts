import { seededRandom } from '../seeded.js';
import { AssignmentRows } from './generated-assignments.js';
import { generateDirectory } from './generated-directory.js';
import { resourcesIn } from './generated-resources.js';
import { generateRoles } from './generated-roles.js';
import { guidOf, pick } from './ids.js';
import type { AzureTenant, ManagementGroup, Subscription, SubscriptionRows } from './tenant.js';

export interface TenantSizes {
  readonly seed: number;
  readonly subscriptions: number;
  readonly assignmentsPerSubscription: number;
  readonly managementGroups: number;
  readonly users: number;
  readonly groups: number;
  readonly servicePrincipals: number;
  readonly managedIdentities: number;
  readonly customRoles: number;
  /** Per subscription. */
  readonly denyAssignments: number;
  readonly eligibleAssignments: number;
  readonly activeAssignments: number;
  readonly workspaces: number;
  /** At `/` and at management groups, of each kind. */
  readonly topAssignments: number;
  readonly isElevated: boolean;
}

/** Small, and with one of everything that is odd. */
export const smallSizes: TenantSizes = {
  seed: 1,
  subscriptions: 3,
  assignmentsPerSubscription: 12,
  managementGroups: 4,
  users: 20,
  groups: 8,
  servicePrincipals: 6,
  managedIdentities: 8,
  customRoles: 6,
  denyAssignments: 2,
  eligibleAssignments: 2,
  activeAssignments: 2,
  workspaces: 1,
  topAssignments: 5,
  isElevated: true,
};

/** A tenant that is made up. The same sizes and seed give the same one. */
export function generateTenant(sizes: Partial<TenantSizes> = {}): AzureTenant {
  const all = { ...smallSizes, ...sizes };
  const tenantId = guidOf('tenant', all.seed);
  const managementGroups = groupsOf(tenantId, all);
  const subscriptions = subscriptionsOf(managementGroups, all);
  const directory = generateDirectory(all);
  const roleDefinitions = generateRoles(all, subscriptions, managementGroups);
  const assignments = new AssignmentRows(all, directory, roleDefinitions);
  const numbers = new Map(subscriptions.map(({ id }, number) => [id, number]));
  return {
    tenantId,
    caller: {
      clientId: guidOf('auditor', all.seed),
      clientSecret: `secret~of.${guidOf('secret', all.seed)}`,
      objectId: guidOf('auditor object', all.seed),
      isElevated: all.isElevated,
    },
    managementGroups,
    subscriptions,
    roleDefinitions,
    top: assignments.top(managementGroups),
    inSubscription: lastOnes(50, id => {
      const number = numbers.get(id)!;
      return { ...assignments.inSubscription(id, number), resources: resourcesIn(id, number, all) };
    }),
    directory,
  };
}

/** The root group has the id of the tenant as its name. No more than six levels lie below it. */
function groupsOf(tenantId: string, sizes: TenantSizes): ManagementGroup[] {
  const random = seededRandom(sizes.seed + 11);
  const groups: ManagementGroup[] = [{ name: tenantId, displayName: 'Tenant Root Group', parent: null }];
  const depths = [0];
  while (groups.length < sizes.managementGroups) {
    const candidates = [...groups.keys()].filter(number => depths[number]! < 6);
    const parent = pick(random, candidates);
    const number = groups.length;
    groups.push({
      name: `Contoso-${number}`,
      displayName: `Contoso ${number} 💼`,
      parent: groups[parent]!.name,
    });
    depths.push(depths[parent]! + 1);
  }
  return groups;
}

function subscriptionsOf(groups: readonly ManagementGroup[], sizes: TenantSizes): Subscription[] {
  const random = seededRandom(sizes.seed + 12);
  return Array.from({ length: sizes.subscriptions }, (_, number) => ({
    id: guidOf(`${sizes.seed} subscription`, number),
    displayName: number % 7 === 3 ? `Subscription\u001b[31m ${number}` : `Subscription ${number}`,
    managementGroup: pick(random, groups).name,
    state: number % 9 === 8 ? 'Disabled' : 'Enabled',
  }));
}

/** Keeps what was made for the subscriptions that were asked for last. */
function lastOnes(most: number, make: (id: string) => SubscriptionRows): (id: string) => SubscriptionRows {
  const kept = new Map<string, SubscriptionRows>();
  return id => {
    const known = kept.get(id) ?? make(id);
    kept.delete(id);
    kept.set(id, known);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return known;
  };
}
