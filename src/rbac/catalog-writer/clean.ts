/** What a published list of operations holds besides operations. */
export interface CleanedNames<Item> {
  readonly kept: readonly Item[];
  /** How many names lost blanks, control characters or a trailing slash. */
  readonly cleaned: number;
  /** Templates such as `…/{operationName}/read` and strings that cannot be an operation, as they came. */
  readonly setAside: readonly string[];
}

/** Cleans the names of published operations and sets aside what is none. Of names that differ in case, the first stays. */
export function cleanNames<Item extends { readonly name: string }>(
  items: readonly Item[],
): CleanedNames<Item> {
  const kept = new Map<string, Item>();
  const setAside = new Set<string>();
  let cleaned = 0;
  for (const item of items) {
    const name = item.name.replace(unseen, '').trim().replace(/\/+$/, '');
    if (!operationName.test(name)) {
      setAside.add(item.name);
      continue;
    }
    if (name !== item.name) cleaned++;
    const lower = name.toLowerCase();
    if (!kept.has(lower)) kept.set(lower, { ...item, name });
  }
  return { kept: [...kept.values()], cleaned, setAside: [...setAside].sort() };
}

/** Control characters, zero-width characters and byte order marks. */
const unseen = /[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** A provider and at least a verb, in the characters that Azure's own operations use. */
const operationName = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9.:_$-]+)+$/i;
