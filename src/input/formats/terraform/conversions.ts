import { compareText } from '../../../compare-text.js';
import { locatedItems, locatedMembers, type LocatedValue } from '../../located-value.js';
import { booleanAt, numberAt, textAt } from './code-values.js';

// Terraform turns texts, numbers and booleans into each other where one is asked for
// (https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion).

/** Undefined where there is no such text. */
export function asText(value: LocatedValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'string') return value.value;
  if (value.kind === 'number') return numberText(value.value);
  return value.kind === 'boolean' ? String(value.value) : undefined;
}

export function asNumber(value: LocatedValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'number') return value.value;
  if (value.kind !== 'string' || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value.value)) return undefined;
  return Number(value.value);
}

export function asBoolean(value: LocatedValue | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'boolean') return value.value;
  if (value.kind !== 'string') return undefined;
  return value.value === 'true' ? true : value.value === 'false' ? false : undefined;
}

/** The same value as a text, number or boolean; undefined where it cannot be one. */
export function convert(
  value: LocatedValue | undefined,
  type: 'string' | 'number' | 'bool',
): LocatedValue | undefined {
  if (value === undefined || value.kind === 'null' || value.kind === 'unknown') return value;
  const { at, via } = value;
  if (type === 'string') {
    const text = asText(value);
    return value.kind === 'string' || text === undefined
      ? text === undefined
        ? undefined
        : value
      : { ...textAt(text, at), via };
  }
  if (type === 'number') {
    const number = asNumber(value);
    return number === undefined ? undefined : { ...numberAt(number, at), via };
  }
  const boolean = asBoolean(value);
  return boolean === undefined ? undefined : { ...booleanAt(boolean, at), via };
}

/** As Terraform writes a number: never with an exponent where it is whole. */
function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
}

/** Equal texts for equal values that are wholly known; undefined for all others. */
export function keyOf(value: LocatedValue | undefined): string | undefined {
  switch (value?.kind) {
    case undefined:
    case 'unknown':
      return undefined;
    case 'null':
      return 'null';
    case 'list': {
      if (value.more !== undefined) return undefined;
      const keys = value.items.map(keyOf);
      return keys.includes(undefined) ? undefined : `[${keys.join(',')}]`;
    }
    case 'object': {
      if (value.more !== undefined) return undefined;
      const keys = value.members.map(({ key, value: inner }) => [key, keyOf(inner)] as const);
      if (keys.some(([, inner]) => inner === undefined)) return undefined;
      return `{${keys
        .map(([key, inner]) => `${JSON.stringify(key)}:${inner}`)
        .sort()
        .join(',')}}`;
    }
    case 'string':
    case 'number':
    case 'boolean':
      return JSON.stringify(value.value);
  }
}

/** The entries of a list or an object, with their keys: numbers of a list's items. */
export function entriesOf(
  value: LocatedValue | undefined,
): readonly (readonly [key: LocatedValue, value: LocatedValue])[] {
  if (value?.kind === 'list')
    return locatedItems(value).map((item, index) => [numberAt(index, item.at), item]);
  if (value?.kind !== 'object') return [];
  return [...locatedMembers(value)]
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ key, keyAt, value: inner }) => [textAt(key, keyAt), inner]);
}
