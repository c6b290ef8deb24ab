import { compareText } from '../../../../compare-text.js';
import { nameGuid } from '../name-guid.js';
import { uniqueString } from '../unique-string.js';

/**
 * Functions of which the result is new, and so stands at their call: they get plain data without anything unknown.
 * Undefined says that Azure does not take these arguments. Names are folded.
 */
export const plainFunctions: ReadonlyMap<string, (...args: readonly unknown[]) => unknown> = new Map<
  string,
  (...args: readonly unknown[]) => unknown
>([
  ['add', (a, b) => arithmetic(a, b, (one, other) => one + other)],
  ['sub', (a, b) => arithmetic(a, b, (one, other) => one - other)],
  ['mul', (a, b) => arithmetic(a, b, (one, other) => one * other)],
  ['div', (a, b) => (b === 0 ? undefined : arithmetic(a, b, (one, other) => Math.trunc(one / other)))],
  ['mod', (a, b) => (b === 0 ? undefined : arithmetic(a, b, (one, other) => one % other))],
  ['min', (...args) => extreme(args, Math.min)],
  ['max', (...args) => extreme(args, Math.max)],
  ['int', toInteger],
  ['float', value => (isText(value) || isNumber(value) ? finite(Number(value)) : undefined)],
  ['range', range],
  ['less', (a, b) => compared(a, b, order => order < 0)],
  ['lessorequals', (a, b) => compared(a, b, order => order <= 0)],
  ['greater', (a, b) => compared(a, b, order => order > 0)],
  ['greaterorequals', (a, b) => compared(a, b, order => order >= 0)],
  ['true', () => true],
  ['false', () => false],
  ['null', () => null],
  ['bool', toBoolean],
  ['string', value => (isText(value) ? value : jsonOf(value))],
  ['base64', text => inText(text, each => Buffer.from(each).toString('base64'))],
  ['base64tostring', text => inText(text, each => Buffer.from(each, 'base64').toString())],
  ['uricomponent', text => inText(text, uriComponent)],
  ['uricomponenttostring', text => inText(text, fromUriComponent)],
  ['trim', text => inText(text, each => each.trim())],
  ['padleft', padLeft],
  ['replace', replace],
  ['split', split],
  ['substring', substring],
  ['startswith', (text, part) => asked(text, part, (a, b) => folded(a).startsWith(folded(b)))],
  ['endswith', (text, part) => asked(text, part, (a, b) => folded(a).endsWith(folded(b)))],
  ['guid', (...args) => (areTexts(args) && args.length > 0 ? nameGuid(args) : undefined)],
  ['uniquestring', (...args) => (areTexts(args) && args.length > 0 ? uniqueString(args) : undefined)],
]);

type Order = (order: number) => boolean;

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function areTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every(isText);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Azure counts in 64 bits; what JavaScript cannot hold exactly is not guessed. */
function arithmetic(
  one: unknown,
  other: unknown,
  operation: (one: number, other: number) => number,
): number | undefined {
  if (!isNumber(one) || !isNumber(other)) return undefined;
  const result = operation(one, other);
  return Number.isSafeInteger(result) ? result : undefined;
}

function extreme(
  args: readonly unknown[],
  choose: (...values: readonly number[]) => number,
): number | undefined {
  const values = args.length === 1 && Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (values.length === 0 || values.length > 10_000 || !values.every(isNumber)) return undefined;
  return choose(...values);
}

function toInteger(value: unknown): number | undefined {
  if (isNumber(value)) return Math.trunc(value);
  return isText(value) && /^\s*[+-]?[0-9]{1,15}\s*$/.test(value) ? Number(value) : undefined;
}

/** Azure refuses longer ones: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array#range */
const longestRange = 10_000;

function range(first: unknown, count: unknown): number[] | undefined {
  if (!isNumber(first) || !isNumber(count) || count < 0 || count > longestRange) return undefined;
  return Array.from({ length: count }, (_, at) => first + at);
}

function compared(one: unknown, other: unknown, holds: Order): boolean | undefined {
  if (isNumber(one) && isNumber(other)) return holds(one - other);
  if (!isText(one) || !isText(other)) return undefined;
  return holds(compareText(one, other));
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return value !== 0;
  const text = isText(value) ? value.trim().toLowerCase() : '';
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** As .NET writes truth values, and as JSON all else. */
function jsonOf(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}

function inText(text: unknown, change: (text: string) => string | undefined): string | undefined {
  return isText(text) ? change(text) : undefined;
}

function uriComponent(text: string): string | undefined {
  return hasLoneSurrogate.test(text) ? undefined : encodeURIComponent(text).replace(/[!'()*]/g, inPercent);
}

const hasLoneSurrogate = /\p{Surrogate}/u;

function inPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function fromUriComponent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const longestPad = 100_000;

function padLeft(value: unknown, length: unknown, filler: unknown = ' '): string | undefined {
  if ((!isText(value) && !isNumber(value)) || !isNumber(length) || !isText(filler)) return undefined;
  if (length < 0 || length > longestPad || filler.length !== 1) return undefined;
  return String(value).padStart(length, filler);
}

function replace(text: unknown, old: unknown, by: unknown): string | undefined {
  if (!isText(text) || !isText(old) || !isText(by) || old === '') return undefined;
  const parts = text.split(old);
  return text.length + parts.length * by.length > longestText ? undefined : parts.join(by);
}

/** Azure's limit of a whole template is 4 MB. */
const longestText = 4_000_000;

function split(text: unknown, delimiters: unknown): string[] | undefined {
  if (!isText(text)) return undefined;
  const all: readonly unknown[] = Array.isArray(delimiters) ? delimiters : [delimiters];
  if (!areTexts(all) || all.length > 100 || all.some(each => each === '')) return undefined;
  let parts = [text];
  for (const delimiter of all) parts = parts.flatMap(part => part.split(delimiter));
  return parts;
}

function substring(text: unknown, start: unknown, length: unknown): string | undefined {
  if (!isText(text) || !isNumber(start) || (length !== undefined && !isNumber(length))) return undefined;
  const end = length === undefined ? text.length : start + length;
  return start < 0 || end < start || end > text.length ? undefined : text.slice(start, end);
}

function asked(text: unknown, part: unknown, holds: (text: string, part: string) => boolean) {
  return isText(text) && isText(part) ? holds(text, part) : undefined;
}

/** Without regard to case, as .NET's ordinal comparison does it. */
function folded(text: string): string {
  return text.toUpperCase();
}
