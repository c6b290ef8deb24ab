import type { LocatedValue, UnknownReason } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { unknownAt } from './code-values.js';

type Parts = readonly (string | UnknownReason)[];

/**
 * What Azure will answer for an attribute, where its form is known: ids of what roles are assigned at. `argument` gives the
 * parts of an argument of the resource.
 */
export function knownId(
  {
    type,
    attribute,
    reason,
  }: { readonly type: string; readonly attribute: string; readonly reason: UnknownReason },
  argument: (name: string) => LocatedValue | undefined,
  at: DocumentRange,
): LocatedValue | undefined {
  const form = attribute === 'id' ? forms.get(type) : undefined;
  if (form === undefined) return undefined;
  const parts = form.flatMap((part): Parts => {
    if (part === 'unknown') return [reason];
    return typeof part === 'string' ? [part] : partsOf(argument(part.argument), reason);
  });
  return unknownAt(reason, at, parts);
}

type FormPart = string | { readonly argument: string };

const subscription: readonly FormPart[] = ['/subscriptions/', 'unknown'];
const managementGroup: readonly FormPart[] = [
  '/providers/Microsoft.Management/managementGroups/',
  { argument: 'name' },
];

const forms: ReadonlyMap<string, readonly FormPart[]> = new Map([
  ['data.azurerm_subscription', subscription],
  ['azurerm_subscription', subscription],
  ['azurerm_resource_group', [...subscription, '/resourceGroups/', { argument: 'name' }]],
  ['data.azurerm_resource_group', [...subscription, '/resourceGroups/', { argument: 'name' }]],
  ['azurerm_management_group', managementGroup],
  ['data.azurerm_management_group', managementGroup],
]);

function partsOf(value: LocatedValue | undefined, reason: UnknownReason): Parts {
  if (value?.kind === 'string') return [value.value];
  if (value?.kind === 'unknown') return value.parts ?? [value.reason];
  return [reason];
}
