import type { Notice } from '../../../errors.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { Snapshot } from '../../../tenant/snapshot/snapshot.js';

/** What was not looked at, or could not be: that there is no path must not be able to mean that nobody looked. */
export function pathNotices(
  tenant: Tenant,
  targets: readonly Scope[],
  includeEligible: boolean,
): readonly Notice[] {
  const sentences: readonly Sentence[] = [
    ...collectionNotices(tenant.snapshot, includeEligible),
    ...unknownPlaces(tenant, targets),
  ];
  return sentences.map(([code, message]) => ({ code, message, file: tenant.snapshot.source }));
}

type Sentence = readonly [code: string, message: string];

function collectionNotices(snapshot: Snapshot, includeEligible: boolean): readonly Sentence[] {
  const { resources, principals, eligibleAssignments } = snapshot;
  const found: Sentence[] = [];
  if (resources.length === 0) {
    const message =
      'The snapshot holds no resources: who can become the managed identity of a machine, an app or an endpoint is not seen.';
    found.push(['paths-without-resources', message]);
  }
  if (principals.size === 0) {
    const message = 'The snapshot holds no principals: the members of groups are not seen.';
    found.push(['paths-without-principals', message]);
  } else if ([...principals.values()].every(({ owners }) => owners.length === 0)) {
    const message =
      'The snapshot holds no owners of groups and service principals: who can become them that way is not seen.';
    found.push(['paths-without-owners', message]);
  }
  const eligible = eligibleAssignments.length;
  if (eligible > 0 && !includeEligible) {
    const message = `Eligible assignments (PIM) are not followed: ${eligible}. --include-eligible takes activating one for a step.`;
    found.push(['paths-without-eligible', message]);
  }
  return found;
}

/** What is assigned at a management group counts where the snapshot says what lies in it. */
function unknownPlaces({ assignments, tree }: Tenant, targets: readonly Scope[]): readonly Sentence[] {
  if (!assignments.some(({ scope }) => scope.toLowerCase().startsWith(managementGroups))) return [];
  const open = targets.filter(scope => tree.reach(`${managementGroups}${nowhere}`, scope) === 'unknown');
  if (open.length === 0) return [];
  const message = `The snapshot does not say which management groups ${open.length} of ${targets.length} scopes lie in: assignments at management groups are not followed to them.`;
  return [['paths-management-groups-unknown', message]];
}

/** Codes of notices that leave a result open. */
export const openCodes: ReadonlySet<string> = new Set([
  'snapshot-roles-missing',
  'paths-management-groups-unknown',
  'paths-without-principals',
  'paths-targets-left-out',
]);

const managementGroups = '/providers/microsoft.management/managementgroups/';

/** No management group is called that. */
const nowhere = '*';
