import type { Attribute, AttributeSource, Value } from './expression.js';
import type { Token } from './tokens.js';

/** The value that stands for itself without quotes: a number, a GUID, true or false; else a word. */
export function literalFrom({ text, start, end }: Token): Value {
  const guid = guidFrom(text);
  if (guid !== undefined) return { kind: 'guid', value: guid, start, end };
  if (numberPattern.test(text)) return { kind: 'number', text, start, end };
  const lower = text.length > 5 ? '' : text.toLowerCase();
  if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true', start, end };
  return { kind: 'word', text, start, end };
}

/** The attribute that a token names. */
export function attributeFrom({ text, path, start, end }: Token): Attribute {
  return { kind: 'attribute', source: sources.get(text.toLowerCase()), sourceText: text, path, start, end };
}

/** A GUID in lower case and with hyphens, whether it was written with them or without, as built-in roles do. */
export function guidFrom(text: string): string | undefined {
  if (!guidPattern.test(text)) return undefined;
  const digits = text.toLowerCase();
  if (digits.length > 32) return digits;
  const ends = [0, 8, 12, 16, 20, 32];
  return ends
    .slice(1)
    .map((end, i) => digits.slice(ends[i], end))
    .join('-');
}

const guidPattern = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})$/i;

const numberPattern = /^[+-]?\d+(?:\.\d+)?$/;

const sources: ReadonlyMap<string, AttributeSource> = new Map(
  (['Request', 'Resource', 'Principal', 'Environment', 'Context'] as const).map(name => [
    name.toLowerCase(),
    name,
  ]),
);
