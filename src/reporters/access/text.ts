import type { Tenant } from '../../tenant/access/tenant.js';
import { type Paint, paintFor } from '../paint.js';
import { count } from '../lint/summary.js';
import type {
  AccessDescription,
  EligibleRole,
  GroupMembership,
} from '../../analysis/effective-access/access-description.js';
import { isKnownPrincipal } from '../../tenant/access/known-principal.js';
import { principalTypeOf } from '../../tenant/access/principal-type.js';
import { roleNameOf } from '../../analysis/effective-access/access-names.js';
import { type AccessTextOptions, byWayOf, lastPart, scopeBlocks } from './scope-lines.js';
import { shownPrincipal } from './decision-text.js';
import { firstOf, untrusted } from './grant-lines.js';

/** For people: who it is, what it holds scope by scope, and what it could activate. */
export async function accessText(
  { principal, groups, scopes, eligible }: AccessDescription,
  tenant: Tenant,
  options: AccessTextOptions,
): Promise<string> {
  const paint = await paintFor(options.color);
  const shown = firstOf(scopes, most.scopes, options.extent);
  // What is worked out when it is asked for is asked for once.
  const told = shown.items.map(access => ({ ...access }));
  const blocks = [
    [
      `${paint.place(shownPrincipal(principal, tenant))}, ${untrusted(principalTypeOf(principal, tenant))}`,
      ...groupLines(groups, tenant, options),
    ],
    ...(scopes.length === 0
      ? [[isKnownPrincipal(principal, tenant) ? 'Holds no role assignment.' : 'Not in the snapshot.']]
      : []),
    ...told.flatMap(access => scopeBlocks(access, { all: told, tenant, options, paint })),
    shown.more.map(line => line.trim()),
    eligibleLines(eligible, tenant, options, paint),
  ];
  return blocks
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

const most = { scopes: 20, groups: 10, eligible: 20 } as const;

function groupLines(
  groups: readonly GroupMembership[],
  tenant: Tenant,
  options: AccessTextOptions,
): string[] {
  if (groups.length === 0) return [];
  const shown = firstOf(groups, most.groups, options.extent);
  const lines = shown.items.map(({ id, via }) => `  ${shownPrincipal(id, tenant)}${byWayOf(via, tenant)}`);
  return [`In ${count(groups.length, 'group')}:`, ...lines, ...shown.more];
}

function eligibleLines(
  eligible: readonly EligibleRole[],
  tenant: Tenant,
  options: AccessTextOptions,
  paint: Paint,
): string[] {
  if (eligible.length === 0) return [];
  const shown = firstOf(eligible, most.eligible, options.extent);
  return [
    paint.place('Could activate (PIM), and does not hold until then'),
    ...shown.items.map(({ assignment, via }) => {
      const name = untrusted(roleNameOf(assignment, tenant) ?? assignment.roleGuid);
      const until = assignment.endsOn === undefined ? '' : `, until ${untrusted(assignment.endsOn)}`;
      return `  "${name}" at ${untrusted(assignment.scope)} (${lastPart(assignment.id)})${byWayOf(via, tenant)}${until}`;
    }),
    ...shown.more,
  ];
}
