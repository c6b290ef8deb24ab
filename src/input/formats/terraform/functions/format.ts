import type { LocatedValue } from '../../../located-value.js';
import { asBoolean, asNumber, asText } from '../conversions.js';

/**
 * The text that `format` makes (https://developer.hashicorp.com/terraform/language/functions/format). Undefined where the
 * values do not fit, or the verb is one that depends on how numbers are written.
 */
export function formatText(pattern: string, values: readonly LocatedValue[]): string | undefined {
  let next = 0;
  let isWrong = false;
  const text = pattern.replaceAll(
    verbs,
    (verb: string, flags: string, width: string, precision: string, kind: string) => {
      if (kind === '%') return '%';
      const value = values[next++];
      const inner = value === undefined ? undefined : formatOne(value, kind, precision);
      if (inner === undefined || Number(width) > 1_000) isWrong = true;
      return inner === undefined ? verb : padded(inner, flags, Number(width || 0));
    },
  );
  return isWrong || (next < values.length && pattern !== '') ? undefined : text;
}

const verbs = /%([-+ 0#]*)(\d{0,4})(?:\.(\d{1,2}))?([a-zA-Z%])/g;

function formatOne(value: LocatedValue, kind: string, precision: string | undefined): string | undefined {
  switch (kind) {
    case 's':
    case 'v':
      return asText(value);
    case 'q': {
      const text = asText(value);
      return text === undefined ? undefined : JSON.stringify(text);
    }
    case 'd': {
      const number = asNumber(value);
      return number === undefined || !Number.isInteger(number) ? undefined : String(number);
    }
    case 'f': {
      const number = asNumber(value);
      return number?.toFixed(Number(precision ?? 6));
    }
    case 'x':
    case 'X': {
      const number = asNumber(value);
      if (number === undefined || !Number.isInteger(number)) return undefined;
      return kind === 'x' ? number.toString(16) : number.toString(16).toUpperCase();
    }
    case 't': {
      const boolean = asBoolean(value);
      return boolean === undefined ? undefined : String(boolean);
    }
    default:
      return undefined;
  }
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  return flags.includes('0') ? text.padStart(width, '0') : text.padStart(width);
}
