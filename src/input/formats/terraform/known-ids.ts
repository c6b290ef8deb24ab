import { partOf, type LocatedValue, type UnknownReason } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { unknownAt } from './code-values.js';
import { idForms } from './id-forms.js';

type Parts = readonly (string | UnknownReason)[];

/** The attribute of a resource that somebody asks for. */
export interface AskedAttribute {
  readonly type: string;
  readonly attribute: string;
  readonly reason: UnknownReason;
  /** The address of the resource. */
  readonly resource: string | undefined;
  /** Equal for all that is deployed to one subscription. */
  readonly subscription: string;
}

/**
 * What Azure will answer for an attribute, where its form is known: ids of what roles are assigned at. `argument` gives the
 * parts of an argument of the resource.
 */
export function knownId(
  { type, attribute, reason, resource, subscription }: AskedAttribute,
  argument: (name: string) => LocatedValue | undefined,
  at: DocumentRange,
): LocatedValue | undefined {
  const form = attribute === 'id' || attribute === 'resource_id' ? idForms.get(type) : undefined;
  if (form === undefined) return undefined;
  const isSubscription = type.endsWith('azurerm_subscription');
  const name = isSubscription ? reason.name : 'subscription';
  const unknown: UnknownReason = { ...reason, name, identity: subscription, cause: reason };
  const parts = form.flatMap((part): Parts => {
    if (part === 'subscription') {
      const given = argument('subscription_id');
      return given === undefined ? [unknown] : partsOf(given, reason);
    }
    return typeof part === 'string' ? [part] : partsOf(argument(part.argument), reason);
  });
  return { ...unknownAt(reason, at, joined(parts)), resource };
}

function joined(parts: Parts): Parts {
  return parts.reduce<(string | UnknownReason)[]>((made, part) => {
    const last = made.at(-1);
    if (typeof part === 'string' && typeof last === 'string') made[made.length - 1] = last + part;
    else made.push(part);
    return made;
  }, []);
}

function partsOf(value: LocatedValue | undefined, reason: UnknownReason): Parts {
  if (value?.kind === 'string') return [value.value];
  if (value?.kind === 'unknown') return value.parts ?? [partOf(value)];
  return [reason];
}
