import type { CollectedSnapshot } from '../../tenant/azure/collect-snapshot.js';
import { collections } from '../../tenant/snapshot/collections.js';
import { visible } from '../../text/escape.js';

const labels = {
  roleDefinitions: 'custom roles',
  roleAssignments: 'role assignments',
  denyAssignments: 'deny assignments',
  eligibleAssignments: 'eligible assignments (PIM)',
  activeAssignments: 'active assignments (PIM)',
  principals: 'principals',
  managementGroups: 'management groups',
  subscriptions: 'subscriptions',
  resources: 'resources',
  gaps: 'gaps',
} as const;

/** What was collected, for a person. */
export function collectedText({ file, tenantId, counts, gaps }: CollectedSnapshot): string {
  const width = Math.max(...collections.map(name => counts[name].toLocaleString('en-US').length));
  const lines = collections
    .filter(name => name !== 'gaps')
    .map(name => `  ${counts[name].toLocaleString('en-US').padStart(width)}  ${labels[name]}`);
  const missing = gaps.map(({ what, scope, reason }) => `  ${visible(`${what} at ${scope}: ${reason}`)}`);
  const tail =
    gaps.length === 0
      ? ['Nothing is missing.']
      : [`${gaps.length === 1 ? 'A gap' : `${gaps.length} gaps`}:`, ...missing];
  return [`${visible(file.shown)}: tenant ${visible(tenantId)}`, ...lines, ...tail, ''].join('\n');
}

export function collectedJson(collected: CollectedSnapshot): object {
  const { file, tenantId, engine, counts, gaps, notices } = collected;
  return { version: 1, snapshot: file.shown, tenantId, engine, counts, gaps, notices };
}
