import type { HeldRole } from '../../tenant/access/held-access.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Paint } from '../paint.js';
import type { ReportOptions } from '../reporter.js';
import { accessBeyond } from '../../analysis/effective-access/access-beyond.js';
import { conditionTexts, roleNameOf } from '../../analysis/effective-access/access-names.js';
import { shownPrincipal } from './decision-text.js';
import {
  countedOperations,
  type Extent,
  firstOf,
  phraseLines,
  sensitiveLines,
  untrusted,
} from './grant-lines.js';
import type { ProviderAccess, ScopeAccess } from '../../analysis/effective-access/scope-access.js';

export interface AccessTextOptions {
  readonly color: ReportOptions['color'];
  /** The width of the terminal; undefined where there is none. */
  readonly width: number | undefined;
  readonly extent: Extent;
}

/** What lies around a scope that is shown, and how it is shown. */
export interface ScopeContext {
  readonly all: readonly ScopeAccess[];
  readonly tenant: Tenant;
  readonly options: AccessTextOptions;
  readonly paint: Paint;
}

/** What is said of one scope, each block a section of its own: in total, or where scopes around it were spoken of what is new. */
export function scopeBlocks(access: ScopeAccess, { all, tenant, options, paint }: ScopeContext): string[][] {
  const { isBeyond, can, sensitive, providers } = accessBeyond(access, all, tenant);
  const isNothingNew = isBeyond && can.length + sensitive.length === 0;
  return [
    [paint.place(`At ${untrusted(access.scope.text)}`), ...totalLines(access)],
    roleLines(access, tenant, options, paint),
    denialLines(access, options, paint),
    isNothingNew ? ['Nothing beyond what is said of the scopes around it.'] : [],
    phraseLines(isBeyond ? 'Can, beyond the scopes around it' : 'Can', can, { ...options, paint }),
    sensitiveLines(
      sensitive.map(found => ({
        ...found,
        role: roleNameOf(found.through.assignment, tenant) ?? found.through.assignment.roleGuid,
      })),
      options.extent,
      paint,
    ),
    providerLines(providers, options, paint),
  ];
}

function totalLines({ definite, conditional, denied, unknownReach }: ScopeAccess): string[] {
  const unknown = definite.control.unknownPlane.size + definite.data.unknownPlane.size;
  return [
    onPlanes(definite.count('control'), definite.count('data')),
    ...(conditional.isEmpty
      ? []
      : [`where a condition holds: ${onPlanes(conditional.count('control'), conditional.count('data'))}`]),
    ...(denied.isEmpty
      ? []
      : [`granted, but denied: ${onPlanes(denied.count('control'), denied.count('data'))}`]),
    ...(unknownReach.isEmpty
      ? []
      : [
          `granted, but perhaps without effect here: ${onPlanes(unknownReach.count('control'), unknownReach.count('data'))}`,
        ]),
    ...(unknown === 0 ? [] : [`and perhaps ${unknown} whose plane is unknown`]),
  ];
}

function onPlanes(control: number, data: number): string {
  return `${countedOperations(control)} on the control plane, ${countedOperations(data)} on the data plane`;
}

function roleLines(
  { roles, unread }: ScopeAccess,
  tenant: Tenant,
  options: AccessTextOptions,
  paint: Paint,
): string[] {
  const lines = [
    ...roles.map(held => heldLines(held, tenant)),
    ...unread.map(({ roleGuid, scope, id }) => [
      `  not evaluated: role ${untrusted(roleGuid)} at ${untrusted(scope)} (${lastPart(id)})`,
    ]),
  ];
  if (lines.length === 0) return ['No role assignment reaches it.'];
  const shown = firstOf(lines, most.roles, options.extent);
  return [paint.place('Roles'), ...shown.items.flat(), ...shown.more];
}

function heldLines({ assignment, role, via }: HeldRole, tenant: Tenant): string[] {
  const name = untrusted(roleNameOf(assignment, tenant) ?? assignment.roleGuid);
  const conditions = [assignment.condition, ...conditionTexts(role)].filter(text => text !== undefined);
  return [
    `  "${name}" at ${untrusted(assignment.scope)} (${lastPart(assignment.id)})${byWayOf(via, tenant)}`,
    ...conditions.map(text => `    where: ${untrusted(text.replace(/\s+/g, ' ').trim())}`),
  ];
}

function denialLines({ denials }: ScopeAccess, options: AccessTextOptions, paint: Paint): string[] {
  if (denials.length === 0) return [];
  const shown = firstOf(denials, most.denials, options.extent);
  return [
    paint.place('Denied by'),
    ...shown.items.map(
      ({ name, scope, id }) =>
        `  "${untrusted(name ?? '(unnamed)')}" at ${untrusted(scope)} (${lastPart(id)})`,
    ),
    ...shown.more,
  ];
}

/** The most sensitive first, then the largest: the first few are what people look for. */
function providerLines(
  providers: readonly ProviderAccess[],
  options: AccessTextOptions,
  paint: Paint,
): string[] {
  if (providers.length === 0) return [];
  const sorted = [...providers].sort(
    (a, b) => b.sensitive - a.sensitive || b.control + b.data - a.control - a.data,
  );
  const shown = firstOf(sorted, most.providers, options.extent);
  return [
    paint.place('Providers'),
    ...shown.items.map(
      ({ provider, control, data, sensitive }) =>
        `  ${untrusted(provider)}: ${countedOperations(control + data)}${sensitive === 0 ? '' : `, ${sensitive} sensitive`}`,
    ),
    ...shown.more,
  ];
}

const most = { roles: 20, denials: 10, providers: 6 } as const;

/** The groups between a principal and an assignment, if any. */
export function byWayOf(via: readonly string[], tenant: Tenant): string {
  return via.length === 0 ? '' : `, by way of ${via.map(id => shownPrincipal(id, tenant)).join(' > ')}`;
}

/** The short name of an assignment. */
export function lastPart(id: string): string {
  return untrusted(id.slice(id.lastIndexOf('/') + 1));
}
