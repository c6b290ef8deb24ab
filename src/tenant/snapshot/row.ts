/** A value of `JSON.parse` that may be anything. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What Azure says of the thing: its `properties`, or the row itself where it is flat. */
export function bodyOf(row: Row): Row {
  const properties = own(row, 'properties');
  return isRow(properties) ? properties : row;
}

/** Never what an object inherits: a row may lack any property, and hold one named `__proto__`. */
export function own(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** A text that says something, and is not inherited: objects inherit none. */
export function textOf(row: Row, name: string): string | undefined {
  return textIn(row[name]);
}

/** The value where it is a text that says something, without blanks around it. */
export function textIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}
